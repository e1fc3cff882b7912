"""Which model answers questions, where it runs and what it is sent; never its key.

Knows the settings an operator made; asks the model nothing but a test.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

import settings
from errors import InputError
from pages._ui.words import plain, show_error

if TYPE_CHECKING:
    from agent.endpoint_report import EndpointReport

OFFLINE = "Answered by the offline planner: nothing leaves this server."
PROVIDERS = {"openai": "the OpenAI protocol", "anthropic": "the Anthropic protocol"}
HOSTS = {"openai": "api.openai.com", "anthropic": "api.anthropic.com"}
SENT = (
    "your question, and the last questions with their answers",
    "facts: names, values, classes, places, dates and methods",
    "names of your areas and layers, and of what was counted, as quoted text",
)
NOT_SENT = "files, paths, hashes, coordinates of objects, who you are"


def show_model() -> None:
    """A line that says who answers."""
    rules = settings.load()
    if not rules.model_provider:
        st.caption(OFFLINE)
        return
    name = plain(rules.model_name or "a model without a name")
    st.caption(f"Answered by {name}; Settings tells what it is sent.")


def show_settings() -> None:
    """The section of the page Settings."""
    rules = settings.load()
    st.header("Language model", anchor=False)
    if not rules.model_provider:
        st.markdown(
            "None is configured. Questions on the page Ask are answered by the offline planner,"
            " on this server; nothing is sent anywhere."
        )
        st.caption(
            "Whoever runs this program can name a model by environment variables that begin with"
            " GROUNDSHIFT_MODEL; see docs/operating.md."
        )
        return
    st.markdown("\n".join(f"- {line}" for line in described()))
    st.markdown("It is sent, with each question:\n\n" + "\n".join(f"- {part}" for part in sent()))
    st.caption(f"It is not sent: {NOT_SENT}. Every number it says is checked against the facts.")
    if rules.identity == "local":
        _show_test()
    else:
        st.caption("Whoever runs this program can test it with `python cli.py model`.")


def described() -> Iterator[str]:
    """Model, server and limits, a line each."""
    rules = settings.load()
    yield f"Model: **{plain(rules.model_name or 'not named')}**"
    yield f"Server: {plain(host())}, by {PROVIDERS.get(rules.model_provider, '')}"
    yield f"Key: {'set' if rules.model_key.get_secret_value() else 'none'}"
    yield f"Longest answer: {rules.model_timeout_s:g} s; then the offline planner answers"


def sent() -> tuple[str, ...]:
    """What leaves this server with a question."""
    pictures = "cut-outs of the imagery around objects, when you ask what they look like"
    return (*SENT, pictures) if settings.load().model_images else (*SENT, "no imagery")


def host() -> str:
    """Name of the machine that is asked; an address may hold a key, so no more of it is shown."""
    rules = settings.load()
    return urlsplit(rules.model_url).hostname or HOSTS.get(rules.model_provider, "not known")


def _show_test() -> None:
    if not st.button("Test the model", icon=":material/network_check:", key="model_test"):
        return
    # The libraries that speak to models take seconds to load.
    from agent.models import test_endpoint

    with st.spinner("Asking the model for a short answer …"):
        try:
            report = test_endpoint()
        except InputError as error:
            show_error(error)
            return
    if report is not None:
        _show_report(report)


def _show_report(report: "EndpointReport") -> None:
    if report.problem:
        st.warning(plain(report.problem), icon=":material/sync_problem:")
    else:
        st.success("The model can answer questions.", icon=":material/check_circle:")
    st.markdown("\n".join(f"- {line}" for line in found_lines(report)))


def found_lines(report: "EndpointReport") -> Iterator[str]:
    """What a test found, a line each."""
    yield f"Its server answers: {_yes(report.is_reachable)}"
    yield f"It uses tools: {_yes(report.has_tools)}"
    yield f"Its answers arrive piece by piece: {_yes(report.has_streaming)}"
    if report.has_images is not None:
        yield f"It sees pictures: {_yes(report.has_images)}"
    yield f"The test took {report.seconds:.1f} s"


def _yes(claim: bool) -> str:
    return "yes" if claim else "no"

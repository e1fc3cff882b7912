"""Errors, findings and verdicts in plain words."""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from errors import GroundshiftError
from raster.findings import Finding, Verdict

log = logging.getLogger("groundshift")

VERDICTS: dict[Verdict, str] = {
    "go": "These scenes can be compared.",
    "warn": "These scenes can be compared, with care.",
    "refuse": "These scenes cannot be compared.",
}
MARKS = {"refuse": ":material/block:", "caution": ":material/warning:", "info": ":material/info:"}
INSIDE_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
_REFUSED = "refused"
MARKDOWN = r"\`*_{}[]()#+-.!|<>$~:^&"


def plain(text: str) -> str:
    """Text from outside on one line, so that neither Markdown nor a web address in it is live."""
    # Streamlit links addresses after it has taken the backslashes away; an invisible character
    # that joins words keeps it from seeing one.
    inert = INSIDE_ADDRESS.sub("\u2060", re.sub(r"[\r\n]+", " ", text))
    return "".join(f"\\{mark}" if mark in MARKDOWN else mark for mark in inert)


def told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by id; those that several share get the beginning of their id, or all of it.

    A browser tells the options of a choice apart by their words alone.
    """
    shown = dict(titles)
    for length in (6, None):
        shared = _shared(shown)
        shown |= {found: f"{titles[found]} ({found[:length]})" for found in shared}
    return shown


def _shared(titles: Mapping[str, str]) -> list[str]:
    """Ids whose title another one has, too."""
    times = Counter(titles.values())
    return [found for found, title in titles.items() if times[title] > 1]


@contextmanager
def guarded(place: str) -> Iterator[None]:
    """The last resort: a known error in its own words, any other in the log and not on the page."""
    try:
        yield
    except GroundshiftError as error:
        show_error(error)
    except Exception:
        log.exception("page %s failed", place)
        st.error(
            "Something went wrong, and it is our fault. Nothing of yours was lost; the details are"
            " in the log of the program.",
            icon=":material/error:",
        )


def attempt(change: Callable[..., object], *arguments: object) -> None:
    """Do what a click asks for; a refusal is told by `show_refused` in the run that follows.

    Streamlit calls what belongs to a click before the page, where nothing can be shown yet.
    """
    try:
        change(*arguments)
    except GroundshiftError as error:
        st.session_state[_REFUSED] = error


def show_refused() -> None:
    """Why what was asked for a moment ago was not done, if it was not."""
    error = st.session_state.pop(_REFUSED, None)
    if error is not None:
        show_error(error)


def do_and_rerun(change: Callable[[], None]) -> None:
    """Change something and show the page anew; where that was refused, why."""
    try:
        change()
    except GroundshiftError as error:
        show_error(error)
        return
    st.rerun()


def show_error(error: GroundshiftError) -> None:
    """What was wrong and what to do."""
    hint = f"  \n{plain(error.hint)}" if error.hint else ""
    st.error(f"**{plain(error.message)}**{hint}", icon=":material/error:")


def show_verdict(verdict: Verdict) -> None:
    """Go, warn or refuse, with words and not by colour alone."""
    if verdict == "go":
        st.success(VERDICTS[verdict], icon=":material/check_circle:")
    elif verdict == "warn":
        st.warning(VERDICTS[verdict], icon=":material/warning:")
    else:
        st.error(VERDICTS[verdict], icon=":material/block:")


def show_findings(findings: tuple[Finding, ...]) -> None:
    """Refusals and cautions first, what is only information folded away."""
    serious = [finding for finding in findings if finding.severity != "info"]
    for finding in sorted(serious, key=lambda finding: finding.severity != "refuse"):
        _show_finding(finding)
    notes = [finding for finding in findings if finding.severity == "info"]
    if notes:
        with st.expander(f"Also good to know ({len(notes)})"):
            for finding in notes:
                _show_finding(finding)


def _show_finding(finding: Finding) -> None:
    remedy = f"  \n:gray[{plain(finding.remedy)}]" if finding.remedy else ""
    st.markdown(f"{MARKS[finding.severity]} {plain(finding.message)}{remedy}")

"""Asks a configured model two small things, to see whether it can be used.

Sends nothing of any project. Knows no question of a user.
"""

import base64
import time
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field
from pydantic_ai import Agent, ToolOutput, UsageLimits
from pydantic_ai.messages import BinaryContent, UserContent

from agent import loop
from agent.endpoint import failure
from agent.model_choice import ModelChoice

WORD = "sunflower"
ASK = "Call the tool `look_up` once, then call `answer` with the word it returns."
RED = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAATklEQVRIDbXBAQEAAACCIP1/0TGtCIwv"
    "48v4Mr6ML+PL+DK+jC/jy/gyvowv48v4Mr6ML+PL+DK+jC/jy/gyvowv48v4Mr6ML+PL+DK+BrCEG6Ef9ORfAAAAAElFTkSuQmCC"
)
"""A red square."""
LOOK = "Call `answer` with the one colour of this picture, as one English word."
LIMITS = UsageLimits(request_limit=4)
NO_TOOLS = "The language model answers, but does not use tools as it was asked to."
NO_IMAGES = "The language model uses tools, but does not see pictures."
SENT = (
    "The question and the last turns of the dialogue.",
    "Names of results, classes, areas and layers, and the facts that were found.",
    "No files, no paths and no outlines.",
)
PICTURES = "Small pictures of chosen objects, when somebody asks what they look like."
NO_PICTURES = "No imagery."


class Answer(BaseModel):
    """One word."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    word: str = Field(max_length=80)


@dataclass(frozen=True)
class EndpointReport:
    """Whether a configured model can be used.

    Attributes:
        provider: protocol of its server.
        host: of its server, with the port; empty for the provider's own.
        model: its name.
        is_reachable: whether the server answered.
        has_tools: whether the model uses tools.
        has_streaming: whether answers arrive piece by piece.
        has_images: whether it sees pictures; None where none may be sent.
        seconds: how long the test took.
        problem: what is wrong, in one sentence; empty if nothing is.
        sent: what is sent to the server when users ask, a sentence each.
    """

    provider: str
    host: str
    model: str
    is_reachable: bool
    has_tools: bool
    has_streaming: bool
    has_images: bool | None
    seconds: float
    problem: str
    sent: tuple[str, ...]


def examine(model: ModelChoice) -> EndpointReport:
    """What a model can do. Takes up to twice the time allowed for an answer."""
    begun = time.monotonic()
    found = _with_tools(model, _blank(model))
    if found.has_tools and model.endpoint.takes_images:
        found = _with_images(model, found)
    return replace(found, seconds=time.monotonic() - begun)


def _blank(model: ModelChoice) -> EndpointReport:
    endpoint = model.endpoint
    pictures = PICTURES if endpoint.takes_images else NO_PICTURES
    return EndpointReport(
        endpoint.provider, urlsplit(endpoint.url).netloc, endpoint.name, False, False, False,
        False if endpoint.takes_images else None, 0.0, "", (*SENT, pictures),
    )  # fmt: skip


def _with_tools(model: ModelChoice, blank: EndpointReport) -> EndpointReport:
    try:
        word = _asked(model, ASK)
    except Exception as error:  # noqa: BLE001 - servers fail in every way there is
        return replace(blank, problem=failure(error))
    has_tools = WORD in word.lower()
    problem = "" if has_tools else NO_TOOLS
    return replace(
        blank, is_reachable=True, has_streaming=True, has_tools=has_tools, problem=problem
    )


def _with_images(model: ModelChoice, found: EndpointReport) -> EndpointReport:
    try:
        word = _asked(model, [LOOK, BinaryContent(RED, media_type="image/png")])
    except Exception as error:  # noqa: BLE001 - as above
        return replace(found, problem=failure(error))
    is_seen = "red" in word.lower()
    return replace(found, has_images=is_seen, problem="" if is_seen else NO_IMAGES)


def _asked(model: ModelChoice, prompt: str | list[UserContent]) -> str:
    return loop.start(_streamed(model, prompt)).result()


async def _streamed(model: ModelChoice, prompt: str | list[UserContent]) -> str:
    begun = _agent().run_stream_events(
        prompt, model=model.model, model_settings=model.settings, usage_limits=LIMITS,
        timeout=model.endpoint.timeout_s,
    )  # fmt: skip
    async with begun as events:
        async for _ in events:
            pass
        return events.result.output.word if events.result else ""


@cache
def _agent() -> Agent[None, Answer]:
    return Agent(
        None,
        name="groundshift-test",
        deps_type=type(None),
        output_type=ToolOutput(Answer, name="answer", max_retries=1),
        tools=[look_up],
    )


def look_up() -> str:
    """The word that was looked for."""
    return WORD

"""A model's reading of pictures: what things look like, in words that measure nothing.

Only for models that take images, and only where an operator allowed it. Knows neither where the
pictures come from nor who asks.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic_ai import Agent, ModelRetry, RunContext, ToolOutput, UsageLimits
from pydantic_ai.messages import BinaryContent, UserContent

from agent import loop
from agent.desk import Desk
from agent.endpoint import failure
from agent.look import Look
from agent.model_choice import ModelChoice
from agent.reading import Reading, objection
from agent.tools.base import Refusal, Told
from errors import OutboundError
from services.cutouts import MOST_ITEMS, Cutout, cutouts

log = logging.getLogger(__name__)

PROMPT = Path(__file__).parent / "prompts" / "describe.md"
LIMITS = UsageLimits(request_limit=4)
TRIES = 2


@dataclass(frozen=True)
class ModelLook:
    """A configured model that describes pictures."""

    choice: ModelChoice
    classes: tuple[str, ...]

    def __call__(self, cutouts: Sequence[Cutout]) -> str:
        """Words about appearance.

        Raises:
            OutboundError: the model cannot be asked, or its words cannot be shown.
        """
        future = loop.start(self._describe(cutouts))
        try:
            return future.result().text
        except Exception as error:
            log.warning("The pictures could not be described: %s", type(error).__name__)
            raise OutboundError(failure(error)) from error

    async def _describe(self, cutouts: Sequence[Cutout]) -> Reading:
        done = await _agent().run(
            _content(cutouts),
            deps=self.classes,
            model=self.choice.model,
            model_settings=self.choice.settings,
            usage_limits=LIMITS,
            timeout=self.choice.endpoint.timeout_s,
        )
        return done.output


def look_of(model: ModelChoice, desk: Desk) -> Look | None:
    """The model as one that looks at pictures; None if it takes none, or may not be sent any."""
    if not model.endpoint.takes_images:
        return None
    labels = (
        label for case in desk.cases for kind in case.kinds for label in (kind.label, kind.labels)
    )
    return ModelLook(model, tuple(dict.fromkeys(labels)))


def describe(desk: Desk, items: Sequence[int], *, case: str = "") -> Told:
    """What things of a result look like at both dates.

    Args:
        desk: results and means.
        items: ids of the things, of which the first few are looked at.
        case: id of their result; empty for the one in view.
    """
    found = next((one for one in desk.cases if case in {"", one.id}), None)
    if found is None:
        return Told(refusal=Refusal("no_result", case))
    folder = desk.folders.get(found.id)
    if desk.look is None or folder is None:
        return Told(refusal=Refusal("not_allowed", "pictures"))
    pictures = cutouts(found, folder, items[:MOST_ITEMS])
    if not pictures:
        return Told(refusal=Refusal("not_allowed", "pictures"))
    try:
        return Told(reading=desk.look(pictures))
    except OutboundError as error:
        return Told(refusal=Refusal("not_allowed", "pictures"), notes=(error.message,))


def _content(cutouts: Sequence[Cutout]) -> list[UserContent]:
    """The pictures, each after the words that say what it is."""
    content: list[UserContent] = []
    for cutout in cutouts:
        for picture in cutout.pictures:
            content += [picture.words, BinaryContent(picture.png, media_type="image/png")]
    return content


@cache
def _agent() -> Agent[tuple[str, ...], Reading]:
    agent = Agent(
        None,
        name="groundshift-reading",
        deps_type=tuple[str, ...],
        output_type=ToolOutput(Reading, name="describe", max_retries=TRIES),
        instructions=PROMPT.read_text(encoding="utf-8"),
        retries={"tools": TRIES, "output": TRIES},
    )
    agent.output_validator(_checked)
    return agent


def _checked(context: RunContext[tuple[str, ...]], reading: Reading) -> Reading:
    wrong = objection(reading.text, context.deps)
    if wrong:
        raise ModelRetry(wrong)
    return reading

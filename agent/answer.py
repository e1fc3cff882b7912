"""What an answer is: a sentence with slots from whoever words it, and what the user is shown.

Records only; slots are filled elsewhere.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from agent.tools.base import Reason
from agent.work import WorkPlan
from analysis.inquiry.case import Measured

MOST_CHARS = 4000


class SlotAnswer(BaseModel):
    """The final answer. Every number, date, class and place is a slot that names a fact.

    `{f1a2b3c4}` is the value with its unit, `{f1a2b3c4.class}` what it is about,
    `{f1a2b3c4.region}` where, `{f1a2b3c4.in_ha}` the value in another unit. Any digit, number word
    or multiplier outside a slot is rejected.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(max_length=MOST_CHARS)
    language: str = Field(default="", max_length=20, description="BCP 47 tag of the question")
    intent: str = Field(default="answer", max_length=40)
    refused: bool = False
    reason: Reason | None = None


@dataclass(frozen=True)
class ToolCall:
    """One call of a tool, as shown behind a number.

    Attributes:
        tool: name.
        arguments: as given.
        facts: ids of the facts it found.
        seconds: how long it took.
        problem: why it gave none; empty otherwise.
    """

    tool: str
    arguments: dict[str, Any]
    facts: tuple[str, ...]
    seconds: float
    problem: str = ""


@dataclass(frozen=True)
class Answered:
    """One question with its answer, as shown and kept.

    Attributes:
        question: as asked; untrusted text.
        text: the answer; every number lies in a citation.
        citations: (start, end, fact id), half open, in order.
        facts: cited facts and what they are about, each once.
        calls: tools that were called, in order.
        intent: kind of question.
        refused: whether the question was not answered.
        reason: why not, else None.
        model: who worded it: `offline planner` or the name of the configured model.
        language: BCP 47 tag.
        seconds: from question to answer.
        frame: what the planner understood, for the next question; empty for models.
        plan: work that waits for a yes or was begun.
        files: names of files that were written.
        suggestions: questions one could ask next.
        notice: why the configured model did not answer; empty otherwise.
        reading: words of a vision model about appearance, marked as its reading; else empty.
    """

    question: str
    text: str
    citations: tuple[tuple[int, int, str], ...]
    facts: tuple[Measured, ...]
    calls: tuple[ToolCall, ...]
    intent: str
    refused: bool
    reason: Reason | None
    model: str
    language: str
    seconds: float
    frame: dict[str, Any]
    plan: WorkPlan | None = None
    files: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    notice: str = ""
    reading: str = ""

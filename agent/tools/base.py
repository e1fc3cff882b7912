"""The contract of a tool: typed arguments in, facts or a refusal out; and what they may look like.

A tool is a module of this folder with `SUMMARY` (what a model is told of it), `Arguments` (a frozen
model that forbids further fields) and `run(desk, wanted) -> Told`. Knows no model and no words.
"""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict

from agent.work import WorkPlan
from analysis.inquiry.case import Measured

State = Literal[
    "any", "appeared", "vanished", "kept", "grown", "shrunk", "moved", "split", "merged",
    "increase", "decrease", "changed",
]  # fmt: skip
DateName = Literal["pre", "post"]
UnitName = Literal["auto", "m2", "ha", "km2", "%", "m", "km", "1"]
Reason = Literal[
    "cause",  # why something happened
    "not_observable",  # people, money, carbon, depth, volume
    "outside_area",
    "outside_dates",
    "below_minimum_size",
    "unknown_class",  # this result cannot tell such a thing
    "unknown_place",
    "not_assessed",  # e.g. direction, or a part without valid ground
    "pair_refused",
    "ambiguous",  # one question back
    "no_result",  # nothing was run yet
    "not_allowed",  # e.g. work without a worker, a file outside the result
    "unsupported",  # not a question about these results
    "language",
    "too_long",
]


class Wanted(BaseModel):
    """Arguments of a tool: nothing but what is named, nothing changed afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class Refusal:
    """Why a tool gives no fact, and what it could do instead.

    Attributes:
        reason: what kind of refusal.
        about: what was asked for and is not there; untrusted text, cleaned.
        nearest: names of classes, places or layers that would work, best first.
        alternative: a tool that would help, e.g. `start_work`; empty without any.
    """

    reason: Reason
    about: str = ""
    nearest: tuple[str, ...] = ()
    alternative: str = ""


@dataclass(frozen=True)
class Told:
    """What a tool has to tell.

    Attributes:
        facts: in the order in which an answer would name them.
        refusal: why there are none, else None; both may be there (a zero and why it may be zero).
        notes: words without numbers, e.g. `direction was not assessed`; for a model, never shown.
        plan: work that waits for a yes, or that was begun.
        files: names of files that were written, ready for download.
        quoted: untrusted text by slot name (layer names, findings), to be shown in quotes.
        reading: words of a vision model about appearance; a reading, not a measurement.
    """

    facts: tuple[Measured, ...] = ()
    refusal: Refusal | None = None
    notes: tuple[str, ...] = ()
    plan: WorkPlan | None = None
    files: tuple[str, ...] = ()
    quoted: tuple[str, ...] = field(default_factory=tuple)
    reading: str = ""

    @property
    def is_no_number(self) -> bool:
        """Whether it tells of work, a file or a reading, which no fact can stand for."""
        return bool(self.plan or self.files or self.reading)

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to tell, e.g. no caution; not the same as a value of nought."""
        return not (self.facts or self.refusal or self.is_no_number)

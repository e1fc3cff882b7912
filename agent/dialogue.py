"""Questions and answers so far, as kept beside a project and read back with suspicion.

A record and its JSON form. Knows neither models nor where it is kept.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agent.answer import Answered
from analysis.facts import fact_id
from analysis.inquiry.case import Measured
from errors import InputError

MOST_TURNS = 200
MOST_TEXT_CHARS = 50_000
REMEMBERED_TURNS = 6


@dataclass(frozen=True)
class Dialogue:
    """What was asked and answered, oldest first."""

    turns: tuple[Answered, ...] = ()

    def with_turn(self, turn: Answered) -> "Dialogue":
        """The dialogue with one more turn; the oldest are dropped when there are too many."""
        return Dialogue((*self.turns, turn)[-MOST_TURNS:])

    def facts(self, runs: Collection[str]) -> tuple[Measured, ...]:
        """Facts of the last turns that come from results still at hand."""
        recent = self.turns[-REMEMBERED_TURNS:]
        return tuple(one for turn in recent for one in turn.facts if one.case in runs)

    def to_json(self) -> dict[str, Any]:
        """Plain values; the inverse of `from_json`."""
        return {"turns": _turns().dump_python(self.turns, mode="json")}

    @classmethod
    def from_json(cls, entry: Any) -> "Dialogue":
        """The dialogue that was written by `to_json`.

        Raises:
            InputError: it was not, or somebody changed a number in it.
        """
        try:
            turns = _turns().validate_python(entry["turns"])
        except (ValidationError, TypeError, KeyError, RecursionError) as error:
            raise _unreadable() from error
        if len(turns) > MOST_TURNS or not all(map(_is_sound, turns)):
            raise _unreadable()
        return cls(turns)


@cache
def _turns() -> TypeAdapter[tuple[Answered, ...]]:
    return TypeAdapter(tuple[Answered, ...])


def _is_sound(turn: Answered) -> bool:
    """Whether facts have the ids their content gives them, and citations lie within the text."""
    if max(len(turn.text), len(turn.question)) > MOST_TEXT_CHARS:
        return False
    known = {one.fact.id for one in turn.facts}
    end = 0
    for start, stop, cited in turn.citations:
        if not end <= start < stop <= len(turn.text) or cited not in known:
            return False
        end = stop
    return all(_is_own_id(one) for one in turn.facts)


def _is_own_id(one: Measured) -> bool:
    try:
        return fact_id(one.fact) == one.fact.id
    except (ValueError, TypeError):
        return False


def _unreadable() -> InputError:
    msg = "The dialogue cannot be read: it is damaged, or another program wrote it."
    return InputError(msg, hint="Begin a new dialogue.")

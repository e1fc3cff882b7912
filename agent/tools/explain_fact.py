"""How a number was made: its method, what it was made from and what limits it."""

from pydantic import Field

from agent.desk import Desk
from agent.tools.asked import Name
from agent.tools.base import Told, Wanted
from agent.tools.choosing import case_of, declined
from analysis.inquiry import state
from analysis.inquiry.case import Measured
from services.explain_fact import Explanation, Input, explain

SUMMARY = (
    "How a fact was measured: the fact with the ground that was left out; in quotes its method, "
    "the scenes it comes from with the first digits of their SHA-256, and what limits it."
)
HASH_DIGITS = 12
MOST_NEAREST = 3
GROUND = frozenset({"valid_area", "aoi_area"})


class Arguments(Wanted):
    """Which fact."""

    fact: Name = Field(default="", description="handle of a fact; empty: the last one found")


def run(desk: Desk, wanted: Arguments) -> Told:
    """The fact, its exclusions and, in quotes, its method, inputs and cautions."""
    measured = _measured(desk, wanted.fact)
    case = case_of(desk, measured.case or measured.fact.run)
    left_out = tuple(one for one in state.exclusions(case) if one.fact.value)
    told = explain(measured.fact, case.run, case.findings)
    return Told((measured, *left_out), quoted=tuple(_words(told)))


def _measured(desk: Desk, handle: str) -> Measured:
    """A fact of this dialogue."""
    handles = list(desk.book.found)
    found = desk.book.get(handle) if handle else _last(desk)
    if found is None:
        raise declined("unsupported", handle or "fact", handles[-MOST_NEAREST:])
    return found


def _last(desk: Desk) -> Measured | None:
    """The newest fact that is not merely the ground of others."""
    newest = list(desk.book.found.values())[::-1]
    return next((one for one in newest if one.fact.name not in GROUND), next(iter(newest), None))


def _words(told: Explanation) -> list[str]:
    return [told.method, *(_input(one) for one in told.inputs), *told.cautions]


def _input(source: Input) -> str:
    return f"{source.role}: {source.name}, SHA-256 {source.sha256[:HASH_DIGITS]}"

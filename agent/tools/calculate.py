"""Arithmetic over facts, with their units checked."""

from typing import Annotated, Literal

from pydantic import Field

from agent.desk import Desk
from agent.tools.asked import Name
from agent.tools.base import Told, UnitName, Wanted
from agent.tools.choosing import case_of, declined
from analysis.inquiry import arithmetic
from analysis.inquiry.case import Measured

SUMMARY = (
    "Calculates with facts that were found before, named by their handles: sum, difference, ratio, "
    "percent_of, percent_change (in the order given) or product_area; `convert` gives the first "
    "one in another unit. Units must fit."
)
MOST = 50
MOST_NEAREST = 3


class Arguments(Wanted):
    """What to do with which facts."""

    operation: Literal[
        "sum", "difference", "ratio", "percent_of", "percent_change", "product_area", "convert"
    ]
    facts: Annotated[tuple[Name, ...], Field(min_length=1, max_length=MOST)]
    unit: UnitName = "auto"


def run(desk: Desk, wanted: Arguments) -> Told:
    """The result, a fact like any other."""
    facts = [_fact(desk, handle) for handle in wanted.facts]
    if wanted.operation == "convert":
        found = facts[0]
    else:
        make = case_of(desk, facts[0].case or facts[0].fact.run).make
        found = arithmetic.calculate(wanted.operation, facts, make)
    is_kept = wanted.unit in {"auto", found.fact.unit}
    return Told((found if is_kept else arithmetic.convert(found, wanted.unit),))


def _fact(desk: Desk, handle: str) -> Measured:
    fact = desk.book.get(handle)
    if fact is None:
        raise declined("unsupported", handle, list(desk.book.found)[-MOST_NEAREST:])
    return fact

"""How much ground a class covers or changed, in a place."""

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Common
from agent.tools.base import Told, UnitName
from agent.tools.choosing import Asked, asked
from analysis.inquiry import measure
from analysis.inquiry.case import Measured

SUMMARY = (
    "Ground area of a class by state, place, date, size and nearness: pixels of the mask for "
    "comparisons, outlines for counts. In m2, ha or km2; `%` gives its share of the valid ground."
)


class Arguments(Common):
    """What to measure, and in which unit."""

    unit: UnitName = "auto"


def run(desk: Desk, wanted: Arguments) -> Told:
    """The area in the unit asked for."""
    question = asked(desk, wanted, place=wanted.place)
    return told(question, lambda: (_area(question, wanted.unit),))


def _area(question: Asked, unit: UnitName) -> Measured:
    case, which = question.case, question.which
    if unit == "%":
        return measure.share(case, which, of="valid")
    return measure.area(case, which, unit="m2" if unit == "auto" else unit)

"""How long elongated things are in all, where a result knows lengths."""

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Common
from agent.tools.base import Told, UnitName
from agent.tools.choosing import Asked, asked
from analysis.inquiry import arithmetic, measure
from analysis.inquiry.case import Measured

SUMMARY = (
    "Total length of elongated things such as roads, in m or km; refused where a result does not "
    "know lengths."
)


class Arguments(Common):
    """What to measure, and in which unit."""

    unit: UnitName = "auto"


def run(desk: Desk, wanted: Arguments) -> Told:
    """The length in the unit asked for."""
    question = asked(desk, wanted, place=wanted.place)
    return told(question, lambda: (_length(question, wanted.unit),))


def _length(question: Asked, unit: UnitName) -> Measured:
    found = measure.length(question.case, question.which)
    return found if unit in {"auto", "m"} else arithmetic.convert(found, unit)

"""How many things of a class there are, appeared, vanished and so on, in a place."""

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Common as Arguments
from agent.tools.base import Told
from agent.tools.choosing import asked
from analysis.inquiry import measure

__all__ = ["SUMMARY", "Arguments", "run"]

SUMMARY = (
    "Number of things of a class by state, place, date, size in m2 and nearness to a layer, e.g. "
    "buildings that appeared in the north within 50 m of a river."
)


def run(desk: Desk, wanted: Arguments) -> Told:
    """The count, and the ground it speaks of."""
    question = asked(desk, wanted, place=wanted.place)
    return told(question, lambda: (measure.count(question.case, question.which),))

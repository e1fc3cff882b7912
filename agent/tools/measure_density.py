"""How densely things stand: their number per square kilometre of valid ground."""

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Common as Arguments
from agent.tools.base import Told
from agent.tools.choosing import asked
from analysis.inquiry import measure

__all__ = ["SUMMARY", "Arguments", "run"]

SUMMARY = "Number of things of a class per km2 of valid ground of a place."


def run(desk: Desk, wanted: Arguments) -> Told:
    """The density."""
    question = asked(desk, wanted, place=wanted.place)
    return told(question, lambda: (measure.density(question.case, question.which),))

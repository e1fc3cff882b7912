"""Where a class lies: the main part of the area, its share, the centre and the bounding box."""

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Common as Arguments
from agent.tools.base import Told
from agent.tools.choosing import asked
from analysis.inquiry import ranks

__all__ = ["SUMMARY", "Arguments", "run"]

SUMMARY = (
    "Where the change or the things of a class lie: the part of nine with the most of it, that "
    "part's share in %, the part of the centre, and the bounding box in degrees."
)


def run(desk: Desk, wanted: Arguments) -> Told:
    """Main part, share, centre and box."""
    question = asked(desk, wanted, place=wanted.place)
    return told(question, lambda: ranks.location(question.case, question.which))

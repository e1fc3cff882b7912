"""How a result was made: its detector or counter, the threshold, the smallest thing it tells."""

from agent.desk import Desk
from agent.tools.asked import OfResult as Arguments
from agent.tools.base import Told
from agent.tools.choosing import case_of
from agent.tools.stated import limits, method_title
from analysis.inquiry import state

__all__ = ["SUMMARY", "Arguments", "run"]

SUMMARY = (
    "How a result was made: detector or counter, its threshold, and the smallest mapped area in "
    "m2; in quotes where it is known to fail."
)


def run(desk: Desk, wanted: Arguments) -> Told:
    """Method and limits of a result."""
    case = case_of(desk, wanted.result)
    return Told((method_title(case), *state.method(case)), quoted=limits(case))

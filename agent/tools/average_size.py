"""How large things of a class are on average."""

from typing import Literal

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Common
from agent.tools.base import Told
from agent.tools.choosing import asked
from analysis.inquiry import measure

SUMMARY = "Mean or median area in m2 of the things of a class, by state, place, date and size."


class Arguments(Common):
    """What, and which average."""

    statistic: Literal["mean", "median"] = "mean"


def run(desk: Desk, wanted: Arguments) -> Told:
    """The average and the number of things it is of."""
    question = asked(desk, wanted, place=wanted.place)
    case, which = question.case, question.which
    return told(
        question,
        lambda: (measure.average(case, which, wanted.statistic), measure.count(case, which)),
    )

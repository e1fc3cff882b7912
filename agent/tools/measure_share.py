"""Which share of the ground, of the change or of the things a class makes up, in percent."""

from typing import Literal

from pydantic import Field

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Common
from agent.tools.base import Told
from agent.tools.choosing import asked
from analysis.inquiry import measure

SUMMARY = (
    "Share in % of a class in a place: of its valid ground, of all change (`change`), or of the "
    "number of things (`objects`)."
)


class Arguments(Common):
    """What, and of what."""

    of: Literal["valid", "change", "objects"] = Field(
        default="valid", description="the whole: valid ground, all change, or number of things"
    )


def run(desk: Desk, wanted: Arguments) -> Told:
    """The share."""
    question = asked(desk, wanted, place=wanted.place)
    return told(question, lambda: (measure.share(question.case, question.which, of=wanted.of),))

"""Which things are the largest, or the smallest, or one of them by its rank."""

from typing import Literal

from pydantic import Field

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Common
from agent.tools.base import Told
from agent.tools.choosing import Asked, asked
from analysis.inquiry import ranks
from analysis.inquiry.case import Measured

SUMMARY = (
    "The k largest (or smallest) things of a class with their area in m2 and the part they lie in; "
    "`rank` picks a single one, so the second largest is rank 2."
)
MOST = 20


class Arguments(Common):
    """What to look for, and how many."""

    k: int = Field(default=1, ge=1, le=MOST)
    rank: int | None = Field(default=None, ge=1, le=MOST, description="1 is the largest")
    smallest: bool = False
    by: Literal["area", "score", "growth"] = "area"


def run(desk: Desk, wanted: Arguments) -> Told:
    """Sizes and places, in order; how many there are where that rank is beyond them."""
    question = asked(desk, wanted, place=wanted.place)
    return told(question, lambda: _ranked(question, wanted))


def _ranked(question: Asked, wanted: Arguments) -> tuple[Measured, ...]:
    found = ranks.largest(
        question.case, question.which, k=wanted.rank or wanted.k, smallest=wanted.smallest,
        by=wanted.by,
    )  # fmt: skip
    return found[wanted.rank - 1 :] if wanted.rank else found

"""What things look like in the words of a model that takes images: a reading, no measurement."""

from typing import Annotated

from pydantic import Field

from agent import vision
from agent.desk import Desk
from agent.tools.asked import OfResult
from agent.tools.base import Told
from agent.tools.choosing import case_of, declined
from services.cutouts import MOST_ITEMS

SUMMARY = (
    "What a few things look like at both dates, in the words of a model that looks at cut-outs of "
    "the images. A reading without numbers, not a measurement; only where such a model is set up."
)
MOST_ID = 2**53


class Arguments(OfResult):
    """Which things."""

    objects: Annotated[
        tuple[Annotated[int, Field(ge=0, le=MOST_ID)], ...],
        Field(max_length=MOST_ITEMS, description="ids of things; none: those of the last fact"),
    ] = ()


def run(desk: Desk, wanted: Arguments) -> Told:
    """The reading."""
    case = case_of(desk, wanted.result)
    items = wanted.objects or _last_shown(desk, case.id)
    if not items:
        raise declined("ambiguous", "objects")
    return vision.describe(desk, items[:MOST_ITEMS], case=case.id)


def _last_shown(desk: Desk, case: str) -> tuple[int, ...]:
    """The things behind the newest fact of a result that has any."""
    newest = list(desk.book.found.values())[::-1]
    return next((one.items for one in newest if one.items and one.case == case), ())

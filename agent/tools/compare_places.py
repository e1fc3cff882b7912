"""How places differ: the value of each, the difference and the ratio."""

from typing import Annotated

from pydantic import Field

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Filtered, PlaceName, Quantity
from agent.tools.base import Told
from agent.tools.choosing import Asked, asked, declined, place_of
from analysis.inquiry import between, ranks
from analysis.inquiry.case import Measured

SUMMARY = (
    "Compares places by the number of things or the area in m2 of a class: of a pair of places "
    "both values, difference and ratio; of more the values, falling."
)
MOST = 20


class Arguments(Filtered):
    """What to compare, and which places."""

    places: Annotated[tuple[PlaceName, ...], Field(min_length=2, max_length=MOST)]
    quantity: Quantity = "count"


def run(desk: Desk, wanted: Arguments) -> Told:
    """The values of the places, and their difference."""
    question = asked(desk, wanted)
    places = tuple(dict.fromkeys(place_of(question.case, name) for name in wanted.places))
    if len(places) < 2:
        raise declined("ambiguous", places[0])
    return told(question, lambda: _compared(question, places, wanted.quantity))


def _compared(question: Asked, places: tuple[str, ...], quantity: Quantity) -> tuple[Measured, ...]:
    case, which = question.case, question.which
    if len(places) == 2:
        return between.difference(case, which, (places[0], places[1]), quantity)
    return ranks.parts_ranked(case, which, quantity=quantity, places=places)

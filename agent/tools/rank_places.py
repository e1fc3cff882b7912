"""Which places have the most, or the least, of something."""

from dataclasses import replace

from pydantic import Field

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import Filtered, Name, Quantity
from agent.tools.base import Told
from agent.tools.choosing import Asked, asked, declined, layer_of, place_key
from analysis.inquiry import ranks
from analysis.inquiry.case import HALVES, Measured

SUMMARY = (
    "Places in order of the number of things or the area in m2 of a class, most first: the nine "
    "parts, the halves, the user's areas, or the polygons of a layer such as districts."
)
MOST = 10


class Arguments(Filtered):
    """What to rank by, and which places."""

    quantity: Quantity = "count"
    among: Name = Field(
        default="parts", description="`parts`, `halves`, `areas` or the name of a layer"
    )
    least: bool = Field(default=False, description="least first")


def run(desk: Desk, wanted: Arguments) -> Told:
    """The places and their values, the first ten."""
    question = asked(desk, wanted)
    places = _places(question, wanted.among)
    notes = ("Only the first places are told.",) if len(places) > MOST else ()
    asked_for = replace(question, notes=(*question.notes, *notes))
    return told(asked_for, lambda: _ranked(question, places, wanted))


def _ranked(question: Asked, places: tuple[str, ...], wanted: Arguments) -> tuple[Measured, ...]:
    return ranks.parts_ranked(
        question.case, question.which, quantity=wanted.quantity, places=places, k=MOST,
        least=wanted.least,
    )  # fmt: skip


def _places(question: Asked, among: str) -> tuple[str, ...]:
    """Names of the places to rank; none means the nine parts."""
    case = question.case
    if among.casefold() in {"", "parts"}:
        return ()
    if among.casefold() == "halves":
        return HALVES
    if among.casefold() == "areas":
        found = [place for place in case.places if place.origin == "area"]
    else:
        layer = layer_of(case, among)
        found = [place for place in case.places if place.layer == layer.name]
        if not found:
            raise declined("unsupported", layer.name, alternative="relate_to_layer")
    if not found:
        raise declined("unknown_place", among)
    return tuple(place_key(place) for place in found)

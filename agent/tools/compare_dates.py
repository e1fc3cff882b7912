"""How both dates differ: how much before, how much after, and the net change."""

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import About, PlaceName, Quantity
from agent.tools.base import Told
from agent.tools.choosing import asked
from analysis.inquiry import between

SUMMARY = (
    "Earlier date, later date and net change of a class in a place, by number or by area in m2; "
    "for comparisons with a direction: increase, decrease and net."
)


class Arguments(About):
    """What to compare, where and by what."""

    place: PlaceName = "aoi"
    quantity: Quantity = "count"


def run(desk: Desk, wanted: Arguments) -> Told:
    """Earlier, later and net, of numbers or of areas."""
    question = asked(desk, wanted, place=wanted.place)
    return told(
        question,
        lambda: between.before_after(question.case, question.which, quantity=wanted.quantity),
    )

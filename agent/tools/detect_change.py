"""Whether something changed, and how much: the answer to a yes-or-no question."""

from agent.desk import Desk
from agent.tools.answering import told
from agent.tools.asked import About, PlaceName
from agent.tools.base import Told
from agent.tools.choosing import Asked, asked
from analysis.inquiry import between, measure
from analysis.inquiry.case import ANY, Measured

SUMMARY = (
    "Whether a class changed in a place: changed area in m2 with its share of the valid ground and "
    "the number of objects, or of counted things how many appeared and vanished. A zero means "
    "assessed and unchanged; what was not assessed is a refusal."
)


class Arguments(About):
    """What may have changed, and where."""

    place: PlaceName = "aoi"


def run(desk: Desk, wanted: Arguments) -> Told:
    """Changed area and objects, or counts by what became of the things."""
    question = asked(desk, wanted, place=wanted.place)
    return told(question, lambda: _change(question))


def _change(question: Asked) -> tuple[Measured, ...]:
    case, which = question.case, question.which
    if case.kind == "comparison":
        change = measure.area(case, which), measure.share(case, which, of="valid")
        return *change, measure.count(case, which)
    if which.state != ANY:
        return (measure.count(case, which),)
    return between.before_after(case, which)

"""What was left out, by reason: ground that one of the dates does not show or that had no score."""

from agent.desk import Desk
from agent.tools.answering import ground
from agent.tools.asked import OfResult, PlaceName
from agent.tools.base import Told
from agent.tools.choosing import case_of, place_of
from analysis.inquiry import measure, state

SUMMARY = (
    "Ground of a place that was not assessed, in m2 by reason, with the area of the place and the "
    "part of it that was assessed."
)


class Arguments(OfResult):
    """Of which result, and where."""

    place: PlaceName = "aoi"


def run(desk: Desk, wanted: Arguments) -> Told:
    """Excluded areas, and the ground that was assessed."""
    case = case_of(desk, wanted.result)
    place = place_of(case, wanted.place)
    area = measure.aoi_area(case, place)
    return Told((*state.exclusions(case, place), area, *ground(case, place)))

"""What was compared: both dates, the ground that could be assessed and the size of a pixel."""

from agent.desk import Desk
from agent.tools.answering import ground
from agent.tools.asked import OfResult as Arguments
from agent.tools.base import Told
from agent.tools.choosing import case_of
from agent.tools.stated import pixel_size, result_name
from analysis.inquiry import measure, state
from analysis.inquiry.case import AOI

__all__ = ["SUMMARY", "Arguments", "run"]

SUMMARY = (
    "The two scenes of a result: acquisition dates, area of interest and valid area in m2, ground "
    "size of a pixel in m."
)


def run(desk: Desk, wanted: Arguments) -> Told:
    """Dates, areas and pixel size of a result."""
    case = case_of(desk, wanted.result)
    areas = (measure.aoi_area(case, AOI), *ground(case, AOI))
    return Told((*state.dates(case), *areas, pixel_size(case), result_name(case)))

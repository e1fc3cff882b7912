"""What to be careful about, as preflight and the run found."""

from agent.desk import Desk
from agent.tools.asked import OfResult, PlaceName
from agent.tools.base import Told
from agent.tools.choosing import case_of
from analysis.inquiry import state
from raster.text import clean

SUMMARY = (
    "What limits a result: findings about the scenes and the run, e.g. clouds, seasons or "
    "displacement, with what was measured and what was not assessed."
)
MOST = 10


class Arguments(OfResult):
    """Of which result; cautions hold for all of it."""

    place: PlaceName = "aoi"


def run(desk: Desk, wanted: Arguments) -> Told:
    """Cautions as facts, and their words in quotes."""
    case = case_of(desk, wanted.result)
    cautions = [finding for finding in case.findings if finding.severity != "info"]
    words = tuple(clean(finding.message, limit=200) for finding in cautions[:MOST])
    notes = () if cautions else ("No caution was raised for this pair.",)
    return Told(state.cautions(case), notes=notes, quoted=words)

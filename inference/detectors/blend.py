"""Three methods without weights together: the mean of how sure each of them is.

Knows nothing of how any of them works.
"""

import numpy as np

from inference import registry
from inference.detectors.base import CHANGED, Card, Remarks, Sample, TileScores
from inference.members import Params, ballots, calls, join
from raster.align import PairBlock

MEMBERS = ("cva", "irmad", "structure")
"""They look at different things: brightness and colour, how the bands go together, pattern."""

CARD = Card(
    name="blend",
    title="Change vectors, IR-MAD and structure together",
    summary=(
        "Flags ground that moved in brightness or colour, in how its bands go together, and in its "
        "pattern: what one of them takes for change alone needs more of it."
    ),
    source=(
        "Mean of the scores of three methods, each measured by its own threshold (the sum rule of "
        "Kittler et al. 1998, On combining classifiers)."
    ),
    sensors=("optical",),
    min_bands=2,
    gsd_range_m=(0.1, 30.0),
    classes=(CHANGED,),
    threshold="fixed",
    threshold_reason=(
        "The scores are moved so that 0.5 is each method's own threshold, and so is their mean's."
    ),
    fixed_threshold=0.5,
    # As far as the member that looks farthest; a test compares them.
    halo_px=62,
    limits=(
        "It takes three to five times as long as change vectors alone.",
        "Single buildings of a few pixels change no pattern and lose much of their score.",
        "Ploughed fields, clouds and their shadows, low and high water are change to it.",
    ),
)


def fit(sample: Sample) -> Params:
    """Every method, fitted.

    Raises:
        UnsuitableSceneError: no pixel was observed at both dates, or a band holds nothing.
    """
    return Params(tuple(join(registry.load(name), sample) for name in MEMBERS))


def predict(params: Params, block: PairBlock) -> TileScores:
    """The mean score; not observed where one of the methods could not look."""
    scores = np.stack([member.look(block).score for member in params.members])
    mean = scores.mean(axis=0, dtype=np.float32)
    return TileScores(mean, np.full(mean.shape, CHANGED.code, np.uint8), ballots(calls(scores)))


def voters(params: Params) -> tuple[str, ...]:
    """The methods that take part."""
    return params.names


def remarks(params: Params) -> Remarks:
    """Who took part."""
    return params.remarks()

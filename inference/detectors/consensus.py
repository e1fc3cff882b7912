"""Several detectors asked at once: change is what most of them call change.

Asks every method that suits the pair and can run here. Knows nothing of how any of them works.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from errors import ModelError, UnsuitableSceneError
from inference import registry
from inference.detectors.base import (
    CHANGED,
    Card,
    Detector,
    Remarks,
    Resampling,
    Sample,
    TileScores,
)
from inference.members import Member, Params, ballots, calls, join
from raster.align import PairBlock
from raster.mask import ChangeClass

LEARNED = "changenet"
MEMBERS = (LEARNED, "cva", "irmad", "structure")
"""Methods with a fixed threshold that look at different things: what a thing is, its brightness,
how its bands go together, and its pattern. Networks with a restricted licence are left out."""
LEAST_MEMBERS = 2
APPEARED = ChangeClass(2, "appeared", "appeared", "appeared", "#1b7837")
VANISHED = ChangeClass(3, "vanished", "vanished", "vanished", "#762a83")

CARD = Card(
    name="consensus",
    title="Agreement of several methods",
    summary=(
        "Flags what more than half of the methods that suit the pair call change, and keeps the "
        "direction where none of them contradicts it."
    ),
    source="Majority vote over the scores of the other methods, each measured by its threshold",
    sensors=("optical",),
    min_bands=1,
    gsd_range_m=(0.1, 30.0),
    classes=(CHANGED, APPEARED, VANISHED),
    threshold="fixed",
    threshold_reason=(
        "The score is moved so that 0.5 is where more than half of the methods reach their own "
        "thresholds."
    ),
    fixed_threshold=0.5,
    # As far as the member that looks farthest; a test compares them.
    halo_px=576,
    tile_px=1024,
    align_px=64,
    limits=(
        "It takes as long as all of its methods together.",
        "A change that only one kind of method can see is outvoted.",
        "Methods that err alike, as most do where crops or seasons changed, agree on errors too.",
    ),
)


def working_gsd_m(gsd_m: float) -> float:
    """The pixels of the learned method, where it takes part; else those of the pair."""
    try:
        detector = registry.load(LEARNED)
        return detector.working_gsd_m(gsd_m) if isinstance(detector, Resampling) else gsd_m
    except ModelError:
        return gsd_m


def fit(sample: Sample) -> Params:
    """Every method that suits the pair, fitted, with its threshold on this pair.

    Raises:
        UnsuitableSceneError: radar, or fewer than two methods suit the pair.
    """
    members = tuple(_members(sample))
    if len(members) < LEAST_MEMBERS:
        msg = "Fewer than two methods suit this pair, so there is nothing to agree on."
        raise UnsuitableSceneError(msg, hint="Use the detector 'auto'.")
    return Params(members)


def predict(params: Params, block: PairBlock) -> TileScores:
    """The score that more than half of the methods reach, and the direction none contradicts."""
    looks = [(member, member.look(block)) for member in params.members]
    scores = np.stack([found.score for _member, found in looks])
    agreed = _agreed(scores)
    called = calls(scores)
    heard = np.stack([member.directions(found.code) for member, found in looks]) * called
    code = np.full(agreed.shape, CHANGED.code, np.uint8)
    rises, falls = (heard > 0).any(axis=0), (heard < 0).any(axis=0)
    code[rises & ~falls], code[falls & ~rises] = APPEARED.code, VANISHED.code
    return TileScores(agreed, code, ballots(called))


def voters(params: Params) -> tuple[str, ...]:
    """The methods that take part."""
    return params.names


def halo_px(params: Params) -> int:
    """As far as the method that looks farthest on this pair."""
    return max(member.halo_px for member in params.members)


def assessable(params: Params) -> tuple[ChangeClass, ...]:
    """Change, and the directions that one of the methods can tell."""
    told = {entry.state for member in params.members for entry in member.detector.CARD.classes}
    return tuple(entry for entry in CARD.classes if entry is CHANGED or entry.state in told)


def remarks(params: Params) -> Remarks:
    """Who took part, and what the methods themselves have to tell."""
    return params.remarks()


def _agreed(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The highest score (row, col) that more than half of those with a score reach."""
    counted = np.isfinite(scores).sum(axis=0)
    # Those without a score come last.
    falling = -np.sort(-scores, axis=0)
    place = np.minimum(counted // 2, len(scores) - 1)[None]
    return np.asarray(np.take_along_axis(falling, place, axis=0)[0], np.float32)


def _members(sample: Sample) -> Iterator[Member]:
    if sample.sensor not in CARD.sensors:
        return
    able = {entry.name for entry in registry.available() if entry.is_available}
    for name in MEMBERS:
        if name not in able:
            continue
        detector = registry.load(name)
        try:
            if _suits(detector, sample):
                yield join(detector, sample)
        except UnsuitableSceneError:
            continue


def _suits(detector: Detector, sample: Sample) -> bool:
    """Whether a method can look at the pixels as they are.

    Raises:
        UnsuitableSceneError: they are too large for it.
    """
    if len(sample.bands) < detector.CARD.min_bands:
        return False
    if sample.gsd_m is None or not isinstance(detector, Resampling):
        return True
    return math.isclose(detector.working_gsd_m(sample.gsd_m), sample.gsd_m, rel_tol=0.01)

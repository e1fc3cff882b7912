"""The residual shift of post against pre on their common grid, measured on many windows.

Windows vote with a correlation of edge structure, so that gain, offset and season do not matter.
Knows nothing of how a pair is brought onto one grid.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from progress import Watcher
from raster.align import UNWATCHED, AlignedPair, PairBand, PairBlock, ResidualShift, open_pair
from raster.correlation import Displacement, Structure, displacement, likeness, structure
from raster.scene import Sensor

# Windows: enough for a vote, few enough for a second of work; larger ones add time, not accuracy.
WINDOW_SIZES_PX = (256, 128, 64)
MAX_WINDOWS = 25
ENOUGH_WINDOWS = 12
MIN_SIDE_PX = 16
STRUCTURE_BANDS = 2
ROLE_PREFERENCE = ("nir", "red", "green", "swir1", "vv", "hh", "blue")

# Votes: unrelated windows have a second peak of 1.0 to 1.25 times less, matching ones 1.3 to 20.
MIN_VALID_SHARE = 0.6
MIN_DISTINCTNESS = 1.3
AGREEMENT_PX = 1.0
MIN_VOTERS = 3
MIN_VOTER_SHARE = 0.2

# Correction: below these a resampled post is worse than an unmoved one.
MIN_AGREEMENT = 0.5
MIN_SHIFT_PX = 0.15
CLEAR_SHIFT_PX = 0.3
MIN_GAIN = 0.01  # of the residual before
CLEAR_GAIN = 0.05
MIN_WINDOWS_BETTER = 0.6
WHOLE_PIXEL_PX = 0.05


@dataclass(frozen=True)
class Consensus:
    """What the windows agree on.

    Attributes:
        dx_px: median displacement of the agreeing windows.
        dy_px: likewise down.
        agreement: share (0..1) of the voting windows within `AGREEMENT_PX` of it.
        voters: number of windows that voted.
    """

    dx_px: float
    dy_px: float
    agreement: float
    voters: int

    @property
    def length_px(self) -> float:
        """Length in pixels."""
        return float(np.hypot(self.dx_px, self.dy_px))


NO_CONSENSUS = Consensus(0.0, 0.0, 0.0, 0)


def measure(
    pair: AlignedPair, *, watcher: Watcher = UNWATCHED, correct: bool = True
) -> ResidualShift:
    """The residual shift of a pair whose `shift` is not applied yet.

    Every window whose content is textured, observed and not repetitive votes. The correction is
    cross-fitted: the shift that one half of the windows (a chessboard) agrees on is read back in
    the other half, and only if it makes the two dates more alike there, by more than blurring
    alone would, is the shift of all windows applied. Reads at most 25 windows of 256 px twice.

    Args:
        pair: aligned pair; its `shift` is ignored.
        watcher: told after every window.
        correct: apply the correction where it is proven; otherwise only measure.
    """
    plain = replace(pair, bands=structural_bands(pair.bands), shift=unmeasured(pair.grid.gsd_m))
    windows = measuring_windows(plain.grid.shape)
    votes = _votes(plain, windows, watcher)
    everywhere = consensus(votes, windows_tried=len(windows))
    found = _reported(plain, everywhere, votes)
    if not correct or not is_worth_trying(everywhere):
        return found
    return _proven(plain, windows, votes, found)


def unmeasured(gsd_m: float) -> ResidualShift:
    """The record of a pair whose shift was not measured."""
    return ResidualShift(0.0, 0.0, gsd_m, 0.0, 0, False, 1.0, 1.0)


def measuring_windows(shape: tuple[int, int]) -> list[Window]:
    """At most 25 windows without overlap, evenly spread over (rows, cols), row by row.

    The largest size that still gives enough voters is taken; narrow scenes give windows as high
    or wide as they are, and scenes below 16 px none.
    """
    height, width = shape
    if min(shape) < MIN_SIDE_PX:
        return []
    side = WINDOW_SIZES_PX[-1]
    for size in WINDOW_SIZES_PX:
        if max(height // size, 1) * max(width // size, 1) >= ENOUGH_WINDOWS:
            side = size
            break
    return _lattice(height, width, side)


def _lattice(height: int, width: int, side: int) -> list[Window]:
    across, down = max(width // side, 1), max(height // side, 1)
    short_axis = int(np.sqrt(MAX_WINDOWS))
    rows = min(down, max(short_axis, MAX_WINDOWS // across))
    cols = min(across, MAX_WINDOWS // rows)
    tall, wide = min(side, height), min(side, width)
    return [
        Window(_centred(width, cols, col, wide), _centred(height, rows, row, tall), wide, tall)
        for row in range(rows)
        for col in range(cols)
    ]


def _centred(length: int, parts: int, part: int, side: int) -> int:
    """Start of a stretch of `side` in the middle of its share of the length."""
    return int(length * (part + 0.5) / parts - side / 2)


def structural_bands(bands: tuple[PairBand, ...]) -> tuple[PairBand, ...]:
    """The two bands that show edges best: by role, else the first and the last."""
    known = [band for role in ROLE_PREFERENCE for band in bands if band.role == role]
    if len(known) >= STRUCTURE_BANDS or len(bands) <= STRUCTURE_BANDS:
        return tuple((known or list(bands))[:STRUCTURE_BANDS])
    return bands[0], bands[-1]


def consensus(votes: list[Displacement | None], *, windows_tried: int) -> Consensus:
    """The displacement most windows agree on.

    Indistinct windows do not vote. Fewer than three voters, or fewer than a fifth of the windows
    tried, are no consensus: then nothing is claimed.
    """
    clear = [vote for vote in votes if vote and vote.distinctness >= MIN_DISTINCTNESS]
    if len(clear) < max(MIN_VOTERS, MIN_VOTER_SHARE * windows_tried):
        return replace(NO_CONSENSUS, voters=len(clear))
    at = np.array([(vote.dx_px, vote.dy_px) for vote in clear])
    weights = np.array([vote.distinctness for vote in clear]).clip(max=5.0)
    near = np.linalg.norm(at[:, None] - at[None], axis=2) <= AGREEMENT_PX
    centre = np.median(at[near[int(np.argmax(near @ weights))]], axis=0)
    members = np.linalg.norm(at - centre, axis=1) <= AGREEMENT_PX
    dx_px, dy_px = np.median(at[members], axis=0) if members.any() else centre
    return Consensus(float(dx_px), float(dy_px), float(members.mean()), len(clear))


def is_worth_trying(found: Consensus) -> bool:
    """Whether a correction may be tried: most windows agree on a shift that matters."""
    return found.agreement >= MIN_AGREEMENT and found.length_px >= MIN_SHIFT_PX


def snapped(shift_px: float) -> float:
    """A shift that is whole within the accuracy of measurement is whole, and reads as a copy."""
    nearest = round(shift_px)
    return float(nearest) if abs(shift_px - nearest) <= WHOLE_PIXEL_PX else shift_px


def _votes(pair: AlignedPair, windows: list[Window], watcher: Watcher) -> list[Displacement | None]:
    votes = []
    with open_pair(pair) as reader:
        for done, window in enumerate(windows):
            watcher.step(done / len(windows), "measuring the shift between the dates")
            votes.append(_vote(reader.read(window), pair.pre.sensor))
    return votes


def _vote(block: PairBlock, sensor: Sensor) -> Displacement | None:
    if min(block.pre_valid.mean(), block.post_valid.mean()) < MIN_VALID_SHARE:
        return None
    pre, post = _structures(block, sensor)
    return displacement(pre, post)


def _structures(block: PairBlock, sensor: Sensor) -> tuple[Structure, Structure]:
    return (
        structure(block.pre, block.pre_valid, sensor=sensor),
        structure(block.post, block.post_valid, sensor=sensor),
    )


def _reported(
    pair: AlignedPair, found: Consensus, votes: list[Displacement | None]
) -> ResidualShift:
    """What was found, not applied."""
    dissimilarity = 1 - _mean(_likenesses(votes))
    return ResidualShift(
        snapped(found.dx_px),
        snapped(found.dy_px),
        pair.grid.gsd_m,
        found.agreement,
        found.voters,
        is_applied=False,
        residual_before=dissimilarity,
        residual_after=dissimilarity,
    )


def _proven(
    pair: AlignedPair,
    windows: list[Window],
    votes: list[Displacement | None],
    found: ResidualShift,
) -> ResidualShift:
    """The shift with its residuals, applied if the held-out half of the windows confirms it."""
    trained, held_out, held_out_votes = _halves(windows, votes)
    if trained.voters < MIN_VOTERS or not held_out:
        return found
    trial = replace(
        found, dx_px=snapped(trained.dx_px), dy_px=snapped(trained.dy_px), is_applied=True
    )
    mirrored = replace(trial, dx_px=-trial.dx_px, dy_px=-trial.dy_px)
    stay = _likenesses(held_out_votes)
    moved = _held_out_likenesses(replace(pair, shift=trial), held_out)
    away = _held_out_likenesses(replace(pair, shift=mirrored), held_out)
    before, after = 1 - _mean(stay), 1 - _mean(moved)
    if not is_gain(stay, moved, away, length_px=trial.length_px):
        return replace(found, residual_before=before, residual_after=before)
    return replace(found, is_applied=True, residual_before=before, residual_after=after)


def _halves(
    windows: list[Window], votes: list[Displacement | None]
) -> tuple[Consensus, list[Window], list[Displacement]]:
    """What one half of the windows agrees on, and the measurable windows of the other half."""
    is_trained_on = _chessboard(windows)
    parts = list(zip(windows, votes, is_trained_on, strict=True))
    mine = [vote for _window, vote, is_mine in parts if is_mine]
    others = [(window, vote) for window, vote, is_mine in parts if vote and not is_mine]
    trained = consensus(mine, windows_tried=len(mine))
    return trained, [window for window, _vote in others], [vote for _window, vote in others]


def is_gain(
    stay: NDArray[np.float64],
    moved: NDArray[np.float64],
    away: NDArray[np.float64],
    *,
    length_px: float,
) -> bool:
    """Whether moving post made held-out windows more alike by more than chance and blur.

    Args:
        stay: likeness per window with post where it is.
        moved: likewise with the correction.
        away: likewise with the opposite shift, which blurs as much but cannot be right.
        length_px: short shifts must gain more, because resampling costs sharpness.
    """
    needed = MIN_GAIN if length_px >= CLEAR_SHIFT_PX else CLEAR_GAIN
    better = float(np.mean(moved > stay))
    gain = _mean(moved) - max(_mean(stay), _mean(away))
    return gain >= needed * (1 - _mean(stay)) and better >= MIN_WINDOWS_BETTER


def _mean(likenesses: NDArray[np.float64]) -> float:
    """Mean of the measurable windows; 0 (nothing alike) if there is none."""
    seen = likenesses[np.isfinite(likenesses)]
    return float(seen.mean()) if seen.size else 0.0


def _chessboard(windows: list[Window]) -> list[bool]:
    """Every other window along rows and columns, so that both halves cover the scene."""
    tops = sorted({window.row_off for window in windows})
    lefts = sorted({window.col_off for window in windows})
    return [
        (tops.index(window.row_off) + lefts.index(window.col_off)) % 2 == 0 for window in windows
    ]


def _likenesses(votes: Sequence[Displacement | None]) -> NDArray[np.float64]:
    return np.array([vote.likeness for vote in votes if vote])


def _held_out_likenesses(pair: AlignedPair, windows: list[Window]) -> NDArray[np.float64]:
    """Likeness of the dates in windows read as the pair's shift says."""
    with open_pair(pair) as reader:
        blocks = (reader.read(window) for window in windows)
        return np.array([likeness(*_structures(block, pair.pre.sensor)) for block in blocks])

"""The residual shift of post against pre on their common grid, measured on many windows.

Windows vote with a correlation of edge structure, so that gain, offset and season do not matter.
Knows nothing of how a pair is brought onto one grid.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window
from scipy import fft, ndimage
from scipy.signal.windows import tukey

from progress import Watcher
from raster.align import AlignedPair, PairBand, PairBlock, ResidualShift, open_pair
from raster.scene import Sensor

Structure = NDArray[np.complex64]

# Windows: enough for a vote, few enough for a second of work; larger ones add time, not accuracy.
WINDOW_SIZES_PX = (256, 128, 64)
MAX_WINDOWS = 25
ENOUGH_WINDOWS: dict[Sensor, int] = {"optical": 12, "sar": 4}
MIN_SIDE_PX = 16
STRUCTURE_BANDS = 3
ROLE_PREFERENCE = ("nir", "red", "green", "swir1", "vv", "hh", "blue")

# Structure: speckle needs a wider derivative; the knee is where an edge counts half.
SMOOTHING_PX: dict[Sensor, float] = {"optical": 1.0, "sar": 2.0}
KNEE = 2.0
EDGE_MARGIN_PX = 3
TAPER_SHARE = 0.25

# Votes: unrelated windows have a second peak of 1.0 to 1.25 times less, matching ones 1.3 to 20.
MIN_VALID_SHARE = 0.6
MIN_DISTINCTNESS = 1.3
WHITENING = 0.5
PEAK_RADIUS_PX = 4
REFINEMENT = 20
AGREEMENT_PX = 0.75
MIN_VOTERS = 3
MIN_VOTER_SHARE = 0.2

# Correction: below these a resampled post is worse than an unmoved one.
MIN_AGREEMENT = 0.5
MIN_SHIFT_PX = 0.15
CLEAR_SHIFT_PX = 0.3
MIN_GAIN = 0.01
CLEAR_GAIN = 0.03
MIN_WINDOWS_BETTER = 0.6
WHOLE_PIXEL_PX = 0.05


@dataclass(frozen=True)
class Displacement:
    """Where the content of one window went.

    Attributes:
        dx_px: post content lies this many pixels right of where pre has it.
        dy_px: likewise down.
        distinctness: height of the correlation peak over the next highest one (>= 1).
    """

    dx_px: float
    dy_px: float
    distinctness: float


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
    pair: AlignedPair, *, watcher: Watcher = Watcher(), correct: bool = True
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
    windows = measuring_windows(plain.grid.shape, sensor=plain.pre.sensor)
    votes = _votes(plain, windows, watcher)
    everywhere = consensus(votes, windows_tried=len(windows))
    found = _reported(plain, everywhere)
    if not correct or not is_worth_trying(everywhere):
        return found
    return _proven(plain, windows, votes, found)


def unmeasured(gsd_m: float) -> ResidualShift:
    """The record of a pair whose shift was not measured."""
    return ResidualShift(0.0, 0.0, gsd_m, 0.0, 0, False, 1.0, 1.0)


def measuring_windows(shape: tuple[int, int], *, sensor: Sensor = "optical") -> list[Window]:
    """At most 25 windows without overlap, evenly spread over (rows, cols), row by row.

    The largest size that still gives enough voters is taken; narrow scenes give windows as high
    or wide as they are, and scenes below 16 px none.
    """
    height, width = shape
    if min(shape) < MIN_SIDE_PX:
        return []
    side = WINDOW_SIZES_PX[-1]
    for size in WINDOW_SIZES_PX:
        if max(height // size, 1) * max(width // size, 1) >= ENOUGH_WINDOWS[sensor]:
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
    """At most three bands that show edges well: by role, else the first ones."""
    known = [band for role in ROLE_PREFERENCE for band in bands if band.role == role]
    rest = [band for band in bands if band not in known]
    return tuple((known + rest)[:STRUCTURE_BANDS])


def structure(
    data: NDArray[np.float32], valid: NDArray[np.bool_], *, sensor: Sensor = "optical"
) -> Structure:
    """Edge strength and orientation (row, col) as one complex number, summed over bands.

    The gradient direction is doubled, so that an edge whose contrast reverses between seasons
    still matches itself, and the strength saturates, so that a few bright roofs do not decide.
    Zero near invalid pixels and where nothing varies. After the orientation correlation of Fitch
    et al. (BMVC 2002) and the squared gradient of Bigun and Granlund (ICCV 1987).

    Args:
        data: (band, row, col) float32 in any unit.
        valid: (row, col) bool.
        sensor: SAR intensity is taken as a logarithm first, because its noise multiplies.
    """
    total = np.zeros(valid.shape, np.complex64)
    if not valid.any():
        return total
    for band in data:
        values = _log(band, valid) if sensor == "sar" else band
        gradient = _gradient(values, valid, SMOOTHING_PX[sensor])
        strength = np.abs(gradient)
        typical = float(np.median(strength[valid])) or float(strength[valid].mean())
        if typical > 0 and np.isfinite(typical):
            total += gradient**2 / np.maximum(strength * (strength + KNEE * typical), 1e-30)
    total[~_well_inside(valid)] = 0
    return total


def _log(band: NDArray[np.float32], valid: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Logarithm of linear intensity; decibels (some values negative) are left as they are."""
    seen = band[valid]
    if seen.min() < 0:
        return band
    floor = max(1e-3 * float(np.median(seen)), 1e-12)
    return np.log(np.maximum(band, floor))


def _gradient(
    values: NDArray[np.float32], valid: NDArray[np.bool_], smoothing_px: float
) -> Structure:
    """Gaussian derivative x + iy; invalid pixels take the mean so that they make no edge far off."""
    filled = np.where(valid, values, values[valid].mean()).astype(np.float32)
    along_x = ndimage.gaussian_filter(filled, smoothing_px, order=(0, 1), truncate=3.0)
    along_y = ndimage.gaussian_filter(filled, smoothing_px, order=(1, 0), truncate=3.0)
    return (along_x + 1j * along_y).astype(np.complex64)


def _well_inside(valid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    if valid.all():
        return valid
    return ndimage.binary_erosion(valid, iterations=EDGE_MARGIN_PX, border_value=1)


def displacement(pre: Structure, post: Structure) -> Displacement | None:
    """Displacement of post against pre, or None where there is nothing to correlate.

    Searches a quarter of the window to every side. The spectrum is half whitened (between cross
    and phase correlation, Kuglin and Hines 1975) and the peak is refined to a twentieth of a
    pixel by a matrix Fourier transform (Guizar-Sicairos et al., Optics Letters 2008), then by a
    parabola.
    """
    spectrum = _cross_spectrum(pre, post)
    if not spectrum.any():
        return None
    surface = fft.ifft2(spectrum).real
    height, width = surface.shape
    rows = np.arange(-(height // 4), height // 4 + 1)
    cols = np.arange(-(width // 4), width // 4 + 1)
    near = surface[np.ix_(rows % height, cols % width)]
    row, col = np.unravel_index(int(np.argmax(near)), near.shape)
    distinctness = _distinctness(near, int(row), int(col))
    dy_px, dx_px = _refined(spectrum, float(rows[row]), float(cols[col]))
    return Displacement(dx_px, dy_px, distinctness)


def _cross_spectrum(pre: Structure, post: Structure) -> Structure:
    """Half-whitened cross-power spectrum of the tapered windows; zeros where one is flat."""
    height, width = pre.shape
    taper = np.outer(tukey(height, TAPER_SHARE), tukey(width, TAPER_SHARE)).astype(np.float32)
    cross = np.conj(fft.fft2(pre * taper)) * fft.fft2(post * taper)
    power = np.abs(cross)
    whitened: Structure = cross / np.maximum(power, 1e-9 * power.max() + 1e-30) ** WHITENING
    return whitened


def _distinctness(near: NDArray[np.float32], row: int, col: int) -> float:
    """Height of the peak over the highest point away from it."""
    away = near.copy()
    top, left = max(row - PEAK_RADIUS_PX, 0), max(col - PEAK_RADIUS_PX, 0)
    away[top : row + PEAK_RADIUS_PX + 1, left : col + PEAK_RADIUS_PX + 1] = -np.inf
    second = float(away.max())
    return float(near[row, col]) / second if second > 0 else 1.0


def _refined(spectrum: Structure, row_px: float, col_px: float) -> tuple[float, float]:
    """Sub-pixel (row, col) of the peak within a pixel of a whole-pixel one."""
    height, width = spectrum.shape
    steps = np.arange(-REFINEMENT, REFINEMENT + 1) / REFINEMENT
    rows, cols = row_px + steps, col_px + steps
    by_row = np.exp(2j * np.pi * np.outer(rows, fft.fftfreq(height)))
    by_col = np.exp(2j * np.pi * np.outer(fft.fftfreq(width), cols))
    fine = (by_row @ spectrum @ by_col).real
    row, col = np.unravel_index(int(np.argmax(fine)), fine.shape)
    return (
        float(rows[row]) + _vertex(fine[:, col], int(row)) / REFINEMENT,
        float(cols[col]) + _vertex(fine[row], int(col)) / REFINEMENT,
    )


def _vertex(values: NDArray[np.float64], at: int) -> float:
    """Offset (-0.5..0.5) of the vertex of the parabola through three neighbours of a maximum."""
    if not 0 < at < len(values) - 1:
        return 0.0
    left, middle, right = values[at - 1 : at + 2]
    bend = left - 2 * middle + right
    return float(0.5 * (left - right) / bend) if bend < 0 else 0.0


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


def likeness(blocks: list[tuple[Structure, Structure]]) -> NDArray[np.float64]:
    """Correlation (-1..1) of the structures of each window, NaN where one is flat."""
    return np.array([_correlation(pre, post) for pre, post in blocks])


def _correlation(pre: Structure, post: Structure) -> float:
    both = (pre != 0) & (post != 0)
    pre, post = pre[both], post[both]
    power = float(np.vdot(pre, pre).real * np.vdot(post, post).real)
    return float(np.vdot(pre, post).real / np.sqrt(power)) if power > 0 else float("nan")


def _votes(
    pair: AlignedPair, windows: list[Window], watcher: Watcher
) -> list[Displacement | None]:
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


def _reported(pair: AlignedPair, found: Consensus) -> ResidualShift:
    """What was found, not applied; the residual is 1 until the proof measures it."""
    blank = unmeasured(pair.grid.gsd_m)
    return replace(
        blank,
        dx_px=snapped(found.dx_px),
        dy_px=snapped(found.dy_px),
        agreement=found.agreement,
        windows=found.voters,
    )


def _proven(
    pair: AlignedPair,
    windows: list[Window],
    votes: list[Displacement | None],
    found: ResidualShift,
) -> ResidualShift:
    """The shift with its residuals, applied if the held-out half of the windows confirms it."""
    half = _chessboard(windows)
    trained = consensus(
        [vote for vote, mine in zip(votes, half, strict=True) if mine], windows_tried=sum(half)
    )
    held_out = [
        window
        for window, vote, mine in zip(windows, votes, half, strict=True)
        if not mine and vote is not None
    ]
    if trained.voters < MIN_VOTERS or not held_out:
        return found
    trial = replace(found, dx_px=snapped(trained.dx_px), dy_px=snapped(trained.dy_px))
    mirrored = replace(found, dx_px=-trial.dx_px, dy_px=-trial.dy_px)
    stay = _held_out_likeness(pair, held_out)
    moved = _held_out_likeness(replace(pair, shift=replace(trial, is_applied=True)), held_out)
    away = _held_out_likeness(replace(pair, shift=replace(mirrored, is_applied=True)), held_out)
    before, after = 1 - _mean(stay), 1 - _mean(moved)
    if not is_gain(stay, moved, away, length_px=trial.length_px):
        return replace(found, residual_before=before, residual_after=before)
    return replace(found, is_applied=True, residual_before=before, residual_after=after)


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
    return gain >= needed and better >= MIN_WINDOWS_BETTER


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


def _held_out_likeness(pair: AlignedPair, windows: list[Window]) -> NDArray[np.float64]:
    """Likeness of the dates in windows read as the pair's shift says."""
    with open_pair(pair) as reader:
        return likeness([_structures(reader.read(window), pair.pre.sensor) for window in windows])

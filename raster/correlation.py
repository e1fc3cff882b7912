"""Edge structure of a window of imagery, and how far it moved between two dates.

Works on arrays; knows nothing of files, grids or votes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage

from raster.scene import Sensor

Structure = NDArray[np.complex64]

# Structure: speckle needs a wider derivative; the knee is where an edge counts half.
SMOOTHING_PX: dict[Sensor, float] = {"optical": 1.0, "sar": 2.0}
KNEE = 2.0
EDGE_MARGIN_PX = 3
TAPER_SHARE = 0.25

# Between cross and phase correlation: sharp peaks without giving noise a full vote.
WHITENING = 0.5
PEAK_RADIUS_PX = 4
REFINEMENT = 20


@dataclass(frozen=True)
class Displacement:
    """Where the content of one window went.

    Attributes:
        dx_px: post content lies this many pixels right of where pre has it.
        dy_px: likewise down.
        distinctness: height of the correlation peak over the next highest one (>= 1).
        likeness: correlation (-1..1) of the structures with post where it is, NaN if unknown.
    """

    dx_px: float
    dy_px: float
    distinctness: float
    likeness: float = float("nan")


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
        typical = _typical(strength, valid)
        if typical > 0 and np.isfinite(typical):
            total += gradient**2 / np.maximum(strength * (strength + KNEE * typical), 1e-30)
    total[~_well_inside(valid)] = 0
    return total


def _typical(strength: NDArray[np.float32], valid: NDArray[np.bool_]) -> float:
    """Median edge strength by a sample of every third row and column, the mean where that is 0."""
    seen = strength[::3, ::3][valid[::3, ::3]]
    if not seen.size:
        return 0.0
    return float(np.median(seen)) or float(seen.mean())


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
    """Gaussian derivative x + iy; invalid pixels take the mean, which makes no far edge."""
    filled = np.where(valid, values, values[valid].mean()).astype(np.float32)
    along_x = ndimage.gaussian_filter(filled, smoothing_px, order=(0, 1), truncate=3.0)
    along_y = ndimage.gaussian_filter(filled, smoothing_px, order=(1, 0), truncate=3.0)
    gradient = np.empty(filled.shape, np.complex64)
    gradient.real, gradient.imag = along_x, along_y
    return gradient


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
    return Displacement(dx_px, dy_px, distinctness, likeness(pre, post))


def _tapered(length: int) -> NDArray[np.float64]:
    """Tukey's window: 1 in the middle, cosine slopes over `TAPER_SHARE` of the length.

    Written out because importing `scipy.signal` for it took half a second of every start.
    """
    from_edge = np.minimum(np.arange(length), np.arange(length)[::-1]) / (length - 1)
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(2 * from_edge / TAPER_SHARE, 0, 1))


def _cross_spectrum(pre: Structure, post: Structure) -> Structure:
    """Half-whitened cross-power spectrum of the tapered windows; zeros where one is flat."""
    height, width = pre.shape
    taper = np.outer(_tapered(height), _tapered(width)).astype(np.float32)
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
    by_row = np.exp(2j * np.pi * np.outer(rows, fft.fftfreq(height))).astype(np.complex64)
    by_col = np.exp(2j * np.pi * np.outer(fft.fftfreq(width), cols)).astype(np.complex64)
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


def likeness(pre: Structure, post: Structure) -> float:
    """Correlation (-1..1) of two structures where both have edges, NaN if one is flat."""
    both = (pre != 0) & (post != 0)
    pre, post = pre[both], post[both]
    power = float(np.vdot(pre, pre).real * np.vdot(post, post).real)
    return float(np.vdot(pre, post).real / np.sqrt(power)) if power > 0 else float("nan")

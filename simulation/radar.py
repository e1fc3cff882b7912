"""Paints what radar sees of buildings and ships: a bright near wall, a roof, a dark far side.

The sensor looks from the left (an ascending, right-looking pass). Knows nothing of speckle. Source:
Dong et al. (1997), "Radar backscatter analysis for urban environments".
"""

import math

import cv2
import numpy as np
from shapely import affinity

from simulation.plan import Building, Part
from simulation.roofs import Canvas
from simulation.spectra import signature
from simulation.surfaces import Style, fill

INCIDENCE_RAD = math.radians(38)
WALL_DB = (7.0, -3.5)


def paint(canvas: Canvas, building: Building, style: Style) -> None:
    """Paint the boxes of a building that stand at the style's date, as linear sigma nought."""
    roof = signature(building.material, style.roles, style.season) * building.tint
    for part in building.parts_at(style.date):
        _stamp(canvas, part, roof, 1.0)
        _wall(canvas, part, building, style)


def _stamp(canvas: Canvas, part: Part, sigma: np.ndarray, shift_m: float) -> None:
    window = canvas.window(part, 2 * canvas.gsd_m)
    if window is None:
        return
    rows, cols = window
    mask = np.zeros((rows.stop - rows.start, cols.stop - cols.start), np.uint8)
    origin = (-cols.start * canvas.gsd_m, -rows.start * canvas.gsd_m)
    fill(mask, affinity.translate(part.polygon, *origin), canvas.gsd_m, 1)
    glint = np.exp(0.6 * shift_m * canvas.noise.grain[window])[mask > 0]
    for band, value in zip(canvas.reflectance, sigma, strict=True):
        band[window][mask > 0] = value * glint


def _wall(canvas: Canvas, part: Part, building: Building, style: Style) -> None:
    """Corner between ground and wall: bright where the wall faces the sensor."""
    facing = max(abs(math.sin(part.angle_rad)), abs(math.cos(part.angle_rad))) ** 6
    metal = 4.0 if building.kind in {"ship", "containers", "tank"} else 8 * (building.tint - 1.2)
    layover_m = max(part.height_m / math.tan(INCIDENCE_RAD), canvas.gsd_m)
    ring = np.asarray(part.polygon.exterior.coords)
    near = ring[ring[:, 0] <= np.median(ring[:, 0])]
    start, end = near[np.argmin(near[:, 1])], near[np.argmax(near[:, 1])]
    window = canvas.window(part, layover_m)
    if window is None:
        return
    rows, cols = window
    line = np.zeros(canvas.direct[window].shape, np.uint8)
    offset = np.array([cols.start, rows.start])
    for step in np.arange(0, layover_m, canvas.gsd_m):
        a = np.round((start - [step, 0]) / canvas.gsd_m - offset).astype(int)
        b = np.round((end - [step, 0]) / canvas.gsd_m - offset).astype(int)
        cv2.line(line, tuple(map(int, a)), tuple(map(int, b)), 1, 1)
    for band, role in zip(canvas.reflectance, style.roles, strict=True):
        level = WALL_DB[0] if role == "vv" else WALL_DB[1]
        band[window][line > 0] = 10 ** ((level * facing + metal) / 10)

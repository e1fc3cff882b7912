"""Outlines with right angles, for buildings whose pixels support them; the original is never lost.

Edges are turned into two directions and straightened, and the result is kept only where it covers
the same ground. Knows nothing of classes or dates.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from raster.chip import pixel_sides_m
from raster.grid import Grid

SAME_GROUND = 0.85
"""Least IoU with the original: what two people who draw one roof agree on (e.g. 0.85 to 0.9 on
aerial images of 0.3 m)."""
SAME_AREA = 0.06
"""Most change of the area."""
SMOOTHING_GSD = 1.5
"""Steps of pixels and wobbles up to this are no corners."""
LEAST_PX = 25
"""Outlines of fewer pixels have no shape to speak of."""
MOST_CORNERS = 24

Floats = NDArray[np.float64]


def squared(shapes: NDArray[Any], grid: Grid) -> NDArray[Any]:
    """For each outline (n,) in the CRS of the grid one with right angles only, or None.

    Two directions are chosen for each outline: those of its edges (mean of the angles modulo 90
    degrees, weighted by length) or of the smallest rectangle around it. Each run of edges that
    point the same way becomes one straight edge at their mean place. Outlines with holes, of
    several parts or of very few pixels are left alone.
    """
    frame = _Frame(grid)
    found = np.empty(len(shapes), object)
    for at, shape in enumerate(shapes):
        found[at] = _squared(shape, frame)
    return found


class _Frame:
    """Ground metres along rows and columns of a grid, where right angles are right angles."""

    def __init__(self, grid: Grid) -> None:
        """Measure the pixels of `grid`."""
        across_m, down_m = pixel_sides_m(grid)
        to_map = grid.transform
        self._turn = np.array([[to_map.a, to_map.d], [to_map.b, to_map.e]]) / [
            [across_m], [down_m]
        ]  # fmt: skip
        self._corner = np.array([to_map.c, to_map.f])
        self.gsd_m = grid.gsd_m

    def enter(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape of the map in metres."""
        back = np.linalg.inv(self._turn)
        moved: BaseGeometry = shapely.transform(shape, lambda xy: (xy - self._corner) @ back)
        return moved

    def leave(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in metres on the map, its outer ring anticlockwise."""
        moved = shapely.transform(shape, lambda xy: xy @ self._turn + self._corner)
        oriented: BaseGeometry = shapely.orient_polygons(moved)
        return oriented


def _squared(shape: BaseGeometry, frame: _Frame) -> BaseGeometry | None:
    if shape.geom_type != "Polygon" or len(shapely.get_rings(shape)) > 1:
        return None
    ground = frame.enter(shape)
    if ground.area < LEAST_PX * frame.gsd_m**2:
        return None
    tried = (_straightened(ground, angle, frame.gsd_m) for angle in _directions(ground))
    fits = [(_agreement(one, ground), one) for one in tried if one is not None]
    best = max(fits, key=lambda fit: fit[0], default=(0.0, None))
    return frame.leave(best[1]) if best[1] is not None and best[0] >= SAME_GROUND else None


def _directions(ground: BaseGeometry) -> Iterator[float]:
    """Angles in radians that one side of the thing may have."""
    yield _mean_direction(shapely.get_coordinates(ground))
    yield _mean_direction(shapely.get_coordinates(shapely.oriented_envelope(ground)))


def _mean_direction(ring: Floats) -> float:
    """Mean of the angles of the edges modulo 90 degrees, weighted by length."""
    steps = np.diff(ring, axis=0)
    lengths, angles = np.hypot(*steps.T), np.arctan2(steps[:, 1], steps[:, 0])
    return float(np.angle(np.sum(lengths * np.exp(4j * angles))) / 4)


def _straightened(ground: BaseGeometry, angle: float, gsd_m: float) -> BaseGeometry | None:
    """The outline with edges along `angle` and across it only; None where that has no shape."""
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    smooth = shapely.simplify(ground, SMOOTHING_GSD * gsd_m)
    corners = _corners(shapely.get_coordinates(smooth) @ turn)
    if corners is None:
        return None
    square = shapely.polygons(corners @ turn.T)
    is_usable = square.is_valid and abs(square.area / ground.area - 1) <= SAME_AREA
    return square if is_usable else None


def _corners(ring: Floats) -> Floats | None:
    """Corners (n, 2) where the straight edges meet, in turned coordinates."""
    steps = np.diff(ring, axis=0)
    is_level = np.abs(steps[:, 0]) >= np.abs(steps[:, 1])
    turns = np.flatnonzero(is_level != np.roll(is_level, 1))
    if not 4 <= len(turns) <= MOST_CORNERS:
        return None
    middles, lengths = (ring[:-1] + ring[1:]) / 2, np.hypot(*steps.T)
    ends = (*turns[1:], turns[0] + len(steps))
    runs = [np.arange(*span) % len(steps) for span in zip(turns, ends, strict=True)]
    # A level run is told by its height, an upright one by its place along.
    places = [float(np.average(middles[run, int(is_level[run[0]])], weights=lengths[run]))
              for run in runs]  # fmt: skip
    first = bool(is_level[runs[0][0]])
    pairs = zip(places, (*places[1:], places[0]), strict=True)
    return np.array(
        [(two, one) if first == (at % 2 == 0) else (one, two) for at, (one, two) in
         enumerate(pairs)]
    )  # fmt: skip


def _agreement(one: BaseGeometry, other: BaseGeometry) -> float:
    shared = one.intersection(other).area
    return float(shared / (one.area + other.area - shared))

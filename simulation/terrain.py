"""Random surfaces and outlines: fractal noise, natural blobs, smooth curves, a bent street frame.

Pure geometry and noise in metres or pixels; knows nothing of materials, sensors or dates.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from shapely import affinity
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from skimage.measure import find_contours

Rng = np.random.Generator
Floats = NDArray[np.float32]


def fractal_noise(
    rng: Rng, shape: tuple[int, int], *, scale_px: float, octaves: int = 4, persistence: float = 0.5
) -> Floats:
    """Zero-mean, unit-deviation value noise (row, col): octaves of interpolated random grids.

    `scale_px` is the size of the coarsest feature; every octave halves it and weighs `persistence`
    less. Source: value noise, Ebert et al., "Texturing and Modeling: A Procedural Approach" (2003).
    """
    step = max(scale_px, 1.0)
    total = rng.standard_normal((_cells(shape[0], step), _cells(shape[1], step)), np.float32)
    weight = 1.0
    # Octaves are added on the coarse grids, so that only one enlargement has full size.
    for _octave in range(octaves - 1):
        if step < 2:
            break
        step, weight = step / 2, weight * persistence
        double = (2 * total.shape[1], 2 * total.shape[0])
        total = np.asarray(cv2.resize(total, double, interpolation=cv2.INTER_CUBIC))
        total += np.float32(weight) * rng.standard_normal(total.shape, np.float32)
    total = _enlarge(total, step, shape)
    total -= total.mean()
    return total / np.float32(max(float(total.std()), 1e-6))


def _cells(size_px: int, step_px: float) -> int:
    return math.ceil(size_px / step_px) + 3


def _enlarge(coarse: Floats, step_px: float, shape: tuple[int, int]) -> Floats:
    """The coarse grid at `step_px` pixels a cell, cropped to a shape."""
    zoom = np.array([[step_px, 0, -step_px], [0, step_px, -step_px]])
    flags = cv2.INTER_CUBIC if step_px > 3 else cv2.INTER_LINEAR
    return np.asarray(cv2.warpAffine(coarse, zoom, shape[::-1], flags=flags), np.float32)


def blob(rng: Rng, centre: tuple[float, float], radius_m: float, *, roughness: float) -> Polygon:
    """An outline such as fires, floods and woods have: the contour of a noisy hill (metres).

    `roughness` 0 gives an ellipse, 1 a ragged outline with islands dropped.
    """
    size = 96
    axis = np.linspace(-1.8, 1.8, size)
    stretch = float(rng.uniform(0.6, 1.0))
    distance = np.hypot(axis[None, :], axis[:, None] / stretch)
    hill = 1 - distance + 0.3 * roughness * fractal_noise(rng, (size, size), scale_px=30, octaves=5)
    hill[[0, -1], :] = hill[:, [0, -1]] = -1
    outline = max(find_contours(hill, 0.0), key=len)[:, ::-1]
    xy = (outline / (size - 1) * 3.6 - 1.8) * radius_m
    shape = Polygon(xy).buffer(0)
    shape = affinity.rotate(largest(shape), float(rng.uniform(0, 180)), origin=(0, 0))
    shape = affinity.translate(shape, *centre)
    return largest(shape.simplify(radius_m * 0.01))


# Overlays snap to a centimetre: exact ones can fail on the slivers that outlines share.
GRID_M = 0.01


def faces(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry; points and lines that overlays leave behind are dropped."""
    parts = getattr(shape, "geoms", [shape])
    return MultiPolygon([part for part in parts if isinstance(part, Polygon) and part.area > 0])


def common(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """Ground that two outlines share."""
    return faces(faces(first).intersection(faces(second), grid_size=GRID_M))


def less(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """Ground of the first outline without the second."""
    return faces(faces(first).difference(faces(second), grid_size=GRID_M))


def both(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """Ground of either outline."""
    return faces(faces(first).union(faces(second), grid_size=GRID_M))


def largest(shape: object) -> Polygon:
    """The largest polygon of a geometry; an empty one if it has none."""
    parts = getattr(shape, "geoms", [shape])
    polygons = [part for part in parts if isinstance(part, Polygon) and not part.is_empty]
    if not polygons:
        return Polygon()
    return max(polygons, key=lambda part: part.area)


def curve(
    rng: Rng, start: tuple[float, float], end: tuple[float, float], bend: float
) -> LineString:
    """A smooth line from start to end that strays by about `bend` times its length."""
    along = np.linspace(0, 1, 48)
    vector = np.subtract(end, start)
    normal = np.array([-vector[1], vector[0]])
    stray = np.zeros_like(along)
    for harmonic in (1, 2, 3, 5):
        stray += rng.normal() * bend / harmonic * np.sin(np.pi * harmonic * along)
    return LineString(np.asarray(start) + along[:, None] * vector + stray[:, None] * normal)


@dataclass(frozen=True)
class BentFrame:
    """Street coordinates (u along, v across, metres) laid on the ground (x, y) with gentle bends.

    Attributes:
        origin: (x, y) of u = v = 0.
        angle_rad: direction of u.
        waves: (wave number, amplitude_m, phase) of the bends across u and across v.
    """

    origin: tuple[float, float]
    angle_rad: float
    waves: tuple[tuple[float, float, float], ...]

    @classmethod
    def random(
        cls, rng: Rng, origin: tuple[float, float], amplitude_m: float, *, wave_m: float = 220.0
    ) -> "BentFrame":
        """A frame of random direction that bends by `amplitude_m` over `wave_m` and more."""
        waves = tuple(
            (
                2 * math.pi / float(rng.uniform(1.0, 3.2) * wave_m),
                float(rng.normal()) * amplitude_m / 2,
                float(rng.uniform(0, 2 * math.pi)),
            )
            for _wave in range(4)
        )
        return cls(origin, float(rng.uniform(0, math.pi)), waves)

    def xy(self, uv: NDArray[np.float64]) -> NDArray[np.float64]:
        """Ground positions (n, 2) of street positions (n, 2)."""
        u, v = uv[:, 0], uv[:, 1]
        for number, amplitude, phase in self.waves[:2]:
            v = v + amplitude * np.sin(number * u + phase)
        for number, amplitude, phase in self.waves[2:]:
            u = u + 0.4 * amplitude * np.sin(number * v + phase)
        cos, sin = math.cos(self.angle_rad), math.sin(self.angle_rad)
        return np.stack([self.origin[0] + u * cos - v * sin, self.origin[1] + u * sin + v * cos], 1)

    def point(self, u: float, v: float) -> tuple[float, float]:
        """Ground position of one street position."""
        x, y = self.xy(np.array([[u, v]]))[0]
        return float(x), float(y)

    def direction_rad(self, u: float, v: float) -> float:
        """Ground direction of the street at a street position."""
        (x0, y0), (x1, y1) = self.point(u - 1, v), self.point(u + 1, v)
        return math.atan2(y1 - y0, x1 - x0)

    def rectangle(self, u0: float, v0: float, u1: float, v1: float) -> Polygon:
        """The ground polygon of a street rectangle, bent with the frame."""
        ring = box(u0, v0, u1, v1).segmentize(12.0).exterior
        return Polygon(self.xy(np.asarray(ring.coords)))

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> LineString:
        """The ground line of a straight street line."""
        coords = np.asarray(LineString([start, end]).segmentize(8.0).coords)
        return LineString(self.xy(coords))


def rectangle(
    centre: tuple[float, float], length_m: float, width_m: float, angle_rad: float
) -> Polygon:
    """A rectangle whose length lies along `angle_rad` (x, y in metres)."""
    cos, sin = math.cos(angle_rad), math.sin(angle_rad)
    corners = []
    for along, across in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        u, v = along * length_m / 2, across * width_m / 2
        corners.append((centre[0] + u * cos - v * sin, centre[1] + u * sin + v * cos))
    return Polygon(corners)

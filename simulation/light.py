"""Sunlight on a scene: direction, cast shadows, facets and the blue light of the sky.

Knows nothing of materials or dates.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from raster.scene import BandRole

# Share of the light on flat sunlit ground that comes from the sky (clear sky; rises to the blue).
SKY_SHARE: dict[BandRole, float] = {
    "coastal": 0.36, "blue": 0.31, "green": 0.25, "red": 0.21, "rededge": 0.17, "nir": 0.13,
    "swir1": 0.08, "swir2": 0.06, "vv": 1.0, "vh": 1.0,
}  # fmt: skip


@dataclass(frozen=True)
class Sun:
    """Where the sun stands: azimuth clockwise from north, elevation over the horizon, degrees."""

    azimuth_deg: float = 150.0
    elevation_deg: float = 48.0

    @property
    def vector(self) -> tuple[float, float, float]:
        """Unit vector to the sun: x right, y down, z up."""
        azimuth, elevation = math.radians(self.azimuth_deg), math.radians(self.elevation_deg)
        flat = math.cos(elevation)
        return flat * math.sin(azimuth), -flat * math.cos(azimuth), math.sin(elevation)

    def shadow_offset(self, height: float) -> tuple[float, float]:
        """(x, y) from an object's top to its shadow on flat ground, in the unit of `height`."""
        x, y, z = self.vector
        return -x / z * height, -y / z * height

    def facet(self, normal: tuple[float, float, float]) -> float:
        """Direct light on a facet against flat ground (1), at least 0."""
        cosine = sum(a * b for a, b in zip(self.vector, normal, strict=True))
        return max(cosine, 0.0) / self.vector[2]


def lit(
    reflectance: NDArray[np.float32], direct: NDArray[np.float32], roles: tuple[BandRole, ...]
) -> NDArray[np.float32]:
    """Reflectance (band, row, col) under `direct` light (row, col), 1 on flat sunlit ground."""
    for band, role in zip(reflectance, roles, strict=True):
        sky = SKY_SHARE[role]
        if sky < 1:
            band *= sky + (1 - sky) * direct
    return reflectance


def cast(shadow: NDArray[np.uint8], points_px: NDArray[np.float64]) -> None:
    """Darken the convex hull of points (n, 2; x, y in pixels) in a shadow mask."""
    hull = cv2.convexHull(points_px.astype(np.float32))
    cv2.fillConvexPoly(shadow, np.round(hull * 8).astype(np.int32), 255, cv2.LINE_AA, 3)


def hillshade(height: NDArray[np.float32], sun: Sun, strength: float) -> NDArray[np.float32]:
    """Direct light on terrain against flat ground; `strength` scales the slopes."""
    slope_y, slope_x = np.gradient(height)
    x, y, z = sun.vector
    scale = strength / max(float(slope_x.std()), 1e-6)
    light = (z - scale * (slope_x * x + slope_y * y)) / z
    light = light / np.sqrt(1 + scale**2 * (slope_x**2 + slope_y**2))
    return np.asarray(np.clip(light, 0.1, 1.6), np.float32)

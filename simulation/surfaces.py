"""Paints the surfaces of a plan: one label per area, a signature per label, texture and furrows.

Knows nothing of buildings, trees or light.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from raster.scene import BandRole
from simulation.plan import Area, Date, Plan, Rows
from simulation.spectra import MATERIALS, Season, signature, variation
from simulation.terrain import fractal_noise

Floats = NDArray[np.float32]
SHIFT_BITS = 4


@dataclass(frozen=True)
class Textures:
    """Noise shared by both dates, so that unchanged ground looks the same (row, col).

    Attributes:
        grain: pixel-size noise.
        patches: noise of some twenty metres (or ten pixels) and coarser.
        relief: terrain height.
    """

    grain: Floats
    patches: Floats
    relief: Floats


def textures(plan: Plan, shape: tuple[int, int], gsd_m: float) -> Textures:
    """Noise fields of a plan on a canvas."""
    rng = np.random.default_rng([plan.seed, 11])
    long_m = min(plan.site.height_m, plan.site.width_m)
    relief = np.zeros(shape, np.float32)
    if plan.relief:
        relief = fractal_noise(rng, shape, scale_px=0.3 * long_m / gsd_m, octaves=6)
    return Textures(
        fractal_noise(rng, shape, scale_px=4, octaves=3, persistence=0.8),
        fractal_noise(rng, shape, scale_px=max(36 / gsd_m, 12), octaves=5, persistence=0.75),
        relief,
    )


def fill(canvas: NDArray[np.integer], polygon: BaseGeometry, gsd_m: float, value: int) -> None:
    """Set the pixels of a polygon in metres on an integer canvas (row, col); holes stay."""
    parts = polygon.geoms if isinstance(polygon, MultiPolygon) else [polygon]
    scale = 2**SHIFT_BITS
    for part in parts:
        if part.is_empty or not isinstance(part, Polygon):
            continue
        rings = [
            np.round((np.asarray(ring.coords) / gsd_m - 0.5) * scale).astype(np.int32)
            for ring in (part.exterior, *part.interiors)
        ]
        cv2.fillPoly(canvas, rings, value, cv2.LINE_8, SHIFT_BITS)


def labels(areas: tuple[Area, ...], shape: tuple[int, int], gsd_m: float) -> NDArray[np.int32]:
    """(row, col) index of the topmost area plus one; 0 is the base."""
    canvas = np.zeros(shape, np.int32)
    for index, area in enumerate(areas):
        fill(canvas, area.polygon, gsd_m, index + 1)
    return canvas


@dataclass(frozen=True)
class Style:
    """What to paint with: date, bands and season."""

    date: Date
    roles: tuple[BandRole, ...]
    season: Season


def paint(plan: Plan, style: Style, noise: Textures, gsd_m: float) -> Floats:
    """Reflectance (band, row, col) of the bare surfaces at a date."""
    areas = tuple(area for area in plan.areas if area.presence.at(style.date))
    label = labels(areas, noise.grain.shape, gsd_m)
    names = [plan.base, *(area.material for area in areas)]
    tints = np.array([1.0, *(area.tint for area in areas)], np.float32)
    grain = _grain(areas, names, label, noise, gsd_m)
    own = _table(plan.base, areas, style, signature) * tints
    drift = _table(plan.base, areas, style, variation) * tints
    bands = []
    for level, slope in zip(own, drift, strict=True):
        painted = level[label]
        painted += slope[label] * noise.patches
        np.maximum(painted, 0.25 * level.min(), out=painted)
        bands.append(painted * grain)
    return np.stack(bands)


def _table(
    base: str,
    areas: tuple[Area, ...],
    style: Style,
    look_up: Callable[[str, tuple[BandRole, ...], Season], Floats],
) -> Floats:
    """A value per band and label, the base first."""
    known: dict[str, Floats] = {}
    for name in {base, *(a.material for a in areas), *(a.toward[0] for a in areas if a.toward)}:
        known[name] = look_up(name, style.roles, style.season)
    rows = [known[base]]
    for area in areas:
        value = known[area.material]
        if area.toward is not None:
            other, share = area.toward
            value = (1 - share) * value + share * known[other]
        rows.append(value)
    return np.stack(rows, axis=1)


def _grain(
    areas: tuple[Area, ...],
    names: list[str],
    label: NDArray[np.int32],
    noise: Textures,
    gsd_m: float,
) -> Floats:
    amount = np.array([MATERIALS[name].grain for name in names], np.float32)
    grain = np.asarray(1 + amount[label] * noise.grain, np.float32)
    rows = [(i + 1, a.rows) for i, a in enumerate(areas) if a.rows and a.rows.spacing_m > 2 * gsd_m]
    if rows:
        _furrow(grain, rows, label, gsd_m)
    return np.clip(grain, 0.15, 2.5)


def _furrow(
    grain: Floats, rows: list[tuple[int, Rows]], label: NDArray[np.int32], gsd_m: float
) -> None:
    waves = np.zeros((int(label.max()) + 1, 3), np.float32)
    for index, furrows in rows:
        if index < len(waves):
            number = 2 * np.pi * gsd_m / furrows.spacing_m
            waves[index] = (
                number * np.cos(furrows.angle_rad),
                number * np.sin(furrows.angle_rad),
                furrows.strength,
            )
    y, x = np.ogrid[: label.shape[0], : label.shape[1]]
    phase = waves[:, 0][label] * x + waves[:, 1][label] * y
    grain += waves[:, 2][label] * np.sin(phase)

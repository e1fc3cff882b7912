"""Paints buildings: facets shaded by the sun, courses of tiles, clutter on flat roofs, damage.

Knows nothing of how a building got its shape; that is `houses.py`.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.light import Sun, cast
from simulation.plan import Building, Part
from simulation.spectra import MATERIALS, signature
from simulation.surfaces import Style, Textures

Floats = NDArray[np.float32]
PITCH_RAD = math.radians(27)
STRIPED = {"metal": 0.9, "rusty_metal": 0.8, "blue_metal": 0.9, "green_metal": 0.9,
           "tile_red": 0.4, "tile_brown": 0.4, "containers": 2.6}  # fmt: skip


@dataclass(frozen=True)
class Canvas:
    """What is painted on, changed in place.

    Attributes:
        reflectance: (band, row, col).
        direct: (row, col) direct light, 1 on flat sunlit ground.
        noise: textures of the plan.
        gsd_m: ground size of a canvas pixel.
    """

    reflectance: Floats
    direct: Floats
    noise: Textures
    gsd_m: float

    def window(self, part: Part, margin_m: float) -> tuple[slice, slice] | None:
        """Rows and columns around a box, or None if it lies outside."""
        reach = 0.5 * math.hypot(part.length_m, part.width_m) + margin_m
        rows, cols = self.direct.shape
        x, y = part.centre
        top, bottom = max(int((y - reach) / self.gsd_m), 0), int((y + reach) / self.gsd_m) + 2
        left, right = max(int((x - reach) / self.gsd_m), 0), int((x + reach) / self.gsd_m) + 2
        if top >= rows or left >= cols or bottom <= 0 or right <= 0:
            return None
        return slice(top, min(bottom, rows)), slice(left, min(right, cols))


def cast_shadow(shadow: NDArray[np.uint8], part: Part, sun: Sun, gsd_m: float) -> None:
    """Sweep a box along the sun into a shadow mask (0..255)."""
    ring = np.asarray(part.polygon.exterior.coords)
    tops = [ring + sun.shadow_offset(part.height_m)]
    if part.roof in {"gable", "hip"}:
        inset = part.width_m / 2 if part.roof == "hip" else 0.0
        half = max(part.length_m / 2 - inset, 0.0)
        along = np.array([math.cos(part.angle_rad), math.sin(part.angle_rad)]) * half
        ridge = np.array([np.asarray(part.centre) - along, np.asarray(part.centre) + along])
        rise = part.height_m + part.width_m / 2 * math.tan(PITCH_RAD)
        tops.append(ridge + sun.shadow_offset(rise))
    cast(shadow, np.concatenate([ring, *tops]) / gsd_m - 0.5)


def paint(canvas: Canvas, building: Building, style: Style, sun: Sun) -> None:
    """Paint the boxes of a building that stand at the style's date."""
    colour = signature(building.material, style.roles, style.season) * building.tint
    rng = np.random.default_rng([building.seed, 5])
    for part in building.parts_at(style.date):
        _paint_part(canvas, part, (colour, building.material), (sun, rng))
    if style.date == "post" and building.damage != "none" and building.presence.post:
        _damage(canvas, building, style, rng)


def _local(canvas: Canvas, part: Part, window: tuple[slice, slice]) -> tuple[Floats, Floats]:
    """Metres along and across the box for every pixel of the window."""
    rows, cols = window
    y = (np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] + 0.5) * canvas.gsd_m
    x = (np.arange(cols.start, cols.stop, dtype=np.float32)[None, :] + 0.5) * canvas.gsd_m
    x, y = x - part.centre[0], y - part.centre[1]
    cos, sin = math.cos(part.angle_rad), math.sin(part.angle_rad)
    along = np.asarray(x * cos + y * sin, np.float32)
    return along, np.asarray(y * cos - x * sin, np.float32)


def _inside(part: Part, along: Floats, across: Floats) -> NDArray[np.bool_]:
    if part.roof == "round":
        return np.asarray(np.hypot(along, across) <= part.length_m / 2)
    return np.asarray((abs(along) <= part.length_m / 2) & (abs(across) <= part.width_m / 2))


def _paint_part(
    canvas: Canvas, part: Part, coat: tuple[Floats, str], scene: tuple[Sun, np.random.Generator]
) -> None:
    window = canvas.window(part, 1.0)
    if window is None:
        return
    colour, material = coat
    sun, rng = scene
    along, across = _local(canvas, part, window)
    inside = _inside(part, along, across)
    grain = 1 + MATERIALS[material].grain * canvas.noise.grain[window]
    grain = grain * (1 + 0.05 * canvas.noise.patches[window])
    grain = grain * _courses(part, material, along, across, canvas.gsd_m)
    grain = grain * _clutter(part, along, across, rng)
    for band, value in zip(canvas.reflectance, colour, strict=True):
        target = band[window]
        target[inside] = (value * np.clip(grain, 0.2, 2.0))[inside]
    canvas.direct[window][inside] = _facets(part, along, across, sun)[inside]


def _facets(part: Part, along: Floats, across: Floats, sun: Sun) -> Floats:
    if part.roof in {"flat", "round"}:
        return np.ones_like(along)
    sin, cos = math.sin(part.angle_rad), math.cos(part.angle_rad)
    steep, up = math.sin(PITCH_RAD), math.cos(PITCH_RAD)
    low = sun.facet((-sin * steep, cos * steep, up))
    high = sun.facet((sin * steep, -cos * steep, up))
    light = np.where(across > 0, low, high).astype(np.float32)
    if part.roof == "hip":
        end = (part.length_m / 2 - abs(along)) < (part.width_m / 2 - abs(across))
        right = sun.facet((cos * steep, sin * steep, up))
        left = sun.facet((-cos * steep, -sin * steep, up))
        light = np.where(end, np.where(along > 0, right, left), light).astype(np.float32)
    return light


def _courses(part: Part, material: str, along: Floats, across: Floats, gsd_m: float) -> Floats:
    """Corrugation and tile courses: stripes; gabled roofs get a ridge line, flat ones a parapet."""
    stripes = np.ones_like(along)
    spacing = STRIPED.get(material, 0.0)
    if spacing > 2 * gsd_m:
        position = along if material != "containers" else across
        stripes = stripes + 0.09 * np.sin(2 * np.pi / spacing * position)
    edge = np.minimum(part.length_m / 2 - abs(along), part.width_m / 2 - abs(across))
    if part.roof == "flat" and part.width_m > 5:
        stripes = stripes * np.where(edge < 0.45, 1.2, 1.0)
    if part.roof == "gable":
        stripes = stripes * np.where(abs(across) < 0.3, 1.15, 1.0)
    return stripes.astype(np.float32)


def _clutter(part: Part, along: Floats, across: Floats, rng: np.random.Generator) -> Floats:
    """Boxes, skylights and stains on larger flat roofs; patched sheets on others."""
    clutter = np.ones_like(along)
    area = part.length_m * part.width_m
    boxes = min(int(area / 90), 14) if part.roof == "flat" and part.width_m > 6 else 0
    for _box in range(boxes):
        u = float(rng.uniform(-0.42, 0.42)) * part.length_m
        v = float(rng.uniform(-0.4, 0.4)) * part.width_m
        size = float(rng.uniform(0.5, 1.8))
        near = (abs(along - u) < size) & (abs(across - v) < size * 0.8)
        clutter[near] = float(rng.choice([0.5, 1.35]))
    if area > 40 and rng.random() < 0.35:
        clutter[along > float(rng.uniform(-0.4, 0.4)) * part.length_m] *= float(
            rng.uniform(0.86, 1.12)
        )
    return clutter


def _damage(canvas: Canvas, building: Building, style: Style, rng: np.random.Generator) -> None:
    shares = {"rubble": 0.95, "partial": 0.45, "tarpaulin": 0.35}
    for part in building.parts_at("post"):
        window = canvas.window(part, 3.0)
        if window is None:
            continue
        along, across = _local(canvas, part, window)
        side = along / max(part.length_m, 1.0) * float(rng.choice([-1.0, 1.0]))
        torn = canvas.noise.patches[window] * 0.12 + side + 0.5 < shares[building.damage]
        if building.damage == "rubble":
            scatter = canvas.noise.grain[window] > 1.1
            near = (abs(along) < part.length_m / 2 + 2.5) & (abs(across) < part.width_m / 2 + 2.5)
            torn = (torn & _inside(part, along, across)) | (scatter & near)
        else:
            torn = torn & _inside(part, along, across)
        _cover(canvas, window, torn, building, style)


def _cover(
    canvas: Canvas,
    window: tuple[slice, slice],
    torn: NDArray[np.bool_],
    building: Building,
    style: Style,
) -> None:
    material = "tarpaulin" if building.damage == "tarpaulin" else "rubble"
    colour = signature(material, style.roles, style.season)
    grain = 1 + MATERIALS[material].grain * canvas.noise.grain[window]
    for band, value in zip(canvas.reflectance, colour, strict=True):
        target = band[window]
        target[torn] = (value * np.clip(grain, 0.25, 2.4))[torn]
    canvas.direct[window][torn] = np.clip(1 + 0.3 * canvas.noise.grain[window], 0.2, 1.2)[torn]

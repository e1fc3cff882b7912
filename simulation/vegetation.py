"""Paints trees: every pixel belongs to its nearest trunk, crowns are shaded as domes, shadows fall.

Knows nothing of where trees were planted.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from simulation.light import Sun
from simulation.plan import Trees
from simulation.roofs import Canvas
from simulation.spectra import signature
from simulation.surfaces import Style

Floats = NDArray[np.float32]


def cast_shadows(
    shadow: NDArray[np.uint8], trees: Trees, style: Style, scene: tuple[Sun, float]
) -> None:
    """Drop the shadows of the crowns into a mask (0..255); bare crowns drop a weak one."""
    sun, gsd_m = scene
    standing = trees.at(style.date)
    for (x, y), radius, is_conifer in zip(
        trees.xy[standing], trees.radius_m[standing], trees.is_conifer[standing], strict=True
    ):
        top = sun.shadow_offset(radius * (2.6 if is_conifer else 1.5))
        dark = 90 if style.season == "winter" and not is_conifer else 255
        start = (round(x / gsd_m), round(y / gsd_m))
        end = (round((x + top[0]) / gsd_m), round((y + top[1]) / gsd_m))
        width = max(round(2 * radius * (0.55 if is_conifer else 0.85) / gsd_m), 1)
        cv2.line(shadow, start, end, dark, width)


@dataclass(frozen=True)
class Crowns:
    """Canvas pixels under a crown: position, tree, and place within the crown (-1..1)."""

    rows: NDArray[np.intp]
    cols: NDArray[np.intp]
    tree: NDArray[np.intp]
    dx: Floats
    dy: Floats


def paint(canvas: Canvas, trees: Trees, style: Style, sun: Sun) -> None:
    """Paint the crowns that stand at the style's date."""
    standing = trees.at(style.date)
    if not standing.any():
        return
    crowns = crowns_of(canvas, trees, standing)
    light = _shade(crowns, trees.is_conifer[crowns.tree], sun)
    leaf = 1 + 0.14 * canvas.noise.grain[crowns.rows, crowns.cols]
    broad = signature("tree", style.roles, style.season)
    needle = signature("conifer", style.roles, style.season)
    spread = np.random.default_rng([len(trees.xy), 3]).normal(1, 0.14, len(trees.xy))
    tint = np.clip(spread, 0.6, 1.5).astype(np.float32)[crowns.tree]
    for band, green, dark in zip(canvas.reflectance, broad, needle, strict=True):
        colour = np.where(trees.is_conifer[crowns.tree], dark, green)
        band[crowns.rows, crowns.cols] = colour * tint * np.clip(leaf, 0.4, 1.6)
    canvas.direct[crowns.rows, crowns.cols] = light


def crowns_of(canvas: Canvas, trees: Trees, standing: NDArray[np.bool_]) -> Crowns:
    """The canvas pixels under the crowns of the trees that stand."""
    rows, cols = canvas.direct.shape
    index = np.flatnonzero(standing)
    col, row = (trees.xy[index] / canvas.gsd_m).T
    on = (col >= 0) & (row >= 0) & (col < cols) & (row < rows)
    index, col, row = index[on], col[on], row[on]
    trunk = np.full((rows, cols), 255, np.uint8)
    trunk[row.astype(int), col.astype(int)] = 0
    if not len(index):
        none = np.zeros(0, np.intp)
        return Crowns(none, none, none, np.zeros(0, np.float32), np.zeros(0, np.float32))
    distance, nearest = cv2.distanceTransformWithLabels(
        trunk, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
    )
    owner = np.zeros(int(nearest.max()) + 1, np.intp)
    owner[nearest[row.astype(int), col.astype(int)]] = index
    reach = float(trees.radius_m[index].max()) / canvas.gsd_m * 1.3 + 1
    at_row, at_col = np.nonzero(distance < reach)
    tree = owner[nearest[at_row, at_col]]
    radius = trees.radius_m[tree] / canvas.gsd_m
    ragged = radius * np.clip(1 + 0.16 * canvas.noise.grain[at_row, at_col], 0.6, 1.4)
    dx = (at_col + 0.5 - trees.xy[tree, 0] / canvas.gsd_m) / ragged
    dy = (at_row + 0.5 - trees.xy[tree, 1] / canvas.gsd_m) / ragged
    under = dx**2 + dy**2 < 1
    dx, dy = dx[under].astype(np.float32), dy[under].astype(np.float32)
    return Crowns(at_row[under], at_col[under], tree[under], dx, dy)


def _shade(crowns: Crowns, is_conifer: NDArray[np.bool_], sun: Sun) -> Floats:
    """Direct light on a dome (broadleaf) or a cone (conifer), darkened towards the rim."""
    x, y, z = sun.vector
    square = crowns.dx**2 + crowns.dy**2
    up = np.where(is_conifer, 0.6, np.sqrt(1.02 - 0.85 * square))
    light = np.maximum(0.8 * (crowns.dx * x + crowns.dy * y) + up * z, 0) / z
    return np.asarray(np.clip(light * (1.05 - 0.35 * square), 0.1, 1.8), np.float32)

"""How like a boxed example every place of an image looks, by whitened templates.

A template is what tells an example from the ordinary ground of its image: its channels less their
mean, divided by how channels vary together there, as taught by Hariharan, Malik and Ramanan (ECCV
2012, "Discriminative decorrelation for clustering and classification"). Places it points at are
then compared by the angle between the whitened looks, so that strong edges of something else do
not pass for likeness. Knows nothing of outlines.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular
from torch.nn import functional

from inference.counting.channels import CHANNELS, FINE, LOCAL_CELLS, Cells, described

CELLS_ACROSS = 6.0
"""Cells across an example of square shape."""
MOST_CELLS = 19
ROTATIONS = 12
SCALES = (0.8, 1.0, 1.25)
RIM_CELLS = 1
"""Ground around the example that belongs to the template: its edge, and its shadow's."""
SHRINKAGE = np.float32(2.0)
"""Variance added to every channel, in parts of its own: one example is not a population. Between
0.2 and 2 crowns of the NEON tiles and rendered vehicles and stacks were found better and better."""
ENOUGH_PATCHES = 4000
LEAST_SPREAD = 0.05
LEAST_LOOK = 1e-6
AT_ONCE = 1024

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Subject:
    """An example with its outline.

    Attributes:
        picture: (row, col, 3) float32, 0..255: the example and its surroundings.
        mask: (row, col) bool of the picture.
        centre: (x, y) of the middle of the thing in the picture, its corner being 0, 0.
        length_px: longest side of the thing's upright box.
    """

    picture: Floats
    mask: Bools
    centre: tuple[float, float]
    length_px: float

    @cached_property
    def axes(self) -> Floats:
        """(2, 2): across the thing's longest and shortest direction, half a thing being 1.

        By its second moments: the half axes of an ellipse are twice their roots.
        """
        rows, cols = np.nonzero(self.mask)
        spread = np.cov(np.stack([cols, rows])) if len(rows) > 2 else np.eye(2)
        variances, directions = np.linalg.eigh(spread + np.eye(2) / 12)
        return np.asarray(directions / (2 * np.sqrt(variances)), dtype=np.float32).T

    def reach(self, dx_px: float, dy_px: float) -> tuple[float, float]:
        """How far a place lies from the middle, along the thing and across; its rim is at 1."""
        across, along = self.axes @ np.array([dx_px, dy_px])
        return abs(float(along)), abs(float(across))


@dataclass(frozen=True)
class Pose:
    """A subject turned and scaled.

    Attributes:
        subject: its number.
        angle_rad: by which it was turned on the screen, from right towards down.
        scale: by which it was enlarged.
    """

    subject: int
    angle_rad: float
    scale: float


POSES = tuple(
    (2 * math.pi * turn / ROTATIONS, scale) for turn in range(ROTATIONS) for scale in SCALES
)


@dataclass(frozen=True)
class Ordinary:
    """How the ground of one image usually looks.

    Attributes:
        mean: (channel,) float32.
        spread: (channel,) float32 standard deviations.
        factor: (n, n) float32: lower Cholesky factor of the covariance of standardised patches of
            `side` x `side` cells, noise added.
        side: of the patches, in cells.
    """

    mean: Floats
    spread: Floats
    factor: Floats
    side: int

    def standardised(self, values: Floats) -> Floats:
        """Channels (channel, row, col) less the mean, in standard deviations."""
        return (values - self.mean[:, None, None]) / self.spread[:, None, None]

    def whitened(self, patches: Floats) -> Floats:
        """Standardised patches (n, channel * side * side) in directions that vary alike."""
        white = solve_triangular(self.factor, patches.T, lower=True, check_finite=False)
        return np.asarray(white.T, dtype=np.float32)


@dataclass(frozen=True)
class Template:
    """A pose of a subject, ready to be compared.

    Attributes:
        weights: (channel, side, side) float32; summed over standardised cells they give 1 on the
            subject and 0 on average ground.
        used: (side, side) cells that belong to it.
        white: (channel * side * side,) float32 unit vector: its whitened look.
        pose: whose it is.
    """

    weights: Floats
    used: Bools
    white: Floats
    pose: Pose


def cell_px(subjects: Sequence[Subject]) -> float:
    """Side of a cell, in pixels of the working grid, that suits the subjects."""
    areas = [np.count_nonzero(subject.mask) for subject in subjects]
    return max(float(np.sqrt(np.median(areas))), 1.0) / CELLS_ACROSS


def side_cells(subjects: Sequence[Subject], cell: float) -> int:
    """Side of the square of cells that holds every subject at every angle and scale; odd."""
    longest = max(subject.length_px for subject in subjects)
    needed = math.ceil(SCALES[-1] * longest / cell) + 2 * RIM_CELLS
    return 2 * (min(needed, MOST_CELLS) // 2) + 1


def ordinary(blocks: Sequence[Cells], side: int) -> Ordinary:
    """How the ground in some blocks of cells usually looks; plain noise where it is too little.

    Cost: one factorisation, a fraction of a second.
    """
    pixels = np.concatenate([block.values[:, block.valid] for block in blocks], axis=1)
    mean = pixels.mean(axis=1) if pixels.size else np.zeros(CHANNELS, np.float32)
    spread = pixels.std(axis=1) if pixels.size else np.ones(CHANNELS, np.float32)
    noise = np.eye(CHANNELS * side**2, dtype=np.float32)
    plain = Ordinary(mean, spread + np.float32(LEAST_SPREAD), noise, side)
    wanted = ENOUGH_PATCHES // max(len(blocks), 1) + 1
    patches = np.concatenate([_patches(block, plain, wanted) for block in blocks])
    if len(patches) < 2:
        return plain
    patches -= patches.mean(axis=0)
    covariance = patches.T @ patches / np.float32(len(patches))
    factor = cholesky(covariance + SHRINKAGE * noise, lower=True, check_finite=False)
    return replace(plain, factor=np.asarray(factor, dtype=np.float32))


def templates(subjects: Sequence[Subject], ground: Ordinary, cell: float) -> tuple[Template, ...]:
    """Every subject in every pose."""
    poses = [
        Pose(number, angle_rad, scale)
        for number in range(len(subjects))
        for angle_rad, scale in POSES
    ]
    posing = [_looks(subjects[pose.subject], pose, ground, cell) for pose in poses]
    looks = np.stack([look for look, _used in posing])
    used = np.stack([cells for _look, cells in posing])
    flat = looks.reshape(len(poses), -1)
    white = ground.whitened(flat)
    solved = solve_triangular(ground.factor, white.T, trans="T", lower=True, check_finite=False)
    weights = solved.T.reshape(looks.shape) * used[:, None]
    scale = np.maximum((weights * looks).sum(axis=(1, 2, 3), keepdims=True), LEAST_LOOK)
    weights = (weights / scale).astype(np.float32)
    unit = white / np.maximum(np.linalg.norm(white, axis=1, keepdims=True), LEAST_LOOK)
    return tuple(map(Template, weights, used, unit, poses))


def compare(block: Cells, ground: Ordinary, chosen: Sequence[Template]) -> Floats:
    """How each template responds to each place (template, row, col): 0 to ground, 1 to itself.

    Places closer to the edge of the block than half a template are left out.
    """
    weights = torch.from_numpy(np.stack([template.weights for template in chosen]))
    values = torch.from_numpy(ground.standardised(block.values))[None]
    with torch.inference_mode():
        return np.asarray(functional.conv2d(values, weights)[0].numpy())


def likeness(
    block: Cells, ground: Ordinary, chosen: Sequence[Template], corners: NDArray[np.int64]
) -> Floats:
    """How like places look to one template each: (n,), -1..1, 1 for the subject itself.

    The cosine of the angle between whitened looks.

    Args:
        block: where the places lie.
        ground: how the image usually looks.
        chosen: a template for each place.
        corners: (n, 2) first row and column of each place in the block.
    """
    values, side = ground.standardised(block.values), ground.side
    found = [np.zeros(0, np.float32)]
    for first in range(0, len(chosen), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        patches = [
            (values[:, row : row + side, col : col + side] * template.used).ravel()
            for template, (row, col) in zip(chosen[part], corners[part], strict=True)
        ]
        white = ground.whitened(np.stack(patches))
        lengths = np.maximum(np.linalg.norm(white, axis=1), LEAST_LOOK)
        wanted = np.stack([template.white for template in chosen[part]])
        found.append(np.asarray((white * wanted).sum(axis=1) / lengths, dtype=np.float32))
    return np.concatenate(found)


def posed(layer: Floats, subject: Subject, pose: Pose, *, step_px: float, side: int) -> Floats:
    """A layer (row, col[, colour]) of a subject's picture, turned and scaled about its middle.

    Args:
        layer: what to turn, on the pixels of the subject's picture.
        subject: whose middle it is turned about.
        pose: how.
        step_px: size of a pixel of the result, in pixels of the picture.
        side: rows and columns of the result, whose middle is that of the thing.
    """
    cos, sin = math.cos(pose.angle_rad) / pose.scale, math.sin(pose.angle_rad) / pose.scale
    turn = np.array([[cos, sin], [-sin, cos]]) * step_px
    middle = np.array([side / 2 - 0.5, side / 2 - 0.5])
    shift = np.array(subject.centre) - 0.5 - turn @ middle
    blur_px = 0.5 * max(step_px / pose.scale - 1, 0)
    smooth = cv2.GaussianBlur(layer, (0, 0), blur_px) if blur_px else layer
    return np.asarray(
        cv2.warpAffine(
            smooth,
            np.column_stack([turn, shift]),
            (side, side),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        dtype=np.float32,
    )


def _looks(subject: Subject, pose: Pose, ground: Ordinary, cell: float) -> tuple[Floats, Bools]:
    """A posed subject (channel, side, side), standardised, and the cells (side, side) it covers.

    Beside it the look is 0, as average ground is.
    """
    side, wide = ground.side, LOCAL_CELLS + 1
    step_px, tall = cell / FINE, FINE * (side + 2 * wide)
    picture = posed(subject.picture, subject, pose, step_px=step_px, side=tall)
    values = ground.standardised(described(picture)[:, wide:-wide, wide:-wide])
    mask = subject.mask.astype(np.float32)
    covered = posed(mask, subject, pose, step_px=cell, side=side) > 0.5
    covered[side // 2, side // 2] = True
    rim = np.ones((2 * RIM_CELLS + 1,) * 2, np.uint8)
    used = cv2.dilate(covered.astype(np.uint8), rim).astype(np.bool_)
    return np.asarray(values * used, dtype=np.float32), used


def _patches(block: Cells, ground: Ordinary, wanted: int) -> Floats:
    """Evenly spread observed patches (n, channel * side * side) of a block, standardised."""
    side = ground.side
    if min(block.valid.shape) < side:
        return np.zeros((0, CHANNELS * side**2), np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(
        ground.standardised(block.values), (side, side), axis=(1, 2)
    )
    seen = cv2.erode(block.valid.astype(np.uint8), np.ones((side, side), np.uint8))
    half = side // 2
    rows, cols = np.nonzero(seen[half : half + windows.shape[1], half : half + windows.shape[2]])
    every = max(len(rows) // wanted, 1)
    chosen = windows[:, rows[::every], cols[::every]]
    by_place = np.ascontiguousarray(chosen.transpose(1, 0, 2, 3))
    return by_place.reshape(len(by_place), CHANNELS * side**2)

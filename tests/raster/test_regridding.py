import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raster.chip import coarser, working_grid
from raster.grid import Grid
from raster.instances import Instance, cut
from raster.regridding import onto
from tests.scenes import UTM33, transform

GRID = Grid(UTM33, transform(0.5), 400, 420)


def whole(instance, grid):
    mask = np.zeros(grid.shape, bool)
    rows, cols = instance.window.toslices()
    mask[rows, cols] = instance.mask
    return mask


def disk(radius, middle, shape):
    rows, cols = np.ogrid[: shape[0], : shape[1]]
    return np.hypot(rows + 0.5 - middle[0], cols + 0.5 - middle[1]) <= radius


def test_on_its_own_grid_a_thing_stays_what_it_is():
    instance = cut(disk(20, (100, 120), GRID.shape), 0.7)
    assert onto(instance, GRID, GRID) is instance


@given(st.integers(2, 5), st.floats(8, 40), st.floats(60, 340), st.floats(60, 340), st.booleans())
def test_a_disk_keeps_its_place_and_its_area(by, radius, row, col, is_enlarged):
    fine, coarse = GRID, coarser(GRID, by)
    source, target = (coarse, fine) if is_enlarged else (fine, coarse)
    scale = by if is_enlarged else 1
    size = max(radius / scale, 4)
    instance = cut(disk(size, (row / scale, col / scale), source.shape), 0.5)
    moved = onto(instance, source, target)
    rows, cols = np.nonzero(whole(moved, target))
    ratio = source.transform.a / target.transform.a
    middle = np.argwhere(whole(instance, source)).mean(axis=0) + 0.5
    assert moved.score == 0.5
    assert np.mean(rows) + 0.5 == pytest.approx(middle[0] * ratio, abs=0.6 * max(ratio, 1))
    assert np.mean(cols) + 0.5 == pytest.approx(middle[1] * ratio, abs=0.6 * max(ratio, 1))
    outline = 2 * np.pi * np.sqrt(moved.pixels / np.pi)
    assert abs(moved.pixels - instance.pixels * ratio**2) < outline * 0.6 + 3


def test_an_aligned_square_is_enlarged_to_its_exact_corners_but_for_rounding():
    coarse = coarser(GRID, 4)
    mask = np.zeros(coarse.shape, bool)
    mask[20:30, 40:55] = True
    moved = whole(onto(cut(mask, 1.0), coarse, GRID), GRID)
    exact = cv2.resize(mask.astype(np.uint8), None, fx=4, fy=4, interpolation=cv2.INTER_NEAREST)
    different = moved != exact[: GRID.height, : GRID.width].astype(bool)
    assert different.sum() <= 4 * 6


def test_an_aligned_square_is_reduced_exactly():
    mask = np.zeros(GRID.shape, bool)
    mask[80:120, 160:220] = True
    moved = whole(onto(cut(mask, 1.0), GRID, coarser(GRID, 4)), coarser(GRID, 4))
    exact = np.zeros(coarser(GRID, 4).shape, bool)
    exact[20:30, 40:55] = True
    np.testing.assert_array_equal(moved, exact)


def test_what_covers_no_half_pixel_is_gone():
    instance = Instance(101, 101, np.ones((2, 2), bool), 0.9)
    assert onto(instance, GRID, coarser(GRID, 8)) is None


def test_a_thing_at_the_edge_is_clipped_to_the_target():
    fine = Grid(UTM33, transform(0.1), 1001, 1003)
    work = working_grid(fine, (0.5, 2.0))
    assert work.height * 5 > fine.height
    instance = Instance(work.height - 3, work.width - 4, np.ones((3, 4), bool), 0.9)
    moved = onto(instance, work, fine)
    assert moved.top + moved.mask.shape[0] == fine.height
    assert moved.left + moved.mask.shape[1] == fine.width


def test_a_thing_reaching_outside_its_own_grid_is_clipped_to_it():
    instance = Instance(-2, 415, np.ones((10, 10), bool), 0.9)
    moved = onto(instance, GRID, GRID)
    assert (moved.top, moved.left, moved.mask.shape) == (0, 415, (8, 5))

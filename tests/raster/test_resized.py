from dataclasses import replace

import numpy as np
import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.windows import Window

from raster import scene
from raster.align import align
from raster.align import open_pair as reader_of
from raster.resized import Resized, resize
from tests.scenes import ground, write_pair

SHAPE = (61, 83)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    image = ground(SHAPE)
    paths = write_pair(tmp_path_factory.mktemp("pair"), image, image, gsd_m=0.2)
    return align(*(scene.open(path) for path in paths))


def plane(grid, across, down):
    """Values that grow along columns and rows of the own grid, at the pixels of the other."""
    rows = (np.arange(grid.height) + 0.5) * down - 0.5
    cols = (np.arange(grid.width) + 0.5) * across - 0.5
    return (2 * rows[:, None] + 3 * cols).astype(np.float32)


def test_a_pair_of_the_wanted_size_stays_itself(pair):
    ground_ = resize(pair, pair.grid.gsd_m * 1.005)
    assert ground_.is_same
    assert ground_.pair is pair


def test_pixels_are_a_whole_number_of_times_larger_over_the_same_ground(pair):
    resized = resize(pair, pair.grid.gsd_m * 3)
    assert (resized.across, resized.down) == (3.0, 3.0)
    assert resized.pair.grid.shape == (21, 28)
    assert resized.pair.grid.transform.c == pair.grid.transform.c


def test_reading_averages_the_pixels_and_keeps_the_mean(pair):
    resized = resize(pair, pair.grid.gsd_m * 4)
    with reader_of(resized.pair) as reader, reader_of(pair) as own:
        coarse = reader.read(Window(0, 0, 20, 15)).pre
        fine = own.read(Window(0, 0, 80, 60)).pre
    means = fine.reshape(3, 15, 4, 20, 4).mean(axis=(2, 4))
    assert np.abs(coarse - means)[:, 1:-1, 1:-1].mean() < 0.25 * fine.std()
    assert coarse.mean() == pytest.approx(means.mean(), rel=0.01)


def test_a_corrected_shift_is_counted_in_the_other_pixels(pair):
    moved = replace(pair, shift=replace(pair.shift, dx_px=6.0, dy_px=-3.0, is_applied=True))
    resized = resize(moved, pair.grid.gsd_m * 3)
    assert (resized.pair.shift.dx_px, resized.pair.shift.dy_px) == (2.0, -1.0)


def test_pixels_that_are_no_squares_on_the_ground_become_squares(pair):
    crs = CRS.from_epsg(4326)
    lean = Affine(2e-6, 0, 10.0, 0, -2e-6, 60.0)
    grid = replace(pair.grid, crs=crs, transform=lean)
    resized = resize(replace(pair, grid=grid), 0.5)
    assert resized.across == pytest.approx(2 * resized.down, rel=0.02)
    assert resized.pair.grid.gsd_m == pytest.approx(0.5, rel=0.01)


@given(by=st.sampled_from([0.5, 2.0, 2.5, 3.0]), cut=st.integers(1, 60))
def test_a_plane_comes_back_the_same_however_it_is_cut(pair, by, cut):
    resized = resize(pair, pair.grid.gsd_m * by)
    values = plane(resized.pair.grid, resized.across, resized.down)
    whole = resized.carry(values, pair.grid.window)
    expected = plane(pair.grid, 1, 1)
    margin = int(np.ceil(by))
    inner = (slice(margin, -margin - 2), slice(margin, -margin - 2))
    np.testing.assert_allclose(whole[inner], expected[inner], atol=1e-3)
    right = Window(cut, 3, SHAPE[1] - cut, SHAPE[0] - 3)
    part = resized.carry(values[resized.window(right).toslices()], right)
    np.testing.assert_array_equal(part, whole[right.toslices()])


def test_what_is_not_known_has_no_weight(pair):
    resized = resize(pair, pair.grid.gsd_m * 2)
    values = np.full(resized.pair.grid.shape, 0.75, np.float32)
    values[10:, :] = np.nan
    carried = resized.carry(values, pair.grid.window)
    known = np.isfinite(carried)
    assert set(np.unique(carried[known])) == {np.float32(0.75)}
    assert known[:20].all()
    assert not known[21:].any()


def test_codes_are_those_of_the_pixel_that_holds_the_centre(pair):
    resized: Resized = resize(pair, pair.grid.gsd_m * 3)
    codes = np.arange(np.prod(resized.pair.grid.shape)).reshape(resized.pair.grid.shape)
    codes = (codes % 251).astype(np.uint8)
    found = resized.nearest(codes, pair.grid.window)
    np.testing.assert_array_equal(found, np.kron(codes, np.ones((3, 3), np.uint8))[:61, :83])

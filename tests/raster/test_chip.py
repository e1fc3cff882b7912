import numpy as np
import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.windows import Window

from raster import scene
from raster.chip import ChipReader, coarser, pixel_sides_m, stretch_of, working_grid
from raster.grid import Grid
from tests.scenes import UTM33, ground, transform, write

RANGE_M = (0.2, 1.0)


def utm_grid(gsd_m, shape=(300, 320)):
    return Grid(UTM33, transform(gsd_m), *shape)


def test_a_grid_within_the_range_is_worked_on_as_it_is():
    for gsd_m in (0.2, 0.5, 1.0):
        grid = utm_grid(gsd_m)
        assert working_grid(grid, RANGE_M) is grid


@pytest.mark.parametrize(
    ("gsd_m", "by"), [(0.1, 2), (0.05, 4), (0.15, 2), (0.07, 3), (1.6, 0.5), (3.0, 1 / 3)]
)
def test_other_grids_get_pixels_a_whole_number_of_times_larger_or_smaller(gsd_m, by):
    grid = utm_grid(gsd_m)
    work = working_grid(grid, RANGE_M)
    assert work.transform.a == pytest.approx(grid.transform.a * by)
    assert work.transform.e == pytest.approx(grid.transform.e * by)
    assert RANGE_M[0] * 0.98 <= work.gsd_m <= RANGE_M[1] * 1.02
    assert work.transform @ (0, 0) == pytest.approx(grid.transform @ (0, 0))


@given(
    st.floats(0.01, 100), st.integers(1, 5000), st.integers(1, 5000), st.floats(0.1, 2),
    st.floats(1, 20),
)  # fmt: skip
def test_a_working_grid_covers_the_scene_and_no_pixel_more(gsd_m, rows, cols, low_m, times):
    grid = utm_grid(gsd_m, (rows, cols))
    work = working_grid(grid, (low_m, low_m * times))
    by = work.transform.a / grid.transform.a
    assert work.width * by >= grid.width - 1e-6
    assert (work.width - 1) * by < grid.width
    assert work.height * by >= grid.height - 1e-6
    assert (work.height - 1) * by < grid.height


def test_a_scene_far_coarser_than_the_range_is_enlarged_four_times_and_no_more():
    assert working_grid(utm_grid(10.0), RANGE_M).transform.a == pytest.approx(2.5)


def test_geographic_pixels_become_square_on_the_ground():
    degrees = 0.5 / 111_320
    grid = Grid(CRS.from_epsg(4326), Affine(degrees, 0, 10, 0, -degrees, 60), 400, 600)
    across_m, down_m = pixel_sides_m(grid)
    assert across_m == pytest.approx(down_m / 2, rel=0.01)
    work = working_grid(grid, RANGE_M)
    across_m, down_m = pixel_sides_m(work)
    assert across_m == pytest.approx(down_m, rel=0.02)
    assert work.gsd_m == pytest.approx(grid.gsd_m, rel=0.02)
    ends = work.transform @ (work.width, work.height), grid.transform @ (grid.width, grid.height)
    assert ends[0] == pytest.approx(ends[1], abs=degrees * 2)


def test_coarser_pixels_cover_the_same_ground():
    grid = utm_grid(0.5, (301, 322))
    wide = coarser(grid, 4)
    assert (wide.height, wide.width) == (76, 81)
    assert wide.gsd_m == pytest.approx(4 * grid.gsd_m, rel=1e-4)
    assert coarser(grid, 1) is grid


def test_a_chip_is_the_stretched_picture_of_its_window(tmp_path):
    image = ground((200, 220))
    opened = scene.open(write(tmp_path / "a.tif", image))
    stretch = stretch_of(opened)
    low, high = np.percentile(np.clip(np.rint(image), 0, 255).reshape(3, -1), [2, 98], axis=1)
    assert stretch.low == pytest.approx(low, abs=1)
    assert stretch.high == pytest.approx(high, abs=1)
    with ChipReader(opened, opened.grid, stretch) as reader:
        chip = reader.read(Window(30, 40, 64, 50))
    assert chip.image.shape == (3, 50, 64)
    assert chip.image.dtype == np.uint8
    assert chip.valid.all()
    assert chip.grid == opened.grid.crop(Window(30, 40, 64, 50))
    cut = np.rint(image[:, 40:90, 30:94])
    expected = (cut - low[:, None, None]) / (high - low)[:, None, None]
    np.testing.assert_allclose(chip.image, np.clip(expected, 0, 1) * 255, atol=3)


def test_beyond_the_scene_nothing_is_observed_and_the_picture_is_grey(tmp_path):
    opened = scene.open(write(tmp_path / "a.tif", ground((100, 110))))
    with ChipReader(opened, opened.grid, stretch_of(opened)) as reader:
        chip = reader.read(Window(-20, 80, 50, 40))
    seen = np.zeros((40, 50), bool)
    seen[:20, 20:] = True
    np.testing.assert_array_equal(chip.valid, seen)
    assert (chip.image[:, ~seen] == 128).all()


def test_windows_read_one_by_one_equal_the_whole(tmp_path):
    opened = scene.open(write(tmp_path / "a.tif", ground((240, 256)), gsd_m=0.1))
    grid = working_grid(opened.grid, RANGE_M)
    stretch = stretch_of(opened)
    with ChipReader(opened, grid, stretch) as reader:
        whole = reader.read(grid.window)
        part = reader.read(Window(32, 16, 64, 64))
    difference = np.abs(part.image.astype(int) - whole.image[:, 16:80, 32:96])
    assert difference.max() <= 1
    assert whole.image.shape == (3, 120, 128)


def test_one_grey_scene_makes_the_pair_grey(tmp_path):
    colour = scene.open(write(tmp_path / "c.tif", ground((90, 100))))
    grey = scene.open(write(tmp_path / "g.tif", ground((90, 100), bands=1)))
    stretch = stretch_of(colour, grey)
    assert len(stretch.low) == 1
    with ChipReader(colour, colour.grid, stretch) as reader:
        chip = reader.read(colour.grid.window)
    assert (chip.image[0] == chip.image[1]).all()
    values = np.rint(ground((90, 100))).mean(axis=0)
    expected = np.clip((values - stretch.low[0]) / (stretch.high[0] - stretch.low[0]), 0, 1) * 255
    np.testing.assert_allclose(chip.image[0], expected, atol=2)


def test_a_pair_shares_one_stretch_so_that_equal_ground_looks_equal(tmp_path):
    image = ground((90, 100))
    bright = image.copy()
    bright[:, :40] += 60
    pre = scene.open(write(tmp_path / "a.tif", image))
    post = scene.open(write(tmp_path / "b.tif", bright))
    both = stretch_of(pre, post)
    chips = []
    for one in (pre, post):
        with ChipReader(one, one.grid, both) as reader:
            chips.append(reader.read(Window(0, 45, 100, 45)).image)
    np.testing.assert_array_equal(*chips)
    assert max(both.high) > max(stretch_of(pre).high)


def test_a_shift_moves_the_content(tmp_path):
    opened = scene.open(write(tmp_path / "a.tif", ground((90, 100))))
    stretch = stretch_of(opened)
    with ChipReader(opened, opened.grid, stretch, shift_px=(3, 2)) as reader:
        moved = reader.read(Window(10, 10, 40, 40))
    with ChipReader(opened, opened.grid, stretch) as reader:
        plain = reader.read(Window(13, 12, 40, 40))
    np.testing.assert_array_equal(moved.image, plain.image)


def test_radar_is_shown_in_decibels_and_grey(tmp_path):
    rng = np.random.default_rng(1)
    image = rng.gamma(2.0, 0.05, (2, 120, 120)).astype(np.float32)
    path = write(tmp_path / "s1_vv.tif", image, dtype="float32", descriptions=None)
    import rasterio

    with rasterio.open(path, "r+") as out:
        out.descriptions = ("VV", "VH")
    opened = scene.open(path)
    stretch = stretch_of(opened)
    assert stretch.is_db
    assert len(stretch.low) == 1
    with ChipReader(opened, opened.grid, stretch) as reader:
        assert len(np.unique(reader.read(opened.grid.window).image)) > 50


def test_the_look_at_a_large_scene_without_overviews_is_bounded(tmp_path, monkeypatch):
    from raster import chip

    monkeypatch.setattr(chip, "SAMPLE_PX", 100)
    monkeypatch.setattr(chip, "BLOCK_PX", 32)
    image = ground((400, 420))
    opened = scene.open(write(tmp_path / "a.tif", image))
    read = []
    original = chip.SceneReader.read
    monkeypatch.setattr(
        chip.SceneReader,
        "read",
        lambda self, window: read.append(window.width * window.height) or original(self, window),
    )
    stretch = stretch_of(opened)
    assert sum(read) <= 16 * 32 * 32
    assert stretch.high == pytest.approx(np.percentile(image.reshape(3, -1), 98, axis=1), abs=8)


def test_a_sparse_scene_is_looked_at_whole_where_blocks_meet_nothing(tmp_path, monkeypatch):
    from raster import chip

    monkeypatch.setattr(chip, "SAMPLE_PX", 100)
    monkeypatch.setattr(chip, "BLOCK_PX", 32)
    image = np.zeros((3, 400, 420), np.float32)
    image[:, :25, :420] = ground((25, 420))
    opened = scene.open(write(tmp_path / "a.tif", image, nodata=0))
    assert min(stretch_of(opened).low) > 50

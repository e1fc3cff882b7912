import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raster.tiling import count, grow, spread, tiles

shapes = st.tuples(st.integers(1, 90), st.integers(1, 90))


def slices(window):
    top, left = int(window.row_off), int(window.col_off)
    return slice(top, top + int(window.height)), slice(left, left + int(window.width))


@given(shapes, st.integers(1, 40), st.integers(0, 20))
def test_cores_cover_every_pixel_once(shape, core_px, halo_px):
    seen = np.zeros(shape, int)
    for tile in tiles(shape, core_px=core_px, halo_px=halo_px):
        seen[slices(tile.core)] += 1
    assert (seen == 1).all()


@given(shapes, st.integers(1, 40), st.integers(0, 20))
def test_cut_then_stitch_is_identity(shape, core_px, halo_px):
    image = np.random.default_rng(1).random(shape)
    stitched = np.full(shape, np.nan)
    for tile in tiles(shape, core_px=core_px, halo_px=halo_px):
        stitched[slices(tile.core)] = tile.trim(image[slices(tile.outer)])
    assert np.array_equal(stitched, image)


@given(shapes, st.integers(1, 40), st.integers(0, 20))
def test_halo_is_full_except_at_the_border_of_the_grid(shape, core_px, halo_px):
    for tile in tiles(shape, core_px=core_px, halo_px=halo_px):
        top = tile.core.row_off - tile.outer.row_off
        assert top == halo_px or tile.outer.row_off == 0
        right = tile.outer.col_off + tile.outer.width
        assert right - tile.core.col_off - tile.core.width == halo_px or right == shape[1]


@given(shapes, st.integers(1, 40))
def test_count_agrees_with_tiles(shape, core_px):
    assert count(shape, core_px=core_px) == len(list(tiles(shape, core_px=core_px, halo_px=0)))


@given(st.tuples(st.integers(1, 3000), st.integers(1, 3000)), st.integers(1, 30))
def test_spread_windows_do_not_overlap_and_stay_inside(shape, max_blocks):
    windows = spread(shape, block_px=64, max_blocks=max_blocks)
    assert 1 <= len(windows) <= max_blocks
    seen = np.zeros(shape, np.uint8)
    for window in windows:
        rows, cols = slices(window)
        assert rows.stop <= shape[0]
        assert cols.stop <= shape[1]
        seen[rows, cols] += 1
    assert seen.max() == 1


def test_small_scene_is_sampled_whole():
    (window,) = spread((100, 60), block_px=64, max_blocks=2)
    assert (window.height, window.width) == (100, 60)


def test_grow_stops_at_the_grid():
    tile = next(tiles((50, 50), core_px=20, halo_px=0))
    grown = grow(tile.core, 8, (50, 50))
    assert (grown.row_off, grown.col_off, grown.height, grown.width) == (0, 0, 28, 28)


@pytest.mark.parametrize(("core_px", "halo_px"), [(0, 0), (1, -1)])
def test_impossible_tiles_are_refused(core_px, halo_px):
    with pytest.raises(ValueError, match="core_px"):
        next(tiles((5, 5), core_px=core_px, halo_px=halo_px))

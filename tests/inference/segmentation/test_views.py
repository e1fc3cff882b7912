import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.segmentation.views import extent, moved, shifted, window_around
from inference.segmenters.base import Prompt
from raster.chip import coarser
from raster.grid import Grid
from tests.scenes import UTM33, transform

GRID = Grid(UTM33, transform(0.5), 3000, 4000)
PROMPT = Prompt(
    inside=((10.0, 20.0), (14.0, 28.0)), outside=((500.0, 600.0),), box=(8.0, 16.0, 40.0, 60.0),
    polygon=((4.0, 4.0), (12.0, 4.0), (12.0, 70.0)), text="shed",
)  # fmt: skip


def test_a_prompt_keeps_its_place_on_a_coarser_grid():
    coarse = moved(PROMPT, GRID, coarser(GRID, 4))
    assert coarse.inside == (pytest.approx((2.5, 5.0)), pytest.approx((3.5, 7.0)))
    assert coarse.outside == (pytest.approx((125.0, 150.0)),)
    assert coarse.box == pytest.approx((2.0, 4.0, 10.0, 15.0))
    assert coarse.polygon[2] == pytest.approx((3.0, 17.5))
    assert coarse.text == "shed"


def test_going_to_a_window_and_back_changes_nothing():
    window = window_around(extent(PROMPT), 256, GRID)
    assert shifted(shifted(PROMPT, window), window, sign=1) == PROMPT


def test_the_extent_is_that_of_the_thing_not_of_points_beside_it():
    assert extent(PROMPT) == (4.0, 4.0, 40.0, 70.0)
    assert extent(Prompt(inside=((3.0, 4.0),), outside=((900.0, 1.0),))) == (3.0, 4.0, 3.0, 4.0)


@given(
    st.floats(0, 3999.9), st.floats(0, 2999.9), st.sampled_from([64, 256, 1024]),
)  # fmt: skip
def test_a_window_holds_its_point_with_room_around_it_and_stays_inside(x, y, side):
    window = window_around((x, y, x, y), side, GRID)
    assert (window.width, window.height) == (side, side)
    assert 0 <= window.col_off <= GRID.width - side
    assert 0 <= window.row_off <= GRID.height - side
    room = side * 3 / 8 - 1
    for at, start, size in ((x, window.col_off, GRID.width), (y, window.row_off, GRID.height)):
        assert at - start >= min(room, at)
        assert start + side - at >= min(room, size - at)


def test_neighbouring_prompts_share_a_window():
    windows = {
        tuple(window_around((x, 1500, x, 1500), 1024, GRID).flatten()) for x in range(1900, 2100, 5)
    }
    assert len(windows) <= 2


def test_a_scene_smaller_than_a_window_is_taken_whole():
    small = Grid(UTM33, transform(0.5), 90, 2000)
    window = window_around((1000, 40, 1000, 40), 256, small)
    assert (window.row_off, window.height, window.width) == (0, 90, 256)

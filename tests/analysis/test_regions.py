import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.windows import Window

from analysis.regions import REGIONS, Compass
from raster.grid import Grid

NORTH_UP = Grid(CRS.from_epsg(32633), Affine(10, 0, 500_000, 0, -10, 5_000_000), 90, 90)


def place(compass, row, col):
    return REGIONS[compass.places(np.array([row]), np.array([col]))[0]]


def test_the_nine_parts_of_a_north_up_grid_read_like_a_map():
    compass = Compass(NORTH_UP)
    centres = [(row, col) for row in (15, 45, 75) for col in (15, 45, 75)]
    assert tuple(place(compass, *centre) for centre in centres) == REGIONS


def test_a_grid_turned_upside_down_still_has_north_in_the_north():
    turned = Grid(NORTH_UP.crs, Affine(-10, 0, 500_900, 0, 10, 4_999_100), 90, 90)
    assert place(Compass(turned), 10, 10) == "south-east"


def test_a_quarter_turn_moves_the_first_row_to_the_side():
    turned = Grid(NORTH_UP.crs, Affine(0, 10, 500_000, 10, 0, 4_999_100), 90, 90)
    assert place(Compass(turned), 5, 45) == "west"


def test_a_grid_in_degrees_over_the_date_line_does_not_jump():
    grid = Grid(CRS.from_epsg(32660), Affine(3000, 0, 640_000, 0, -3000, 300_000), 90, 90)
    assert place(Compass(grid), 45, 5) == "west"
    assert place(Compass(grid), 45, 85) == "east"


@settings(max_examples=30)
@given(
    top=st.integers(0, 200), left=st.integers(0, 200), height=st.integers(1, 100),
    width=st.integers(1, 100), angle=st.floats(-180, 180),
)  # fmt: skip
def test_looking_into_rectangles_only_where_needed_changes_nothing(top, left, height, width, angle):
    turn = Affine.translation(600_000, 7_500_000) @ Affine.rotation(angle) @ Affine.scale(10, -10)
    compass = Compass(Grid(NORTH_UP.crs, turn, 300, 300))
    window = Window(left, top, width, height)
    rows, cols = np.mgrid[top : top + height, left : left + width]
    each = compass.places(rows.ravel(), cols.ravel()).reshape(height, width)
    # A border may cut a corner of a rectangle between its tested points by less than a pixel.
    assert (compass.codes(window) != each).mean() <= 0.02


def test_codes_of_a_whole_grid_are_exact_where_borders_follow_rows_and_columns():
    grid = Grid(CRS.from_epsg(4326), Affine(1e-4, 0, 10, 0, -1e-4, 50), 90, 120)
    codes = Compass(grid).codes(grid.window)
    assert np.bincount(codes.ravel()).tolist() == pytest.approx([1200] * 9)

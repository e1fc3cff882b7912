import pytest
from hypothesis import given
from hypothesis import strategies as st
from morecantile import tms
from rasterio.warp import transform_bounds

from errors import InputError
from services.mercator import covering, gsd_m

GRID = tms.get("WebMercatorQuad")  # An independent implementation of the same tiles.
LONS = st.floats(-179.9, 179.9)
LATS = st.floats(-84.9, 84.9)


@given(lon=LONS, lat=LATS, zoom=st.integers(0, 20))
def test_a_small_area_lies_in_the_tile_another_library_names(lon, lat, zoom):
    area = covering((lon, lat, lon + 1e-9, lat + 1e-9), zoom)
    expected = GRID.tile(lon, lat, zoom)
    assert abs(area.left - expected.x) <= 1
    assert abs(area.top - expected.y) <= 1
    assert area.tiles <= 4


@given(lon=LONS, lat=LATS, width=st.floats(1e-4, 0.05), zoom=st.integers(8, 16))
def test_the_tiles_cover_the_area_and_none_lies_wholly_outside(lon, lat, width, zoom):
    bounds = (lon, lat, min(lon + width, 180.0), min(lat + width, 85.0))
    area = covering(bounds, zoom)
    transform = area.transform(256)
    west, north = transform @ (0, 0)
    east, south = transform @ (area.columns * 256, area.rows * 256)
    inside = transform_bounds("EPSG:4326", "EPSG:3857", *bounds)
    slack = 1e-3
    assert west <= inside[0] + slack
    assert south <= inside[1] + slack
    assert east >= inside[2] - slack
    assert north >= inside[3] - slack
    tile_m = (east - west) / area.columns
    assert west + tile_m > inside[0] - slack
    assert east - tile_m < inside[2] + slack
    assert north - tile_m < inside[3] + slack
    assert south + tile_m > inside[1] - slack


def test_bounds_of_one_tile_take_exactly_that_tile():
    tile = GRID.tile(13.4, 52.5, 12)
    area = covering(tuple(GRID.bounds(tile)), 12)
    assert (area.left, area.top, area.columns, area.rows) == (tile.x, tile.y, 1, 1)


def test_the_whole_globe_is_one_tile_at_level_zero_and_four_at_level_one():
    assert covering((-180.0, -90.0, 180.0, 90.0), 0).tiles == 1
    assert covering((-180.0, -90.0, 180.0, 90.0), 1).tiles == 4


@pytest.mark.parametrize(
    "bounds",
    [
        (10.0, 50.0, 10.0, 51.0), (10.0, 51.0, 11.0, 50.0), (170.0, 0.0, -170.0, 1.0),
        (float("nan"), 0.0, 1.0, 1.0), (0.0, 0.0, float("inf"), 1.0), (0.0, -91.0, 1.0, 1.0),
        (0.0, 0.0, 181.0, 1.0),
    ],
)  # fmt: skip
def test_bounds_that_are_no_rectangle_on_the_globe_are_refused(bounds):
    with pytest.raises(InputError, match="not a rectangle"):
        covering(bounds, 10)


def test_a_pixel_is_as_wide_on_the_ground_as_the_projection_says():
    # 156,543.03 m at level 0 on the equator (OGC Two Dimensional Tile Matrix Set, annex E).
    assert gsd_m(0.0, 0) == pytest.approx(156_543.0339, abs=1e-3)
    assert gsd_m(60.0, 10) == pytest.approx(156_543.0339 / 1024 / 2, rel=1e-9)

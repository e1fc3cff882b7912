import pytest
from hypothesis import given
from hypothesis import strategies as st
from rio_tiler.constants import WEB_MERCATOR_TMS

from errors import InputError
from raster.web_tile import DEEPEST, WebTile, place_of


@given(st.data(), st.integers(0, DEEPEST))
def test_a_tile_lies_where_the_ogc_tile_matrix_set_puts_it(data, z):
    x, y = (data.draw(st.integers(0, 2**z - 1)) for _ in range(2))
    tile = WebTile(z, x, y)
    assert tile.grid.bounds == pytest.approx(tuple(WEB_MERCATOR_TMS.xy_bounds(x, y, z)), abs=1e-5)
    assert tile.bounds_wgs84 == pytest.approx(tuple(WEB_MERCATOR_TMS.bounds(x, y, z)), abs=1e-7)
    assert tile.grid.shape == (256, 256)


@given(st.floats(-180, 180, exclude_max=True), st.floats(-85, 85), st.integers(0, DEEPEST))
def test_a_place_lies_in_the_tile_it_is_given(lon, lat, z):
    tile = WebTile(*place_of(lon, lat, z))
    # To a rounding error at edges: a tenth of a millimetre.
    assert tile.meets((lon - 1e-9, lat - 1e-9, lon + 1e-9, lat + 1e-9))


def test_the_poles_give_the_outermost_rows():
    assert place_of(10.0, 90.0, 5)[2] == 0
    assert place_of(10.0, -90.0, 5)[2] == 31


@pytest.mark.parametrize(
    "zxy", [(-1, 0, 0), (DEEPEST + 1, 0, 0), (3, 8, 0), (3, 0, 8), (0, 0, -1), (3, 10**30, 0)]
)
def test_a_tile_no_map_asks_for_is_refused(zxy):
    with pytest.raises(InputError, match="no map tile"):
        WebTile(*zxy)


@pytest.mark.parametrize(
    ("zxy", "bounds", "meets"),
    [
        ((1, 0, 0), (-10, 10, -5, 20), True),
        ((1, 1, 0), (-10, 10, -5, 20), False),
        ((1, 0, 1), (-10, 10, -5, 20), False),
        # 170..190 degrees lies on both edges of the map.
        ((3, 7, 3), (170, 1, 190, 2), True),
        ((3, 0, 3), (170, 1, 190, 2), True),
        ((3, 1, 3), (170, 1, 190, 2), False),
    ],
)
def test_a_tile_meets_bounds_across_the_date_line_too(zxy, bounds, meets):
    assert WebTile(*zxy).meets(bounds) is meets

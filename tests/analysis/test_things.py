import numpy as np
import pytest
import rasterio.features
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from rasterio.crs import CRS

from analysis import polygons
from analysis.things import drawn, measure
from raster.area import PixelAreas
from raster.grid import Grid
from raster.instances import Instance, cut
from tests.ledgers import GRID, UTM33, rectangle

DEGREES = Grid(CRS.from_epsg(4326), Affine(1e-5, 0, 15, 0, -1e-5, 60), 400, 400)


def block(top, left, rows, cols, score=0.5):
    return Instance(top, left, np.ones((rows, cols), bool), score)


def test_a_thing_has_the_outline_area_and_score_of_its_pixels():
    (thing,) = measure([block(20, 40, 8, 12, 0.75)], GRID)
    assert thing.polygon.equals(rectangle(20, 10, 6, 4))
    assert (thing.id, thing.score) == (1, 0.75)
    assert thing.area_m2 == pytest.approx(24, rel=2e-3)
    assert thing.perimeter_m == pytest.approx(20, rel=1e-3)
    assert thing.length_m == pytest.approx(6, rel=1e-3)
    assert thing.polygon.covers(shapely.Point(*_back(thing)))


def _back(thing):
    from pyproj import Transformer

    move = Transformer.from_crs("EPSG:4326", UTM33.to_wkt(), always_xy=True)
    return move.transform(thing.lon, thing.lat)


def test_ids_count_in_the_order_given_from_where_they_are_told_to():
    things = measure([block(0, 0, 2, 2), block(9, 9, 3, 3)], GRID, first_id=7)
    assert [thing.id for thing in things] == [7, 8]
    assert things[1].area_m2 > things[0].area_m2
    assert measure([], GRID) == ()


def test_areas_are_sums_of_pixels_so_that_things_side_by_side_add_up():
    whole = block(3, 5, 11, 13)
    halves = [block(3, 5, 11, 6), block(3, 11, 11, 7)]
    parts = measure(halves, DEGREES)
    (thing,) = measure([whole], DEGREES)
    assert sum(part.area_m2 for part in parts) == pytest.approx(thing.area_m2, rel=1e-12)
    pixels = PixelAreas(DEGREES).window(whole.window)
    assert thing.area_m2 == pytest.approx(pixels.sum(), rel=1e-12)


@settings(max_examples=40)
@given(mask=arrays(np.bool_, (9, 11)))
def test_exact_outlines_of_instances_burn_back_to_their_pixels(mask):
    instance = cut(mask, 1.0, top=30, left=50)
    if instance is None:
        return
    (shape,) = polygons.of_instances([instance], GRID, tolerance_m=0)
    assert shape.is_valid
    burnt = rasterio.features.rasterize([shape], out_shape=GRID.shape, transform=GRID.transform)
    expected = np.zeros(GRID.shape, bool)
    expected[30:39, 50:61] = mask
    np.testing.assert_array_equal(burnt > 0, expected)


def test_outlines_are_simplified_as_those_of_changes_are():
    rows, cols = np.mgrid[:60, :60]
    disk = cut((rows - 30) ** 2 + (cols - 30) ** 2 < 25**2, 1.0)
    (exact,) = polygons.of_instances([disk], GRID, tolerance_m=0)
    (simple,) = polygons.of_instances([disk], GRID)
    assert shapely.get_num_coordinates(simple) < 0.6 * shapely.get_num_coordinates(exact)
    assert simple.area == pytest.approx(exact.area, rel=polygons.MAX_AREA_CHANGE)


def test_an_instance_of_two_parts_with_a_hole_keeps_both_and_the_hole():
    mask = np.ones((9, 20), bool)
    mask[:, 9:11] = False
    mask[3:5, 3:5] = False
    (thing,) = measure([Instance(0, 0, mask, 1.0)], GRID)
    assert thing.polygon.geom_type == "MultiPolygon"
    assert sum(len(part.interiors) for part in thing.polygon.geoms) == 1
    assert thing.polygon.area == pytest.approx((9 * 18 - 4) / 4)


@given(turn=st.floats(0, 180))
@settings(max_examples=20)
def test_the_length_is_the_long_side_however_the_thing_lies_and_far_north_too(turn):
    flat = shapely.affinity.rotate(shapely.box(0, 0, 30, 6), turn, origin=(0, 0))
    east_m, north_m = 111_320 * np.cos(np.radians(60)), 111_412
    shape = shapely.transform(flat, lambda xy: xy / (east_m, north_m) + (15, 60))
    (thing,) = drawn([shape], DEGREES.crs, first_id=3)
    assert thing.length_m == pytest.approx(30, rel=0.005)
    assert thing.area_m2 == pytest.approx(180, rel=0.005)
    assert (thing.id, thing.score) == (3, 1.0)

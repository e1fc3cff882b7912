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
from raster import components as regions
from raster.area import PixelAreas
from raster.grid import Grid

SMALL = settings(max_examples=25)


def found(mask):
    return regions.label(mask.codes, mask.scores, PixelAreas(mask.grid))


def outlines(mask, tolerance_m=0.0):
    return polygons.outlines(mask, found(mask), tolerance_m=tolerance_m)


def test_a_square_of_known_size_is_outlined_exactly(make_mask):
    codes = np.zeros((20, 20), np.uint8)
    codes[5:7, 8:10] = 1
    (shape,) = outlines(make_mask(codes))
    assert shape.equals(shapely.box(500_080, 4_999_930, 500_100, 4_999_950))
    assert shape.exterior.is_ccw


def test_pixels_that_touch_at_a_corner_are_one_valid_object_without_lost_area(make_mask):
    (shape,) = outlines(make_mask(np.eye(6, dtype=np.uint8)))
    assert shape.is_valid
    assert shape.area == pytest.approx(600)
    assert len(shape.geoms) == 6


def test_holes_are_kept_even_where_they_touch_the_outside_at_a_corner(make_mask):
    codes = np.ones((6, 6), np.uint8)
    codes[2, 2] = codes[3, 3] = 0
    codes[0, 0] = codes[1, 1] = 0
    (shape,) = outlines(make_mask(codes))
    assert shape.is_valid
    assert shape.area == pytest.approx(3200)


def test_holes_of_several_shapes_are_kept(make_mask):
    codes = np.ones((12, 12), np.uint8)
    codes[2:4, 2] = codes[6:9, 6:9] = codes[10, 1] = 0
    codes[8, 8] = 1
    (shape,) = outlines(make_mask(codes))
    assert len(shape.interiors) == 3
    assert shape.area == pytest.approx(100 * (144 - 2 - 8 - 1))


def test_an_object_across_a_strip_border_is_one_polygon_without_a_seam(make_mask):
    codes = np.zeros((regions.STRIP_ROWS * 2 + 40, 12), np.uint8)
    codes[10:-10, 3:6] = 1
    (shape,) = outlines(make_mask(codes))
    assert shape.geom_type == "Polygon"
    assert len(shape.interiors) == 0
    assert len(shape.exterior.coords) == 5


def test_an_object_that_meets_itself_only_diagonally_across_a_strip_border_is_one(make_mask):
    seam = regions.STRIP_ROWS
    codes = np.zeros((seam + 10, 10), np.uint8)
    codes[seam - 3 : seam, 0:3] = 1
    codes[seam : seam + 3, 3:6] = 1
    (shape,) = outlines(make_mask(codes))
    assert shape.is_valid
    assert shape.area == pytest.approx(1800)


def test_two_classes_side_by_side_stay_two_objects(make_mask):
    codes = np.repeat([[1, 1, 2, 2]], 4, axis=0)
    assert sorted(shape.area for shape in outlines(make_mask(codes))) == [800, 800]


@SMALL
@given(codes=arrays(np.uint8, (14, 15), elements=st.sampled_from([0, 1, 1, 2, 255])))
def test_exact_outlines_burn_back_to_the_same_pixels(make_mask, codes):
    mask = make_mask(codes)
    components = found(mask)
    shapes = polygons.outlines(mask, components, tolerance_m=0)
    assert shapely.is_valid(shapes).all()
    pairs = [(shape, int(code)) for shape, code in zip(shapes, components.code, strict=True)]
    burnt = np.zeros(codes.shape, np.uint8)
    if pairs:
        burnt = rasterio.features.rasterize(
            pairs, out_shape=codes.shape, transform=mask.grid.transform, dtype="uint8"
        )
    np.testing.assert_array_equal(burnt, np.where(codes == 255, 0, codes))


@SMALL
@given(
    codes=arrays(np.uint8, (14, 14), elements=st.sampled_from([0, 1])),
    tolerance_m=st.floats(0.5, 60),
)
def test_simplifying_keeps_every_area_within_one_percent_and_every_outline_valid(
    make_mask, codes, tolerance_m
):
    mask = make_mask(codes)
    exact, simple = outlines(mask), outlines(mask, tolerance_m)
    assert shapely.is_valid(simple).all()
    change = np.abs(shapely.area(simple) / shapely.area(exact) - 1)
    assert (change < polygons.MAX_AREA_CHANGE).all()


def test_a_long_staircase_loses_most_of_its_vertices(make_mask):
    rows, cols = np.mgrid[0:200, 0:200]
    mask = make_mask(((rows + cols > 120) & (rows + cols < 280)).astype(np.uint8))
    exact = shapely.get_num_coordinates(outlines(mask)[0])
    simple = shapely.get_num_coordinates(polygons.outlines(mask, found(mask))[0])
    assert simple < exact / 10


def test_a_tolerance_in_metres_means_metres_on_a_grid_in_degrees(make_mask):
    step = 1e-4
    grid = Grid(CRS.from_epsg(4326), Affine(step, 0, 15, 0, -step, 70), 200, 200)
    rows, cols = np.mgrid[0:200, 0:200]
    mask = make_mask(((rows - 100) ** 2 + (cols - 100) ** 2 < 80**2).astype(np.uint8), grid=grid)
    exact, simple = outlines(mask)[0], outlines(mask, 6.0)[0]
    east_m, north_m = 111_320 * np.cos(np.radians(70)), 111_560
    on_ground = [
        shapely.transform(shape, lambda xy: xy * (east_m, north_m)) for shape in (exact, simple)
    ]
    assert 0.5 < shapely.hausdorff_distance(*on_ground) < 6.05


def test_no_change_has_no_outlines(make_mask):
    assert len(outlines(make_mask(np.zeros((5, 5))))) == 0


def test_an_object_of_a_few_pixels_keeps_its_shape(make_mask):
    codes = np.zeros((6, 6), np.uint8)
    codes[1, 1] = codes[2, 1:3] = codes[3, 1] = 1
    mask = make_mask(codes)
    assert outlines(mask, 7.5)[0].equals(outlines(mask)[0])


def test_the_scratch_file_is_gone_afterwards(make_mask):
    mask = make_mask(np.eye(4))
    before = sorted(mask.codes_path.parent.iterdir())
    outlines(mask)
    assert sorted(mask.codes_path.parent.iterdir()) == before


def test_many_holes_of_many_strips_stay_one_valid_object(make_mask):
    rng = np.random.default_rng(5)
    codes = (rng.random((regions.STRIP_ROWS + 30, 120)) < 0.7).astype(np.uint8)
    mask = make_mask(codes)
    components = found(mask)
    shapes = polygons.outlines(mask, components)
    assert shapely.is_valid(shapes).all()
    assert shapely.area(shapes) == pytest.approx(components.pixels * 100.0, rel=0.0101)

import numpy as np
import pytest
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.features import rasterize

from analysis import polygons
from analysis.right_angles import squared
from raster.grid import Grid
from raster.instances import cut
from tests.ledgers import CORNER, GRID

DEGREES = Grid(CRS.from_epsg(4326), Affine(1e-5, 0, 15, 0, -5e-6, 60), 400, 400)


def traced(shape, grid=GRID):
    """The outline that a perfect model of the grid's pixels would give of a shape."""
    mask = rasterize([shape], out_shape=grid.shape, transform=grid.transform) > 0
    return polygons.of_instances([cut(mask, 1.0)], grid)


def house(corners, turn, grid=GRID):
    flat = shapely.affinity.rotate(shapely.Polygon(corners), turn, origin=(0, 0))
    if grid is GRID:
        return shapely.affinity.translate(flat, CORNER[0] + 200, CORNER[1] - 200)
    return shapely.transform(flat, lambda xy: xy / (111_320 * 0.5, 111_412) + (15.002, 59.999))


def angles(shape):
    steps = np.diff(shapely.get_coordinates(shape), axis=0)
    if abs(shape.centroid.x) < 180:
        steps *= (111_320 * 0.5, 111_412)
    headings = np.degrees(np.arctan2(steps[:, 1], steps[:, 0]))
    return (headings - headings[0] + 45) % 90 - 45


RECTANGLE = [(0, 0), (16, 0), (16, 10), (0, 10)]
ELL = [(0, 0), (20, 0), (20, 9), (9, 9), (9, 18), (0, 18)]


@settings(max_examples=25)
@given(turn=st.floats(0, 90), corners=st.sampled_from([RECTANGLE, ELL]))
def test_turned_houses_get_their_right_angles_back(turn, corners):
    truth = house(corners, turn)
    (outline,) = traced(truth)
    (square,) = squared(np.array([outline]), GRID)
    assert square is not None
    assert np.abs(angles(square)).max() < 0.1
    assert shapely.get_num_coordinates(square) - 1 == len(corners)
    overlap = square.intersection(truth).area / square.union(truth).area
    assert overlap > 0.9
    assert square.exterior.is_ccw


def test_right_angles_are_right_on_the_ground_of_a_grid_in_degrees():
    (outline,) = traced(house(RECTANGLE, 30, DEGREES), DEGREES)
    (square,) = squared(np.array([outline]), DEGREES)
    assert np.abs(angles(square)).max() < 0.5


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(0, 0).buffer(9),
        shapely.Polygon([(0, 0), (22, 0), (0, 22)]),
        shapely.box(0, 0, 20, 20).difference(shapely.box(6, 6, 14, 14)),
        shapely.box(0, 0, 1.5, 1.5),
    ],
    ids=["round", "three-cornered", "with a hole", "a few pixels"],
)
def test_what_has_no_right_angles_is_left_alone(shape):
    placed = shapely.affinity.translate(shape, CORNER[0] + 200, CORNER[1] - 200)
    assert squared(traced(placed), GRID)[0] is None


def test_nothing_gives_nothing():
    assert len(squared(np.zeros(0, object), GRID)) == 0

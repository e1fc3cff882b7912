import numpy as np
import pytest
import shapely
from affine import Affine
from pyproj import Geod, Proj
from rasterio.crs import CRS

from analysis import areas, tally
from raster.area import PixelAreas
from raster.grid import Grid
from raster.mask import Observed


def grid_at(latitude, epsg):
    """40 x 50 pixels of about 30 m near 15 degrees east."""
    if epsg == 4326:
        step = 30 / 111_320
        return Grid(CRS.from_epsg(4326), Affine(step, 0, 15.4, 0, -step, latitude), 40, 50)
    x, y = Proj(f"EPSG:{epsg}")(15.4, latitude)
    return Grid(CRS.from_epsg(epsg), Affine(30, 0, x, 0, -30, y), 40, 50)


@pytest.mark.parametrize("epsg", [4326, 32633, 3857])
@pytest.mark.parametrize("latitude", [0.0, 45.0, 70.0])
def test_pixel_sums_agree_with_the_geodesic_polygon(make_mask, latitude, epsg):
    grid = grid_at(latitude, epsg)
    codes = np.zeros(grid.shape, np.uint8)
    codes[10:30, 5:45] = 1
    mask = make_mask(codes, grid=grid)
    outline = shapely.box(*(grid.transform @ (5, 30)), *(grid.transform @ (45, 10)))
    by_pixels = tally.measure(mask, PixelAreas(grid)).class_m2(1)
    by_polygon = areas.polygon_area_m2(outline, grid.crs)
    assert by_pixels == pytest.approx(by_polygon, rel=1e-5)


@pytest.mark.parametrize("latitude", [0.0, 45.0, 70.0])
def test_pixel_sums_agree_with_the_scale_of_the_projection(make_mask, latitude):
    grid = grid_at(latitude, 32633)
    mask = make_mask(np.ones(grid.shape), grid=grid)
    lon, lat = Proj("EPSG:32633")(*(grid.transform @ (25, 20)), inverse=True)
    factors = Proj("EPSG:32633").get_factors(lon, lat)
    expected = 900 * codes_count(grid) / factors.areal_scale
    assert areas.budget(mask, PixelAreas(grid)).valid_m2 == pytest.approx(expected, rel=1e-6)


def codes_count(grid):
    return grid.height * grid.width


def test_a_degree_square_agrees_with_geographiclib_whatever_way_its_ring_runs():
    square = shapely.box(15, 45, 15.1, 45.1)
    expected = abs(Geod(ellps="WGS84").geometry_area_perimeter(shapely.segmentize(square, 1e-3))[0])
    for shape in (square, shapely.reverse(square)):
        assert areas.polygon_area_m2(shape, CRS.from_epsg(4326)) == pytest.approx(
            expected, rel=1e-9
        )


def test_holes_are_taken_out_of_a_multipolygon():
    block = shapely.box(500_000, 0, 500_100, 100).difference(shapely.box(500_020, 20, 500_040, 40))
    both = shapely.union_all([block, shapely.box(500_200, 0, 500_250, 10)])
    expected = (10_000 - 400 + 500) / 0.9996**2
    assert areas.polygon_area_m2(both, CRS.from_epsg(32633)) == pytest.approx(expected, rel=1e-5)


def test_the_aoi_is_its_valid_part_and_what_was_excluded_by_reason(make_mask):
    observed = np.zeros((12, 10), np.uint8)
    observed[0] = Observed.OUTSIDE_AOI
    observed[1] = Observed.PRE_NODATA
    observed[2:4] = Observed.POST_NODATA
    observed[4, :5] = Observed.BOTH_NODATA
    observed[5, :2] = Observed.NO_SCORE
    mask = make_mask(np.where(observed > 0, 255, 0), observed=observed)
    pixel = PixelAreas(mask.grid).window(mask.grid.window).mean()
    budget = areas.budget(mask, PixelAreas(mask.grid))
    shown = {part.reason: round(part.area_m2 / pixel) for part in budget.excluded}
    assert shown == {"pre nodata": 10, "post nodata": 20, "both nodata": 5, "no score": 2}
    assert budget.aoi_m2 == pytest.approx(110 * pixel, rel=1e-6)
    parts = budget.valid_m2 + sum(part.area_m2 for part in budget.excluded)
    assert budget.aoi_m2 == pytest.approx(parts, rel=1e-12)


def test_perimeters_of_many_shapes_are_told_apart():
    shapes = np.array([shapely.box(500_000, 0, 500_000 + side, side) for side in (10, 20, 40)])
    lengths = areas.perimeters_m(shapes, CRS.from_epsg(32633))
    assert lengths == pytest.approx(np.array([40, 80, 160]) / 0.9996, rel=1e-5)


def test_no_shapes_have_no_perimeters():
    assert len(areas.perimeters_m(np.zeros(0, object), CRS.from_epsg(32633))) == 0

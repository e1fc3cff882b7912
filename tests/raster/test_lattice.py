import math

import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from rasterio.crs import CRS

from errors import GsdMismatchError, NoOverlapError, RasterError
from raster.grid import Grid
from raster.lattice import common_grid, gsd_ratio, is_same_lattice, overlap_share, utm_crs

UTM33, UTM32 = CRS.from_epsg(32633), CRS.from_epsg(32632)
LONLAT, MERCATOR = CRS.from_epsg(4326), CRS.from_epsg(3857)


def utm(left=500_000.0, top=5_400_000.0, size=10.0, shape=(100, 120), crs=UTM33):
    return Grid(crs, Affine(size, 0, left, 0, -size, top), *shape)


def lonlat(west=15.0, north=48.75, size=1e-4, shape=(100, 120)):
    return Grid(LONLAT, Affine(size, 0, west, 0, -size, north), *shape)


def test_two_equal_grids_stay_exactly_that_grid():
    for grid in (utm(), lonlat()):
        assert common_grid(grid, grid) == grid


@given(
    right=st.integers(-99, 99),
    down=st.integers(-99, 99),
    height=st.integers(100, 150),
    width=st.integers(100, 150),
)
def test_whole_pixel_offsets_keep_the_lattice_and_crop_to_the_overlap(right, down, height, width):
    pre = utm(shape=(100, 120))
    post = utm(500_000 + 10 * right, 5_400_000 - 10 * down, shape=(height, width))
    grid = common_grid(pre, post)
    assert is_same_lattice(grid, pre)
    assert grid.width == min(120, right + width) - max(0, right)
    assert grid.height == min(100, down + height) - max(0, down)
    assert grid.bounds[0] == 500_000 + 10 * max(0, right)
    assert grid.bounds[3] == 5_400_000 - 10 * max(0, down)


def test_rounding_in_a_transform_does_not_force_resampling():
    pre = lonlat()
    post = lonlat(west=15.0 + 1e-10, size=1e-4 * (1 + 1e-6))
    assert common_grid(pre, post).transform == pre.transform


def test_a_half_pixel_offset_keeps_the_pixels_of_pre():
    pre, post = utm(), utm(500_005.0, 5_400_003.0)
    grid = common_grid(pre, post)
    assert is_same_lattice(grid, pre)
    assert not is_same_lattice(grid, post)
    assert grid.shape == (99, 119)


def test_the_coarser_pixels_are_kept_on_either_side():
    fine, coarse = utm(size=4.0, shape=(250, 300)), utm()
    assert is_same_lattice(common_grid(fine, coarse), coarse)
    assert is_same_lattice(common_grid(coarse, fine), coarse)


def test_a_geographic_post_is_brought_into_the_projection_of_pre():
    grid = common_grid(utm(), lonlat())
    assert is_same_lattice(grid, utm())


def test_a_geographic_pre_takes_the_projection_of_post():
    pre = lonlat(size=4e-4, shape=(40, 40))
    grid = common_grid(pre, utm())
    assert grid.crs == UTM33
    assert grid.gsd_m == pytest.approx(pre.gsd_m, rel=1e-3)


def test_two_geographic_grids_that_differ_go_to_the_local_utm_zone():
    grid = common_grid(lonlat(), lonlat(15.00003, 48.75002, 1.1e-4))
    assert grid.crs == UTM33
    assert grid.gsd_m == pytest.approx(lonlat(size=1.1e-4).gsd_m, rel=1e-3)


def test_grids_of_the_whole_world_stay_geographic():
    pre, post = lonlat(-180.0, 90.0, 1.0, (180, 360)), lonlat(-180.0, 90.0, 0.6, (300, 600))
    assert overlap_share(pre, post) == 1
    assert common_grid(pre, post) == pre


def test_another_projection_of_post_gives_way_to_that_of_pre():
    xs, ys = Transformer.from_crs(32633, 32632, always_xy=True).transform(500_600, 5_399_500)
    post = utm(round(xs, -1) - 600, round(ys, -1) + 500, 20.0, (50, 60), UTM32)
    grid = common_grid(utm(), post)
    assert grid.crs == UTM33
    assert grid.gsd_m == pytest.approx(post.gsd_m, rel=1e-3)


def test_web_mercator_pixels_are_kept_and_measured_on_the_ground():
    x, y = Transformer.from_crs(32633, 3857, always_xy=True).transform(500_000, 5_400_000)
    pre = Grid(MERCATOR, Affine(15, 0, x, 0, -15, y), 80, 80)
    grid = common_grid(pre, utm())
    assert is_same_lattice(grid, pre)
    assert grid.gsd_m == pytest.approx(15 * math.cos(math.radians(48.75)), rel=0.01)


def test_a_new_lattice_in_web_mercator_has_the_ground_size_and_not_the_map_size():
    x, y = Transformer.from_crs(32633, 3857, always_xy=True).transform(500_000, 5_400_000)
    pre = Grid(MERCATOR, Affine(6, 0, x, 0, -6, y), 200, 200)
    assert common_grid(pre, utm()).gsd_m == pytest.approx(10, rel=0.01)


def test_disjoint_footprints_are_an_error():
    for post in (utm(left=600_000), utm(left=501_200), lonlat(west=-100), utm(left=501_195)):
        with pytest.raises(NoOverlapError):
            common_grid(utm(), post)


def test_a_place_the_projection_cannot_reach_is_no_overlap():
    antipode = lonlat(west=-165.0, north=-48.7)
    with pytest.raises(NoOverlapError):
        common_grid(utm(), antipode)
    assert overlap_share(utm(), antipode) == 0


def test_too_different_ground_sizes_are_an_error():
    with pytest.raises(GsdMismatchError, match="limit is 8"):
        common_grid(utm(size=1.0, shape=(900, 900)), utm(size=9.0))


def test_gsd_ratio_is_the_same_both_ways_and_at_least_one():
    fine, coarse = utm(size=4.0), utm(size=10.0)
    assert gsd_ratio(fine, coarse) == gsd_ratio(coarse, fine) == pytest.approx(2.5, rel=1e-4)


@settings(max_examples=25)
@given(right=st.integers(-110, 110))
def test_overlap_is_a_share_of_the_smaller_footprint(right):
    pre, post = utm(shape=(100, 120)), utm(500_000 + 10.0 * right, shape=(200, 150))
    columns = max(min(120, right + 150) - max(0, right), 0)
    assert overlap_share(pre, post) == pytest.approx(columns / 120, abs=1e-6)


def test_overlap_across_projections_agrees_with_the_geographic_route():
    bounds = Transformer.from_crs(32633, 4326, always_xy=True).transform_bounds(*utm().bounds)
    size = (bounds[2] - bounds[0]) / 100
    rows = math.ceil((bounds[3] - bounds[1]) / size)
    east_half = lonlat((bounds[0] + bounds[2]) / 2, bounds[3], size, (rows, 100))
    assert overlap_share(utm(), east_half) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("lon", "lat", "epsg"),
    [(15.1, 48.7, 32633), (-180, 10, 32601), (179.9, -10, 32760), (180, 1, 32601), (0, 89, 32661),
     (0, -85, 32761)],
)  # fmt: skip
def test_utm_zones(lon, lat, epsg):
    assert utm_crs(lon, lat).to_epsg() == epsg


def test_a_full_disk_that_looks_past_the_earth_is_an_error():
    crs = CRS.from_string("+proj=geos +h=35785831 +lon_0=0 +sweep=y")
    disk = Grid(crs, Affine(20_000, 0, -5.5e6, 0, -20_000, 5.5e6), 550, 550)
    with pytest.raises(RasterError, match="does not lie on the Earth"):
        common_grid(disk, disk)

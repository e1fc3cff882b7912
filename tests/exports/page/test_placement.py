import math

import numpy as np
import pyproj
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS

from analysis.result import Quicklook
from exports.page.placement import picture_grid, place, share_of_picture
from raster.grid import Grid


def _utm(transform: Affine) -> Grid:
    return Grid(CRS.from_epsg(32633), transform, 300, 400)


def test_a_projected_grid_keeps_the_proportions_of_its_pixels():
    placement = place(_utm(Affine(2, 0, 499_600, 0, -2, 5_200_300)))
    assert placement.aspect == pytest.approx(400 / 300, rel=1e-4)
    assert placement.width_m == pytest.approx(800 / 0.9996, rel=1e-4)


def test_a_grid_in_degrees_is_shown_as_it_lies_on_the_ground():
    grid = Grid(CRS.from_epsg(4326), Affine(1e-4, 0, 10, 0, -1e-4, 60.015), 300, 400)
    ellipsoid = pyproj.CRS("EPSG:4326").ellipsoid
    phi = math.radians(60)
    e2 = 1 - (ellipsoid.semi_minor_metre / ellipsoid.semi_major_metre) ** 2
    prime_vertical = ellipsoid.semi_major_metre / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    meridian = prime_vertical * (1 - e2) / (1 - e2 * math.sin(phi) ** 2)
    expected = 400 * prime_vertical * math.cos(phi) / (300 * meridian)
    assert place(grid).aspect == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("turn_deg", [-90, -20, 0, 35, 90])
def test_north_follows_a_turned_grid(turn_deg):
    turned = Affine.rotation(turn_deg) @ Affine.scale(2, -2)
    transform = Affine.translation(500_000, 5_200_000) @ turned
    assert place(_utm(transform)).north_deg == pytest.approx(turn_deg, abs=0.01)


def test_north_includes_the_convergence_of_the_projection():
    grid = _utm(Affine(2, 0, 299_600, 0, -2, 5_200_300))
    to_lonlat = pyproj.Transformer.from_crs(32633, 4326, always_xy=True)
    lon, lat = to_lonlat.transform(300_000, 5_200_000)
    convergence = pyproj.Proj(32633).get_factors(lon, lat).meridian_convergence
    assert place(grid).north_deg == pytest.approx(-convergence, abs=0.01)


@settings(max_examples=15)
@given(st.floats(0.05, 5000))
def test_the_scale_bar_is_a_round_length_of_a_tenth_to_a_quarter(gsd_m):
    crs = CRS.from_proj4("+proj=laea +lat_0=10 +lon_0=20")
    placement = place(Grid(crs, Affine(gsd_m, 0, 0, 0, -gsd_m, 0), 80, 100))
    assert 0.0999 <= placement.bar_share <= 0.2501
    digits = placement.bar_m / 10 ** math.floor(math.log10(placement.bar_m) + 1e-9)
    assert round(digits, 6) in {1, 2, 5}


def test_positions_are_shares_of_the_picture_from_its_upper_left():
    grid = _utm(Affine(2, 0, 1000, 0, -2, 5000))
    assert share_of_picture(grid, (1400, 4700, 1500, 4850)) == (0.5, 0.25)
    assert share_of_picture(grid, (0, 0, 10, 9000)) == (0, 0)


def test_a_picture_may_reach_beyond_the_grid_it_shows():
    codes = np.zeros((34, 45), np.uint8)
    rgb = np.zeros((34, 45, 3), np.uint8)
    look = Quicklook(rgb, rgb, codes, codes.astype(np.float32), 9.0)
    grid = picture_grid(_utm(Affine(2, 0, 1000, 0, -2, 5000)), look)
    assert grid.bounds == (1000, 5000 - 34 * 18, 1000 + 45 * 18, 5000)


def test_a_grid_around_the_whole_earth_has_a_width():
    grid = Grid(CRS.from_epsg(4326), Affine(1, 0, -180, 0, -1, 90), 180, 360)
    assert place(grid).width_m == pytest.approx(40_075_017, rel=1e-3)

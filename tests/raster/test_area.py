import numpy as np
import pytest
from affine import Affine
from pyproj import Geod, Proj
from rasterio.crs import CRS
from rasterio.windows import Window
from shapely.geometry import box

from raster.area import PixelAreas
from raster.grid import Grid

GEOD = Geod(ellps="WGS84")


def zone_area_m2(south, north, width_deg):
    """Closed-form area of an ellipsoidal zone (Snyder 1987, authalic q), an independent route."""
    a, f = 6378137.0, 1 / 298.257223563
    e2 = f * (2 - f)
    e = np.sqrt(e2)

    def q(lat):
        s = np.sin(np.radians(lat))
        return (1 - e2) * (s / (1 - e2 * s * s) + np.arctanh(e * s) / e)

    return a * a * np.radians(width_deg) / 2 * (q(north) - q(south))


@pytest.mark.parametrize("lat", [0.0, 45.0, 70.0, -70.0])
def test_geographic_pixels_have_the_area_of_ellipsoidal_zones(lat):
    step = 1e-4
    grid = Grid(CRS.from_epsg(4326), Affine(step, 0, 10, 0, -step, lat), 900, 700)
    areas = PixelAreas(grid).window(grid.window)
    tops = lat - step * np.arange(900)
    expected = np.array([zone_area_m2(top - step, top, step) for top in tops])
    assert areas[:, 0] == pytest.approx(expected, rel=2e-5)
    assert areas[:, -1] == pytest.approx(expected, rel=2e-5)
    assert areas.sum() == pytest.approx(zone_area_m2(tops[-1] - step, lat, 700 * step), rel=1e-6)


@pytest.mark.parametrize(("epsg", "lat"), [(32631, 0), (32633, 45), (32633, 70)])
def test_projected_pixels_follow_the_areal_scale_of_the_projection(epsg, lat):
    proj = Proj(epsg)
    lon = {32631: 4.5, 32633: 13.0}[epsg]
    x, y = proj(lon, lat)
    grid = Grid(CRS.from_epsg(epsg), Affine(10, 0, x, 0, -10, y), 400, 300)
    areas = PixelAreas(grid).window(grid.window)
    for row, col in ((0, 0), (399, 299), (137, 211)):
        at = grid.transform @ (col + 0.5, row + 0.5)
        scale = proj.get_factors(*proj(*at, inverse=True)).areal_scale
        assert areas[row, col] == pytest.approx(100 / scale, rel=2e-5)


def test_web_mercator_pixels_have_their_ellipsoidal_area():
    x, y = Proj(3857)(25.0, 60.0)
    grid = Grid(CRS.from_epsg(3857), Affine(1, 0, x, 0, -1, y), 64, 64)
    e2, sin2 = 0.00669437999014, np.sin(np.radians(60)) ** 2
    # Spherical map formulas on ellipsoidal latitudes: scale is N M cos^2 / a^2.
    expected = (1 - e2) / (1 - e2 * sin2) ** 2 * np.cos(np.radians(60)) ** 2
    assert PixelAreas(grid).window(grid.window)[0, 0] == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("lat", [0, 45, 70])
def test_window_sum_equals_the_geodesic_polygon(lat):
    grid = Grid(CRS.from_epsg(4326), Affine(1e-3, 0, 20, 0, -1e-3, lat + 0.2), 400, 400)
    window = Window(50, 60, 120, 80)
    west, north = grid.transform @ (50, 60)
    outline = box(west, north - 0.08, west + 0.12, north).segmentize(1e-4)
    expected = abs(GEOD.geometry_area_perimeter(outline)[0])
    assert PixelAreas(grid).window(window).sum() == pytest.approx(expected, rel=1e-5)


def test_single_pixel_grid_has_an_area():
    grid = Grid(CRS.from_epsg(32633), Affine(10, 0, 5e5, 0, -10, 5e6), 1, 1)
    assert PixelAreas(grid).window(grid.window)[0, 0] == pytest.approx(100 / 0.9996**2, rel=1e-4)


def test_gsd_is_the_root_of_the_ground_area():
    grid = Grid(CRS.from_epsg(3857), Affine(2, 0, 0, 0, -2, 8399737.9), 100, 100)
    # Web Mercator at 60 degrees north stretches lengths about twofold.
    assert grid.gsd_m == pytest.approx(1.0, rel=0.01)

import pytest
import shapely
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from rasterio.crs import CRS
from shapely.geometry import shape

from raster import outline
from raster.grid import Grid


def test_a_scene_in_utm_is_outlined_by_its_corners():
    grid = Grid(CRS.from_epsg(32633), Affine(10, 0, 500_000, 0, -10, 5_400_000), 300, 200)
    found = outline.of(grid)
    to_lonlat = Transformer.from_crs(32633, 4326, always_xy=True)
    corners = [
        to_lonlat.transform(x, y) for x in (500_000, 502_000) for y in (5_400_000, 5_397_000)
    ]
    lons, lats = zip(*corners, strict=True)
    assert found.bounds == pytest.approx((min(lons), min(lats), max(lons), max(lats)), abs=2e-6)
    geometry = shape(found.geometry)
    assert geometry.is_valid
    assert all(geometry.buffer(1e-6).contains(shapely.Point(corner)) for corner in corners)


@pytest.mark.parametrize("left", [178.0, -182.0, 538.0])
def test_longitudes_across_the_date_line_stay_continuous(left):
    grid = Grid(CRS.from_epsg(4326), Affine(0.01, 0, left, 0, -0.01, 10), 100, 400)
    found = outline.of(grid)
    assert found.bounds == pytest.approx((178, 9, 182, 10))
    assert shape(found.geometry).area == pytest.approx(4)


def test_a_utm_scene_across_the_date_line_is_narrow():
    grid = Grid(CRS.from_epsg(32660), Affine(1000, 0, 750_000, 0, -1000, 400_000), 100, 200)
    west, _south, east, _north = outline.of(grid).bounds
    assert 179 < west < 180 < east < 182


@pytest.mark.parametrize(("epsg", "south", "north"), [(3413, 61, 90), (3031, -90, -61)])
def test_a_scene_around_a_pole_reaches_all_longitudes(epsg, south, north):
    grid = Grid(CRS.from_epsg(epsg), Affine(10_000, 0, -2e6, 0, -10_000, 2e6), 400, 400)
    found = outline.of(grid)
    assert (found.bounds[0], found.bounds[2]) == (-180, 180)
    assert found.bounds[1] >= south - 5
    assert found.bounds[3] <= north + 5
    assert found.bounds[3 if north == 90 else 1] == (90 if north == 90 else -90)


def test_a_full_disk_image_is_described_by_what_is_on_the_earth():
    crs = CRS.from_proj4("+proj=geos +h=35785831 +lon_0=0 +sweep=y +ellps=WGS84")
    grid = Grid(crs, Affine(60_000, 0, -6e6, 0, -60_000, 6e6), 200, 200)
    west, south, east, north = outline.of(grid).bounds
    assert -85 < west < -50
    assert 50 < east < 85
    assert -85 < south < -50
    assert 50 < north < 85


@given(st.floats(-179, 179), st.floats(-70, 70), st.floats(0.001, 1.0), st.floats(-180, 180))
def test_every_pixel_corner_of_a_rotated_grid_lies_in_its_bounds(lon, lat, size, angle):
    transform = (
        Affine.translation(lon, lat) @ Affine.rotation(angle) @ Affine.scale(size / 10, -size / 10)
    )
    grid = Grid(CRS.from_epsg(4326), transform, 10, 10)
    west, south, east, north = outline.of(grid).bounds
    for corner in ((0, 0), (0, 10), (10, 0), (10, 10)):
        x, y = transform @ corner
        turned = (x - west) % 360
        assert turned <= east - west + 1e-6 or turned >= 360 - 1e-6
        assert south - 1e-6 <= y <= north + 1e-6

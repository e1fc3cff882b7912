import base64
import io

import numpy as np
import pyproj
from affine import Affine
from PIL import Image
from rasterio.crs import CRS

from exports.page.overlays import drape
from raster.grid import Grid

GRID = Grid(CRS.from_epsg(32633), Affine(10, 0, 300_000, 0, -10, 7_000_000), 300, 400)


def test_a_mark_lands_where_its_coordinates_say():
    """The map's own arithmetic: linear between the corners in Web Mercator."""
    rgb = np.full((300, 400, 3), 60, np.uint8)
    rgb[80:90, 310:320] = (255, 255, 255)
    overlay = drape(rgb, GRID)
    picture = Image.open(io.BytesIO(base64.b64decode(overlay.uri.split(",")[1])))
    pixels = np.asarray(picture).astype(int)
    rows, cols = np.nonzero(pixels[..., 0] * (pixels[..., 3] > 128) > 180)
    (south, west), (north, east) = overlay.corners_latlon
    to_mercator = pyproj.Transformer.from_crs(4326, 3857, always_xy=True)
    (left, right), (bottom, top) = to_mercator.transform([west, east], [south, north])
    found_x = left + (right - left) * (cols.mean() + 0.5) / picture.width
    found_y = top - (top - bottom) * (rows.mean() + 0.5) / picture.height
    there = pyproj.Transformer.from_crs(32633, 3857, always_xy=True)
    x, y = there.transform(300_000 + 3150, 7_000_000 - 850)
    pixel_m = (right - left) / picture.width
    assert abs(found_x - x) < pixel_m
    assert abs(found_y - y) < pixel_m


def test_what_lies_outside_the_grid_is_clear():
    overlay = drape(np.full((300, 400, 3), 90, np.uint8), GRID)
    picture = Image.open(io.BytesIO(base64.b64decode(overlay.uri.split(",")[1])))
    alpha = np.asarray(picture)[..., 3]
    assert alpha.min() == 0
    assert alpha[picture.height // 2, picture.width // 2] == 255


def test_a_pole_cannot_be_draped():
    polar = Grid(CRS.from_epsg(3413), Affine(1000, 0, -50_000, 0, -1000, 50_000), 100, 100)
    assert drape(np.zeros((100, 100, 3), np.uint8), polar) is None


def test_a_picture_far_north_does_not_grow():
    far = Grid(CRS.from_epsg(32633), Affine(10, 0, 300_000, 0, -10, 9_300_000), 300, 400)
    uri = drape(np.zeros((300, 400, 3), np.uint8), far).uri
    picture = Image.open(io.BytesIO(base64.b64decode(uri.split(",")[1])))
    assert picture.width * picture.height < 5 * 300 * 400

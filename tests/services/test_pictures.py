import cv2
import numpy as np
import pytest
import rasterio
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS

from errors import UnreadableRasterError
from raster.grid import Grid
from raster.mask import NOT_OBSERVED, ChangeClass, ChangeMask
from services import pictures

RED = ChangeClass(1, "changed", "changed", "changed", "#d7301f")
BLUE = ChangeClass(2, "gone", "gone", "vanished", "#2b8cbe")
LEGEND = (RED, BLUE)
GRID = Grid(CRS.from_epsg(32633), Affine(1, 0, 500_000, 0, -1, 5_400_000), 40, 60)


def decoded(png):
    return cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)[:, :, ::-1]


def mask_of(folder, codes):
    path = folder / "codes.tif"
    profile = {"driver": "GTiff", "count": 1, "dtype": "uint8", "crs": GRID.crs}
    height, width = codes.shape
    with rasterio.open(
        path, "w", height=height, width=width, transform=GRID.transform, **profile
    ) as out:
        out.write(codes, 1)
    return ChangeMask(Grid(GRID.crs, GRID.transform, height, width), LEGEND, *[path] * 4)


def reduced(mask, factor):
    codes, _scores = pictures._reduced_mask(mask, factor)
    return codes


def test_one_changed_pixel_survives_any_reduction(tmp_path):
    codes = np.zeros((1300, 900), np.uint8)
    codes[777, 333] = 2
    small = reduced(mask_of(tmp_path, codes), 13)
    assert small.shape == (100, 70)
    assert np.argwhere(small).tolist() == [[777 // 13, 333 // 13]]


def test_pixels_are_lost_in_a_picture_only_where_all_are(tmp_path):
    codes = np.full((20, 20), NOT_OBSERVED, np.uint8)
    codes[:10, :10] = 0
    codes[0, 0] = NOT_OBSERVED
    small = reduced(mask_of(tmp_path, codes), 5)
    np.testing.assert_array_equal(small == NOT_OBSERVED, [[0, 0, 1, 1]] * 2 + [[1] * 4] * 2)


@given(height=st.integers(1, 500), width=st.integers(1, 500), by=st.integers(1, 40))
def test_coarse_grid_covers_the_fine_one_with_less_than_a_pixel_to_spare(height, width, by):
    coarse = pictures.coarsened(Grid(GRID.crs, GRID.transform, height, width), by)
    assert 0 <= coarse.height * by - height < by
    assert 0 <= coarse.width * by - width < by
    assert coarse.transform @ (0, 0) == GRID.transform @ (0, 0)
    assert coarse.transform.a == GRID.transform.a * by


def test_split_picture_shows_pre_above_and_post_below_the_diagonal():
    pre, post = (np.full((50, 80, 3), value, np.uint8) for value in (10, 200))
    both = decoded(pictures.split_png(pre, post))
    assert both[5, 5].tolist() == [10] * 3
    assert both[45, 75].tolist() == [200] * 3
    assert both[25, 40].tolist() == [255] * 3


def test_webp_looks_the_same_keeps_what_is_clear_and_is_much_smaller():
    rows, cols = np.mgrid[:120, :160]
    shade = np.random.default_rng(1).normal(0, 6, (120, 160))
    picture = np.dstack([rows, cols, 128 + shade, np.full_like(rows, 255)]).astype(np.uint8)
    picture[:40, :, 3] = 0
    png = cv2.imencode(".png", picture)[1].tobytes()
    found = pictures.webp(png)
    again = cv2.imdecode(np.frombuffer(found, np.uint8), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(again[:, :, 3], picture[:, :, 3])
    seen = picture[:, :, 3] > 0
    assert np.abs(again[seen].astype(float) - picture[seen]).mean() < 4
    assert len(found) < len(png) / 3


@pytest.mark.parametrize("content", [b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused_in_words(content):
    with pytest.raises(UnreadableRasterError, match="cannot be read"):
        pictures.webp(content)

import cv2
import numpy as np
import pytest
import rasterio
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS
from shapely.geometry import Polygon

from raster.aoi import Aoi, whole
from raster.grid import WGS84, Grid
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


def test_one_changed_pixel_survives_any_reduction(tmp_path):
    codes = np.zeros((1300, 900), np.uint8)
    codes[777, 333] = 2
    reduced = pictures.reduced_codes(mask_of(tmp_path, codes), max_px=100)
    assert reduced.shape == (100, 70)
    assert np.argwhere(reduced).tolist() == [[777 // 13, 333 // 13]]


def test_pixels_are_lost_in_a_picture_only_where_all_are(tmp_path):
    codes = np.full((20, 20), NOT_OBSERVED, np.uint8)
    codes[:10, :10] = 0
    codes[0, 0] = NOT_OBSERVED
    reduced = pictures.reduced_codes(mask_of(tmp_path, codes), max_px=4)
    np.testing.assert_array_equal(reduced == NOT_OBSERVED, [[0, 0, 1, 1]] * 2 + [[1] * 4] * 2)


def test_each_class_is_painted_in_its_colour_and_lost_ground_in_none():
    codes = np.zeros((30, 60), np.uint8)
    codes[5:15, 5:15], codes[5:15, 25:35], codes[:, 50:] = 1, 2, NOT_OBSERVED
    painted = decoded(pictures.mask_png(codes, LEGEND))
    assert painted[10, 10].tolist() == [0xD7, 0x30, 0x1F]
    assert painted[10, 30].tolist() == [0x2B, 0x8C, 0xBE]
    assert painted[25, 25].tolist() == [255, 255, 255]
    assert (np.ptp(painted[:, 52:].astype(int), axis=2) == 0).all()
    assert (painted[:, 52:] < 255).all()


@given(opacity=st.floats(0, 1))
def test_edge_of_a_region_is_seen_at_any_strength(opacity):
    codes = np.zeros((30, 30), np.uint8)
    codes[10:20, 10:20] = 1
    _ok, backdrop = cv2.imencode(".png", np.full((30, 30, 3), 100, np.uint8))
    over = decoded(pictures.overlay_png(backdrop.tobytes(), codes, LEGEND, opacity=opacity))
    assert over[9, 15].tolist() == [0xD7, 0x30, 0x1F]
    assert over[2, 2].tolist() == [55, 55, 55]
    expected = (1 - opacity) * 55 + opacity * np.array([0xD7, 0x30, 0x1F])
    assert over[15, 15] == pytest.approx(expected, abs=1)


def test_backdrop_that_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="no picture"):
        pictures.overlay_png(b"no picture", np.zeros((3, 3), np.uint8), LEGEND, opacity=1)


@given(height=st.integers(1, 500), width=st.integers(1, 500), by=st.integers(1, 40))
def test_coarse_grid_covers_the_fine_one_with_less_than_a_pixel_to_spare(height, width, by):
    coarse = pictures.coarsened(Grid(GRID.crs, GRID.transform, height, width), by)
    assert 0 <= coarse.height * by - height < by
    assert 0 <= coarse.width * by - width < by
    assert coarse.transform @ (0, 0) == GRID.transform @ (0, 0)
    assert coarse.transform.a == GRID.transform.a * by


def test_area_of_interest_is_outlined_where_it_lies():
    left, top = 500_010, 5_399_990
    corners = [(left, top), (left + 30, top), (left + 30, top - 20), (left, top - 20)]
    points = rasterio.warp.transform(GRID.crs, WGS84, *zip(*corners, strict=True))
    aoi = Aoi(Polygon(zip(*points, strict=True)), "aoi", 1, is_whole_overlap=False)
    drawn = pictures.outlined(np.zeros((40, 60, 3), np.uint8), aoi, GRID)
    rows, cols = np.nonzero(drawn.any(axis=2))
    assert (rows.min(), rows.max()) == pytest.approx((10, 29), abs=2)
    assert (cols.min(), cols.max()) == pytest.approx((10, 39), abs=2)
    assert not drawn[15:25, 15:35].any()


def test_whole_overlap_has_no_outline():
    plain = np.zeros((40, 60, 3), np.uint8)
    assert pictures.outlined(plain, whole(GRID), GRID) is plain


def test_split_picture_shows_pre_above_and_post_below_the_diagonal():
    pre, post = (np.full((50, 80, 3), value, np.uint8) for value in (10, 200))
    both = decoded(pictures.split_png(pre, post))
    assert both[5, 5].tolist() == [10] * 3
    assert both[45, 75].tolist() == [200] * 3
    assert both[25, 40].tolist() == [255] * 3

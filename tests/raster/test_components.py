import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from scipy import ndimage

from raster import components
from raster.area import PixelAreas
from raster.grid import Grid
from raster.mask import NOT_OBSERVED


def grid_of(codes):
    return Grid(CRS.from_epsg(32633), Affine(10, 0, 5e5, 0, -10, 5e6), *codes.shape)


def label(codes, scores=None):
    scores = np.ones(codes.shape, np.float32) if scores is None else scores

    def of(array):
        return lambda w: array[
            int(w.row_off) : int(w.row_off + w.height), int(w.col_off) : int(w.col_off + w.width)
        ]

    return components.label(of(codes), of(scores), PixelAreas(grid_of(codes)))


def whole_labels(found, codes):
    return np.concatenate(
        [found.labels(s, codes[int(s.row_off) : int(s.row_off + s.height)]) for s in found.strips()]
    )


@pytest.fixture
def short_strips(monkeypatch):
    monkeypatch.setattr(components, "STRIP_ROWS", 3)


def test_region_across_a_strip_border_is_one(short_strips):
    codes = np.zeros((9, 5), np.uint8)
    codes[1:8, 2] = 1
    assert len(label(codes)) == 1
    assert label(codes).pixels[0] == 7


def test_corner_across_a_strip_border_joins(short_strips):
    codes = np.zeros((6, 6), np.uint8)
    codes[2, 2] = codes[3, 3] = 1
    codes[2, 5] = codes[3, 4] = 2
    assert len(label(codes)) == 2


def test_classes_that_touch_stay_apart():
    codes = np.zeros((4, 4), np.uint8)
    codes[:2], codes[2:] = 1, 2
    found = label(codes)
    assert sorted(found.code) == [1, 2]


def test_not_observed_is_no_region():
    assert len(label(np.full((5, 5), NOT_OBSERVED, np.uint8))) == 0


def test_u_shape_joined_below_is_one_region(short_strips):
    codes = np.zeros((8, 7), np.uint8)
    codes[:, 1] = codes[:, 5] = codes[7, 1:6] = 1
    assert len(label(codes)) == 1


def test_measures_of_a_known_square():
    codes = np.zeros((20, 20), np.uint8)
    codes[4:8, 10:14] = 1
    scores = np.full(codes.shape, 0.25, np.float32)
    found = label(codes, scores)
    assert (found.top[0], found.left[0], found.bottom[0], found.right[0]) == (4, 10, 8, 14)
    assert (found.row[0], found.col[0], found.score[0]) == (5.5, 11.5, 0.25)
    # On the central meridian of UTM the scale is 0.9996: a nominal 1600 m2 is 1601.28 m2.
    assert found.area_m2[0] == pytest.approx(1600 / 0.9996**2, rel=1e-5)


def test_keep_renumbers_and_drops():
    codes = np.zeros((6, 6), np.uint8)
    codes[0, 0], codes[3:5, 3:5] = 1, 1
    found = label(codes)
    kept = found.keep(found.pixels > 1)
    labels = whole_labels(kept, codes)
    assert len(kept) == 1
    assert labels[0, 0] == 0
    assert set(np.unique(labels)) == {0, 1}


@settings(max_examples=60)
@given(st.integers(1, 17), st.integers(1, 12), st.integers(0, 10_000))
def test_regions_equal_those_of_scipy(rows, cols, seed):
    codes = np.random.default_rng(seed).choice([0, 0, 1, 1, 2, 255], (rows, cols)).astype(np.uint8)
    before = components.STRIP_ROWS
    components.STRIP_ROWS = 3
    try:
        found = label(codes)
        labels = whole_labels(found, codes)
    finally:
        components.STRIP_ROWS = before
    for code in (1, 2):
        expected, count = ndimage.label(codes == code, np.ones((3, 3)))
        assert np.count_nonzero(found.code == code) == count
        pairs = set(zip(expected[codes == code], labels[codes == code], strict=True))
        assert len(pairs) == count
    assert not labels[(codes == 0) | (codes == 255)].any()
    assert found.pixels.sum() == np.count_nonzero((codes == 1) | (codes == 2))

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import tile_paint
from services.tile_paint import EMPTY

ALL = np.ones((256, 256), bool)


def _decoded(picture):
    """Red, green, blue and, for PNG, alpha."""
    found = cv2.imdecode(np.frombuffer(picture.content, np.uint8), cv2.IMREAD_UNCHANGED)
    return found[:, :, [2, 1, 0, 3]] if found.shape[2] == 4 else found[:, :, ::-1]


def test_a_complete_picture_becomes_a_jpeg_in_its_colours():
    rgb = np.zeros((256, 256, 3), np.uint8)
    rgb[:, :128] = (200, 40, 10)
    rgb[:, 128:] = (10, 60, 220)
    picture = tile_paint.imagery(rgb, ALL)
    assert (picture.media_type, picture.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    found = _decoded(picture).astype(int)
    assert np.abs(found - rgb).max() <= 6


def test_a_picture_with_a_hole_becomes_a_png_that_is_clear_there():
    rgb = np.full((256, 256, 3), (200, 40, 10), np.uint8)
    seen = ALL.copy()
    seen[10:20, 30:40] = False
    picture = tile_paint.imagery(rgb, seen)
    assert (picture.media_type, picture.content[:4]) == ("image/png", b"\x89PNG")
    found = _decoded(picture)
    assert (found[:, :, 3] > 0).tolist() == seen.tolist()
    assert (found[seen][:, :3] == (200, 40, 10)).all()


def test_the_empty_tile_is_clear_and_small():
    assert not _decoded(EMPTY)[:, :, 3].any()
    assert len(EMPTY.content) < 1500


def test_a_stretch_is_linear_and_ends_at_black_and_white():
    values = np.array([[[0, 50, 100, 150, 300]]], np.float32)
    found = tile_paint.stretched(values, {"low": [50], "high": [150]})
    assert found[0, :, 0].tolist() == [0, 0, 128, 255, 255]
    assert (found[:, :, 0] == found[:, :, 2]).all()


def test_each_band_has_its_own_ends_and_its_own_colour():
    values = np.stack([np.full((2, 2), 10), np.full((2, 2), 10), np.full((2, 2), 10)])
    style = {"low": [0, 10, -10], "high": [10, 20, 10]}
    found = tile_paint.stretched(values.astype(np.float32), style)
    assert found[0, 0].tolist() == [255, 0, 255]


def test_decibels_are_ten_times_the_logarithm_and_zero_is_black():
    values = np.array([[[1.0, 0.1, 0.01, 0.0]]], np.float32)
    found = tile_paint.stretched(values, {"low": [-20], "high": [0], "is_db": True})
    assert found[0, :, 0].tolist() == [255, 128, 0, 0]


TABLE = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)


@given(st.floats(0, 10_000), st.floats(0, 10_000))
def test_an_index_is_the_normalised_difference(first, second):
    values = np.array([[[first]], [[second]]], np.float32)
    style = {"low": -1.0, "high": 1.0, "offset": 0.0}
    found = tile_paint.normalised_difference(values, style, TABLE)[0, 0, 0]
    ratio = (first - second) / (first + second) if first + second else 0.0
    assert found == pytest.approx((ratio + 1) / 2 * 255, abs=0.6)


def test_an_index_is_taken_of_the_products_own_numbers():
    values = np.array([[[3000.0]], [[2000.0]]], np.float32)
    style = {"low": -1.0, "high": 1.0, "offset": -1000.0}
    found = tile_paint.normalised_difference(values, style, TABLE)[0, 0, 0]
    assert found == round((1 / 3 + 1) / 2 * 255)


def test_classes_hide_unchanged_ground_and_both_hide_what_was_not_observed():
    ranks = tile_paint.ranks_of_codes(np.array([255, 0, 1, 2, 254], np.uint8))
    assert ranks.tolist() == [0, 1, 2, 3, 255]


def test_scores_keep_their_order_and_nothing_observed_is_lowest():
    ranks = tile_paint.ranks_of_scores(np.array([np.nan, 0.0, 0.3, 0.7, 1.0, 1.5], np.float32))
    assert ranks.tolist() == [0, 1, 77, 178, 255, 255]


def test_classes_get_their_colours_and_unchanged_ground_is_clear():
    ranks = np.full((16, 16), 1, np.uint8)
    ranks[0, 0], ranks[0, 1] = 2, 5
    rgba = tile_paint.painted_codes(ranks, np.ones((16, 16), bool), {1: (9, 8, 7), 4: (1, 2, 3)})
    assert rgba[0, 0].tolist() == [9, 8, 7, 255]
    assert rgba[0, 1].tolist() == [1, 2, 3, 255]
    assert not rgba[1:].any()


def test_a_colour_for_no_class_paints_nothing():
    ranks = tile_paint.ranks_of_codes(np.array([[255, 0]], np.uint8))
    shown = tile_paint.painted_codes(ranks, np.ones((1, 2), bool), {0: (9, 9, 9), 255: (9, 9, 9)})
    assert 9 not in shown


def test_what_was_not_observed_is_hatched_but_not_beside_the_raster():
    ranks = np.zeros((256, 256), np.uint8)
    inside = ALL.copy()
    inside[:, 200:] = False
    rgba = tile_paint.painted_codes(ranks, inside, {1: (255, 0, 0)})
    assert 0.2 < (rgba[:, :200, 3] > 0).mean() < 0.3
    assert not rgba[:, 200:].any()
    # The lines of one tile go on in the next.
    assert (rgba[:, 0, 3] > 0).tolist() == (rgba[:, 128, 3] > 0).tolist()


def test_scores_below_the_threshold_are_clear():
    ranks = tile_paint.ranks_of_scores(np.array([[0.1, 0.39, 0.41, 0.9]], np.float32))
    shown = tile_paint.painted_scores(ranks, np.ones((1, 4), bool), TABLE, 0.4)
    assert (shown[0, :, 3] > 0).tolist() == [False, False, True, True]
    whole = tile_paint.painted_scores(ranks, np.ones((1, 4), bool), TABLE, None)
    assert (whole[:, :, 3] == 255).all()
    assert whole[0, 3, 0] == ranks[0, 3]


@pytest.mark.parametrize(("opacity", "alpha"), [(1.0, 255), (0.5, 128), (0.0, 0), (7.0, 255)])
def test_opacity_fades_a_picture(opacity, alpha):
    rgba = np.full((2, 2, 4), 255, np.uint8)
    assert set(tile_paint.faded(rgba, opacity)[:, :, 3].ravel().tolist()) == {alpha}

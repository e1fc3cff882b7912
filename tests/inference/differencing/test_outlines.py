import cv2
import numpy as np
import pytest

from inference.differencing.outlines import REACH_PX, at_half_maximum


def smoothed_square(height, side=20):
    image = np.zeros((80, 80), np.float32)
    image[30 : 30 + side, 30 : 30 + side] = height
    return cv2.GaussianBlur(image, (0, 0), 2.2)


@pytest.mark.parametrize("height", [3.0, 10.0, 100.0, 1000.0])
def test_the_area_above_a_threshold_hardly_depends_on_the_height(height):
    lengths = smoothed_square(height)
    sharp = at_half_maximum(lengths, np.ones(lengths.shape, bool))
    assert 0.9 * 400 < np.count_nonzero(sharp >= 1) < 1.65 * 400
    assert np.count_nonzero(lengths >= 1) >= np.count_nonzero(sharp >= 1)


def test_without_it_a_strong_square_more_than_doubles():
    assert np.count_nonzero(smoothed_square(1000.0) >= 1) > 2 * 400


def test_what_is_at_least_half_of_its_neighbours_stays():
    lengths = np.random.default_rng(3).uniform(5, 10, (60, 60)).astype(np.float32)
    assert np.array_equal(at_half_maximum(lengths, np.ones(lengths.shape, bool)), lengths)


def test_a_peak_beyond_reach_has_no_say():
    lengths = np.full((40, 40), 1.0, np.float32)
    lengths[20, 20] = 100
    sharp = at_half_maximum(lengths, np.ones(lengths.shape, bool))
    assert sharp[20, 20 + REACH_PX + 1] == 1
    assert sharp[20, 20 + REACH_PX] < 0.01


def test_invalid_pixels_cast_no_skirt():
    lengths = np.ones((40, 40), np.float32)
    valid = np.ones(lengths.shape, bool)
    lengths[20, 20], valid[20, 20] = 1e6, False
    sharp = at_half_maximum(lengths, valid)
    assert (sharp[valid] == 1).all()

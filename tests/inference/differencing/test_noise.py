import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.differencing import noise


def vectors(sigma=0.2, bands=3, pixels=20_000, seed=0):
    return np.random.default_rng(seed).normal(0, sigma, (bands, pixels)).astype(np.float32)


def whitened(model, fine):
    return noise.length(model, fine[:, None])[0]


@settings(max_examples=20)
@given(sigma=st.floats(0.2, 1.0), bands=st.integers(1, 5), seed=st.integers(0, 50))
def test_unchanged_vectors_get_the_length_of_standard_normal_ones(sigma, bands, seed):
    fine = vectors(sigma, bands, seed=seed)
    lengths = whitened(noise.fit(fine, fine), fine)
    assert np.mean(lengths**2) / bands == pytest.approx(1 / (1 + (0.05 / sigma) ** 2), rel=0.05)


def test_a_tenth_of_changed_pixels_hardly_widens_the_noise():
    fine = vectors()
    quiet = noise.fit(fine, fine).sigma
    fine[:, ::10] += 5
    assert noise.fit(fine, fine).sigma == pytest.approx(quiet, rel=0.25)


def test_directions_that_vary_everywhere_count_less():
    fine = vectors(bands=2)
    fine[0] *= 5
    model = noise.fit(fine, fine)
    along, across = (noise.length(model, step.reshape(2, 1, 1)) for step in np.float32(np.eye(2)))
    assert across > 3 * along


def test_no_difference_at_all_leaves_the_floor():
    model = noise.fit(np.zeros((3, 100)), np.zeros((3, 100)))
    assert model.sigma == pytest.approx(noise.FLOOR, rel=1e-3)
    assert model.unit == noise.NOISE_UNITS


def test_copies_of_a_band_count_as_one():
    band = vectors(bands=1)
    one = noise.fit(band, band)
    three = noise.fit(np.repeat(band, 3, axis=0), np.repeat(band, 3, axis=0))
    assert three.sigma == pytest.approx(one.sigma, rel=0.05)


def test_the_contrast_limits_the_unit_only_where_differences_are_ground():
    fine = vectors(1.0)
    ground, white = noise.fit(fine, 0.9 * fine), noise.fit(fine, 0.33 * fine)
    assert ground.unit == pytest.approx(noise.CONTRAST_UNITS / ground.sigma)
    assert white.unit == noise.NOISE_UNITS


def test_a_score_is_one_half_at_the_unit_and_rises_with_the_length():
    lengths = np.float32([0, 1, 3, 6, 60])
    scores = noise.score(lengths, 3.0)
    assert scores[0] == 0
    assert scores[2] == 0.5
    assert np.all(np.diff(scores) > 0)
    assert scores[-1] < 1


def test_combinations_equal_a_matrix_product():
    rng = np.random.default_rng(2)
    matrix, bands = rng.normal(size=(4, 3)), rng.normal(size=(3, 7, 5)).astype(np.float32)
    np.testing.assert_allclose(
        noise.combine(matrix, bands), np.einsum("vb,brc->vrc", matrix, bands), rtol=1e-4, atol=1e-5
    )


def test_variates_share_the_unit_and_get_their_own_noise():
    fine = vectors(0.5, 2)
    model = noise.fit(fine, fine)
    axes = np.array([[2.0, 0.0], [0.0, 10.0]])
    recast = noise.in_variates(model, axes @ fine, axes)
    assert (recast.unit, recast.sigma) == (model.unit, model.sigma)
    expected = 1 / (np.array([2.0, 10.0]) * np.hypot(0.5, noise.FLOOR))
    np.testing.assert_allclose(np.diag(recast.whitening), expected, rtol=0.05)

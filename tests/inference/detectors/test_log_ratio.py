from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from rasterio.errors import NotGeoreferencedWarning
from scipy.ndimage import gaussian_filter
from skimage.filters import threshold_otsu

from errors import UnsuitableSceneError
from inference.detectors import log_ratio
from inference.detectors.base import Sample
from raster.align import PairBand, PairBlock

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
GUARD = log_ratio.CARD.fixed_threshold
SHAPE = (200, 220)


def _sample(pre, post, valid=None):
    pre, post = np.asarray(pre, np.float32), np.asarray(post, np.float32)
    valid = np.ones(pre.shape[1:], bool) if valid is None else valid
    block = PairBlock(pre * valid, post * valid, valid, valid)
    roles = ("vv", "vh")[: pre.shape[0]]
    bands = tuple(PairBand(role, role, (i + 1,), (i + 1,)) for i, role in enumerate(roles))
    return Sample((block,), bands, 10.0, "sar")


def _scores(pre, post, valid=None):
    sample = _sample(pre, post, valid)
    return log_ratio.predict(log_ratio.fit(sample), sample.blocks[0])


def _power(rng, *, looks, bands=1):
    """Fields of 0.02 to 0.3 linear power under multiplicative speckle."""
    rows, cols = np.indices(SHAPE)
    ground = np.choose((rows // 50 + cols // 55) % 4, [0.02, 0.08, 0.15, 0.3])
    return ground * rng.gamma(looks, 1 / looks, (bands, *SHAPE))


@pytest.mark.parametrize("looks", [1, 4])
@pytest.mark.parametrize("bands", [1, 2])
@pytest.mark.parametrize("seed", range(3))
def test_two_speckle_draws_of_one_scene_are_no_change(looks, bands, seed):
    rng = np.random.default_rng(seed)
    found = _scores(_power(rng, looks=looks, bands=bands), _power(rng, looks=looks, bands=bands))
    assert (found.score >= GUARD).mean() < 0.003


@pytest.mark.parametrize("looks", [1, 4])
def test_speckle_that_neighbours_share_is_no_change(looks):
    """Pixels finer than the resolution, as in most products: speckle is correlated over 2 px."""
    rng = np.random.default_rng(6)
    pre, post = (_shared_speckle(rng, looks) for _date in range(2))
    assert (_scores(pre, post).score >= GUARD).mean() < 0.003


def _shared_speckle(rng, looks):
    field = gaussian_filter(rng.normal(size=(2 * looks, *SHAPE)), (0, 0.7, 0.7))
    return 0.1 * (field**2).mean(axis=0, keepdims=True) / (field**2).mean()


@pytest.mark.parametrize("looks", [1, 4])
def test_a_block_that_fell_by_six_decibels_is_found_with_its_direction(looks):
    rng = np.random.default_rng(1)
    pre, post = _power(rng, looks=looks), _power(rng, looks=looks)
    post[:, 60:100, 60:110] *= 0.25
    post[:, 120:150, 30:70] *= 8
    found = _scores(pre, post)
    assert (found.score[64:96, 64:106] >= GUARD).mean() > 0.75
    assert (found.code[64:96, 64:106] == log_ratio.DECREASE.code).all()
    assert (found.score[124:146, 34:66] >= GUARD).mean() > 0.9
    assert (found.code[124:146, 34:66] == log_ratio.INCREASE.code).all()


@given(gain=st.floats(0.05, 20))
def test_a_gain_between_the_dates_changes_no_score(gain):
    rng = np.random.default_rng(2)
    pre, post = _power(rng, looks=4)[:, :60, :60], _power(rng, looks=4)[:, :60, :60]
    post[:, 20:40, 20:40] *= 0.1
    plain, scaled = _scores(pre, post), _scores(pre, post * gain)
    np.testing.assert_allclose(plain.score, scaled.score, atol=2e-4)


def test_power_and_decibels_of_one_scene_score_alike():
    rng = np.random.default_rng(3)
    pre, post = _power(rng, looks=4), _power(rng, looks=4)
    linear = _scores(pre, post)
    decibels = _scores(10 * np.log10(pre), 10 * np.log10(post))
    mixed = _scores(pre, 10 * np.log10(post))
    np.testing.assert_allclose(linear.score, decibels.score, atol=1e-4)
    np.testing.assert_allclose(linear.score, mixed.score, atol=1e-4)


def test_sixteen_bit_amplitude_scores_like_the_power_it_came_from():
    rng = np.random.default_rng(4)
    pre, post = _power(rng, looks=4), _power(rng, looks=4)
    digital = _scores(np.rint(2000 * np.sqrt(pre)), np.rint(2000 * np.sqrt(post)))
    np.testing.assert_allclose(_scores(pre, post).score, digital.score, atol=2e-3)


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        (np.linspace(-25, 3, 100), "db"),
        (np.linspace(0.001, 1.5, 100), "power"),
        (np.linspace(-0.002, 0.4, 100), "power"),
        (np.linspace(0, 255, 100), "amplitude"),
        (np.linspace(0, 4000, 100), "amplitude"),
        (np.array([np.nan]), "amplitude"),
    ],
)
def test_the_unit_is_told_from_the_values(values, unit):
    assert log_ratio.unit_of(values[None].astype(np.float32)) == unit


def test_known_ratio_on_even_ground_has_its_known_score():
    pre = np.full((1, 80, 80), 100.0)
    post = pre.copy()
    post[:, :, 50:] = 300
    pre[:, :30] += 1
    floors = 0.2 * pre.mean(), 0.2 * post.mean()
    unchanged = np.log10((100 + floors[1]) / (100 + floors[0]))
    expected = 20 * (np.log10((300 + floors[1]) / (100 + floors[0])) - unchanged) / 24
    assert _scores(pre, post).score[60, 70] == pytest.approx(expected, abs=2e-3)


def test_change_in_one_polarisation_is_enough():
    rng = np.random.default_rng(5)
    pre, post = _power(rng, looks=8, bands=2), _power(rng, looks=8, bands=2)
    post[1, 60:100, 60:110] *= 0.1
    found = _scores(pre, post)
    assert (found.score[64:96, 64:106] >= GUARD).mean() > 0.9


def test_a_scene_without_backscatter_is_unsuitable():
    with pytest.raises(UnsuitableSceneError, match="later scene"):
        _scores(np.ones((1, 9, 9)), np.zeros((1, 9, 9)))
    with pytest.raises(UnsuitableSceneError, match="earlier scene"):
        _scores(np.ones((1, 9, 9)), np.ones((1, 9, 9)), np.zeros((9, 9), bool))


@pytest.mark.parametrize(
    ("place", "least_f1"), [("ottawa", 0.93), ("bern", 0.84), ("san_francisco", 0.89)]
)
def test_one_rule_finds_the_change_of_three_real_radar_pairs(place, least_f1):
    folder = DATA / "pairs" / "sar_classic" / place
    if not folder.is_dir():
        pytest.skip(f"the real radar pairs are not here: {folder}")
    pre, post, label = (_picture(folder / f"{name}.png") for name in ("pre", "post", "label"))
    score = _scores(pre, post).score
    flagged = score >= max(GUARD, threshold_otsu(score))
    truth = label[0] > 127
    f1 = 2 * (flagged & truth).sum() / (flagged.sum() + truth.sum())
    assert f1 > least_f1


def test_a_real_radar_file_in_decibels_is_read_as_such():
    path = DATA / "flood_chip" / "s1.tif"
    if not path.is_file():
        pytest.skip(f"the real radar chip is not here: {path}")
    with rasterio.open(path) as dataset:
        image = dataset.read()
    valid = np.isfinite(image).all(axis=0)
    later = image.copy()
    later[:, 200:260, 200:260] = image[:, 200:260, 200:260] - 10
    sample = _sample(np.nan_to_num(image), np.nan_to_num(later), valid)
    params = log_ratio.fit(sample)
    assert params.pre_unit == params.post_unit == "db"
    flagged = log_ratio.predict(params, sample.blocks[0]).score >= GUARD
    assert flagged[205:255, 205:255].mean() > 0.9
    assert not flagged[300:].any()


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def _picture(path):
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(path) as dataset:
        return dataset.read([1])

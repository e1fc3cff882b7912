"""What `cva` and `irmad` both promise; their own tests lie beside this file."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from errors import UnsuitableSceneError
from inference.detectors import cva, irmad
from inference.detectors.base import Sample
from raster.align import PairBlock
from raster.tiling import tiles

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "pairs"
BOTH = pytest.mark.parametrize("detector", [cva, irmad], ids=["cva", "irmad"])
STEPS = 4096


def scene(bands=3, size=192, seed=0):
    """A textured uint8 scene (band, row, col): patches of land cover with fine texture."""
    rng = np.random.default_rng(seed)
    cover = ndimage.gaussian_filter(rng.normal(size=(bands, size, size)), (0, 6, 6))
    cover[:] += 0.5 * cover[:1]
    texture = ndimage.gaussian_filter(rng.normal(size=(1, size, size)), (0, 1, 1))
    values = 110 + 30 * cover / cover.std() + 12 * texture / texture.std()
    return np.clip(np.rint(values), 0, 255).astype(np.float32)


def pair(pre, post, *, pre_valid=None, post_valid=None):
    everywhere = np.ones(pre.shape[1:], bool)
    return PairBlock(
        pre,
        post,
        everywhere if pre_valid is None else pre_valid,
        everywhere if post_valid is None else post_valid,
    )


def fitted(detector, *blocks):
    return detector.fit(Sample(blocks, (), 10.0, "optical"))


def scores(detector, pre, post):
    block = pair(pre, post)
    return detector.predict(fitted(detector, block), block).score


def flagged(detector, pre, post):
    return float(np.mean(scores(detector, pre, post) >= detector.CARD.fixed_threshold))


def rounded(values):
    return np.clip(np.rint(values), 0, 255).astype(np.float32)


def with_square(values, side=16, lift=70):
    changed = values.copy()
    changed[:, 60 : 60 + side, 80 : 80 + side] = np.clip(
        changed[:, 60 : 60 + side, 80 : 80 + side] + lift, 0, 255
    )
    return changed


@BOTH
def test_an_identical_pair_scores_zero(detector):
    pre = scene()
    assert scores(detector, pre, pre.copy()).max() < 1e-3


@BOTH
@settings(max_examples=12)
@given(gain=st.floats(0.7, 1.4), offset=st.floats(-25, 25), seed=st.integers(0, 9))
def test_brightness_alone_is_never_change(detector, gain, offset, seed):
    pre = scene(seed=seed, size=128)
    assert flagged(detector, pre, rounded(pre * gain + offset)) == 0


@BOTH
@pytest.mark.parametrize("gamma", [0.8, 0.9, 1.15, 1.3])
def test_a_gamma_is_hardly_ever_change(detector, gamma):
    pre = scene()
    assert flagged(detector, pre, rounded(255 * (pre / 255) ** gamma)) < 0.002


@BOTH
@pytest.mark.parametrize("noise", [2, 8, 20])
def test_noise_is_not_change(detector, noise):
    pre = scene()
    noisy = rounded(pre + np.random.default_rng(1).normal(0, noise, pre.shape))
    assert flagged(detector, pre, noisy) < 0.002


@BOTH
def test_two_pictures_of_nothing_but_noise_have_no_change(detector):
    rng = np.random.default_rng(1)
    pre, post = (rounded(rng.normal(100, 8, (3, 160, 160))) for _date in range(2))
    assert flagged(detector, pre, post) == 0


@BOTH
@pytest.mark.parametrize("sigma_px", [0.5, 0.8])
def test_a_slight_blur_is_not_change(detector, sigma_px):
    pre = scene()
    blurred = rounded(ndimage.gaussian_filter(pre, (0, sigma_px, sigma_px)))
    assert flagged(detector, pre, blurred) < 0.002


@BOTH
def test_haze_that_thickens_across_the_scene_is_not_change(detector):
    pre = scene()
    haze = np.linspace(0, 0.3, pre.shape[2], dtype=np.float32)
    assert flagged(detector, pre, rounded(pre * (1 - haze) + 220 * haze)) < 0.002


@BOTH
def test_a_shift_of_half_a_pixel_is_not_change(detector):
    pre = scene()
    moved = rounded(ndimage.shift(pre, (0, 0.3, 0.4), order=3, mode="reflect"))
    assert flagged(detector, pre, moved) < 0.002


@BOTH
def test_a_square_of_a_thousandth_of_the_scene_is_found(detector):
    pre = scene(size=384)
    post = with_square(pre, side=12)
    rng = np.random.default_rng(2)
    noisy = rounded(1.2 * post - 10 + rng.normal(0, 3, post.shape))
    found = scores(detector, pre, noisy) >= detector.CARD.fixed_threshold
    assert found[62:70, 82:90].all()
    found[56:76, 76:96] = False
    assert found.sum() == 0


@BOTH
def test_swapping_the_dates_keeps_the_scores(detector):
    pre = scene()
    post = rounded(with_square(pre) * 1.2 + np.random.default_rng(3).normal(0, 5, pre.shape))
    forth, back = scores(detector, pre, post), scores(detector, post, pre)
    np.testing.assert_allclose(forth, back, atol=1e-3)


@BOTH
def test_tiles_equal_the_whole(detector):
    pre = scene(size=203)
    post = rounded(with_square(pre) * 1.1 + np.random.default_rng(3).normal(0, 4, pre.shape))
    valid = np.ones(pre.shape[1:], bool)
    valid[90:120, 30:61] = False
    whole = pair(pre, post, post_valid=valid)
    params = fitted(detector, whole)
    expected = np.rint(detector.predict(params, whole).score * STEPS)
    for tile in tiles(valid.shape, core_px=67, halo_px=detector.CARD.halo_px):
        rows, cols = tile.outer.toslices()
        part = pair(
            pre[:, rows, cols],
            post[:, rows, cols],
            pre_valid=np.ones_like(valid[rows, cols]),
            post_valid=valid[rows, cols],
        )
        found = tile.trim(np.rint(detector.predict(params, part).score * STEPS))
        np.testing.assert_array_equal(found, expected[tile.core.toslices()])


@BOTH
def test_what_lies_in_invalid_pixels_reaches_nobody(detector):
    pre, valid = scene(), np.ones((192, 192), bool)
    valid[40:80, 40:80] = False
    post = rounded(with_square(pre) * 0.9)
    spoilt = post.copy()
    spoilt[:, ~valid] = -9999
    params = fitted(detector, pair(pre, post, post_valid=valid))
    clean = detector.predict(params, pair(pre, post, post_valid=valid)).score
    dirty_block = pair(pre, spoilt, post_valid=valid)
    assert fitted(detector, dirty_block).noise.sigma == params.noise.sigma
    np.testing.assert_array_equal(detector.predict(params, dirty_block).score, clean)
    assert np.isnan(clean[~valid]).all()
    assert np.isfinite(clean[valid]).all()


@BOTH
def test_values_that_are_not_finite_are_not_observed(detector):
    pre = scene()
    post = rounded(pre * 1.1)
    post[1, 5, 6] = np.nan
    block = pair(pre, post)
    found = detector.predict(fitted(detector, block), block).score
    assert np.isnan(found[5, 6])
    assert np.isfinite(found).sum() == found.size - 1


@BOTH
def test_scores_and_codes_have_the_promised_types(detector):
    block = pair(scene(), scene(seed=5))
    found = detector.predict(fitted(detector, block), block)
    assert (found.score.dtype, found.code.dtype) == (np.float32, np.uint8)
    assert found.score.min() >= 0
    assert found.score.max() <= 1
    assert (found.code == 1).all()


@BOTH
def test_a_pair_without_a_common_pixel_is_unsuitable(detector):
    pre = scene(size=64)
    nothing = np.zeros(pre.shape[1:], bool)
    with pytest.raises(UnsuitableSceneError, match="both dates"):
        fitted(detector, pair(pre, pre, post_valid=nothing))


@BOTH
@pytest.mark.parametrize("content", ["flat", "one band flat", "copies", "one flat date", "tiny"])
def test_degenerate_bands_give_finite_scores(detector, content):
    pre, post = scene(size=64), scene(size=64, seed=8)
    if content == "flat":
        pre, post = np.full_like(pre, 9), np.full_like(pre, 9)
    if content == "one band flat":
        pre[2], post[2] = 9, 9
    if content == "copies":
        pre, post = np.repeat(pre[:1], 3, axis=0), np.repeat(post[:1], 3, axis=0)
    if content == "one flat date":
        pre = np.full_like(pre, 9)
    if content == "tiny":
        pre, post = pre[:, :1, :2].copy(), post[:, :1, :2].copy()
    found = scores(detector, pre, post)
    assert np.isfinite(found).all()
    assert found.max() <= 1


@BOTH
def test_a_flat_scene_with_one_new_object_shows_the_object(detector):
    pre = np.full((3, 96, 96), 100, np.float32)
    post = pre.copy()
    post[:, 40:52, 40:52] = 180
    found = scores(detector, pre, post) >= detector.CARD.fixed_threshold
    assert found[42:50, 42:50].all()
    assert not found[:30].any()


@BOTH
def test_the_sample_may_come_in_several_blocks(detector):
    pre = scene()
    post = rounded(pre * 1.3 - 8)
    blocks = [pair(pre[:, r : r + 64, :], post[:, r : r + 64, :]) for r in (0, 128)]
    params = fitted(detector, *blocks)
    assert detector.predict(params, pair(pre, post)).score.max() < 0.5


def oscd(city):
    folder = DATA / "sentinel2_oscd" / city
    if not folder.exists():
        pytest.skip("the shared real pairs are not on this machine")
    dates = []
    for name in ("pre", "post", "label"):
        with rasterio.open(folder / f"{name}.tif") as dataset:
            dates.append(dataset.read().astype(np.float32))
    return dates


@BOTH
def test_real_urban_change_is_found_better_than_by_the_plain_methods(detector):
    hits, flagged_px, changed_px = 0, 0, 0
    for city in ("aguasclaras", "hongkong", "nantes", "bordeaux"):
        pre, post, label = oscd(city)
        found = scores(detector, pre, post) >= detector.CARD.fixed_threshold
        truth = label[0] > 127
        hits += np.sum(found & truth)
        flagged_px += found.sum()
        changed_px += truth.sum()
    assert 2 * hits / (flagged_px + changed_px) > 0.28

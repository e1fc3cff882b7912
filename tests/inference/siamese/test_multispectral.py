import numpy as np
import pytest

from inference.detectors.base import Sample
from inference.siamese import multispectral, pictures
from inference.siamese.multispectral import BANDS, missing_of, positions_of
from raster.align import PairBand, PairBlock

FOUR = ("red", "green", "blue", "nir")


def sample(pre, post, roles=BANDS, valid=None):
    bands = tuple(PairBand(role, role, (i,), (i,)) for i, role in enumerate(roles, 1))
    valid = np.ones(pre.shape[1:], bool) if valid is None else valid
    block = PairBlock(pre.astype(np.float32), post.astype(np.float32), valid, valid)
    return Sample((block,), bands, 10.0, "optical")


def shown(taken):
    block = taken.blocks[0]
    stretches = multispectral.stretches_of(taken)
    return multispectral.pictures(stretches, block, pictures.observed(block))


def values(bands=6, seed=1):
    return np.random.default_rng(seed).uniform(200, 4000, (bands, 40, 50))


def test_bands_are_found_by_their_role_in_any_order():
    taken = sample(values(4), values(4), FOUR)
    assert positions_of(taken.bands) == (2, 1, 0, 3, None, None)
    assert missing_of(taken.bands) == ("swir1", "swir2")
    one, _two = shown(taken)
    blue, red = taken.blocks[0].pre[2], taken.blocks[0].pre[0]
    assert np.corrcoef(one[0].ravel(), blue.ravel())[0, 1] > 0.99
    assert np.corrcoef(one[2].ravel(), red.ravel())[0, 1] > 0.99


def test_a_band_that_is_missing_is_grey_all_over():
    one, two = shown(sample(values(4), values(4), FOUR))
    assert one.shape == two.shape == (6, 40, 50)
    assert (one[4:] == 128).all()
    assert (two[4:] == 128).all()
    assert one[:4].std() > 40


@pytest.mark.parametrize(("gain", "offset"), [(1, 1000), (0.6, 0), (1e-4, -0.1)])
def test_sensors_and_offsets_cancel_band_by_band(gain, offset):
    gains = gain * np.linspace(0.8, 1.2, 6)[:, None, None]
    one, two = shown(sample(values(), values() * gains + offset))
    assert one.dtype == np.uint8
    assert np.abs(one.astype(int) - two).max() <= 1


def test_what_one_date_lacks_is_grey_at_both():
    pre, post = values(), values(seed=2)
    pre[:, :10] = np.nan
    one, two = shown(sample(pre, post))
    assert (one[:, :10] == 128).all()
    assert (two[:, :10] == 128).all()
    assert (two[:, 10:] != 128).any()


def test_the_brightest_hundredth_is_white_and_no_more():
    ramp = np.broadcast_to(np.arange(2000.0).reshape(40, 50), (6, 40, 50))
    one, _two = shown(sample(ramp, ramp))
    assert (one[0] == 255).mean() == pytest.approx(0.01, abs=0.005)
    assert (one[0] == 0).mean() == pytest.approx(0.01, abs=0.005)


def test_a_band_without_contrast_is_black():
    flat = values()
    flat[3] = 700
    one, _two = shown(sample(flat, values()))
    assert (one[3] == 0).all()

import numpy as np
import pytest

from inference.detectors.base import Sample
from inference.siamese import pictures
from raster.align import PairBand, PairBlock

BANDS = tuple(
    PairBand(role, role, (i,), (i,)) for i, role in enumerate(("red", "green", "blue"), 1)
)


def sample(pre, post, valid=None):
    valid = np.ones(pre.shape[1:], bool) if valid is None else valid
    block = PairBlock(pre.astype(np.float32), post.astype(np.float32), valid, valid)
    return Sample((block,), BANDS, 0.5, "optical")


def ramp(scale=1.0):
    rng = np.random.default_rng(1)
    return np.rint(rng.uniform(10, 200, (3, 40, 50)) * scale)


@pytest.mark.parametrize(
    ("scale", "is_eight_bit"), [(1, True), (0.5, True), (20, False), (0.005, False), (-1, False)]
)
def test_values_of_eight_bits_are_told_from_others(scale, is_eight_bit):
    values = ramp() * scale
    assert pictures.is_eight_bit(sample(values, values)) == is_eight_bit
    assert pictures.is_eight_bit(sample(ramp(), values)) == is_eight_bit


@pytest.mark.parametrize(("gain", "offset"), [(1, 40), (0.6, 0), (1.3, -20)])
def test_light_cancels_before_the_network_looks(gain, offset):
    taken = sample(ramp(20), ramp(20) * gain + 20 * offset)
    block = taken.blocks[0]
    one, two = pictures.pictures(pictures.stretches_of(taken), block, pictures.observed(block))
    assert one.dtype == np.uint8
    assert np.abs(one.astype(int) - two).max() <= 1
    assert one.std() > 40


def test_what_one_date_lacks_is_grey_at_both():
    pre, post = ramp(), ramp() + 5
    pre[:, :10] = np.nan
    taken = sample(pre, post)
    block = taken.blocks[0]
    valid = pictures.observed(block)
    assert not valid[:10].any()
    one, two = pictures.pictures(pictures.stretches_of(taken), block, valid)
    assert (one[:, :10] == 128).all()
    assert (two[:, :10] == 128).all()
    assert (two[:, 10:] != 128).any()


def test_padding_reaches_the_next_multiple_and_counts_as_not_observed():
    picture = np.zeros((3, 33, 64), np.uint8)
    wide = pictures.padded(picture, 32)
    assert wide.shape == (3, 64, 64)
    assert (wide[:, 33:] == 128).all()
    assert pictures.padded(wide, 32) is wide

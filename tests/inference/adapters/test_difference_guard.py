import numpy as np
import pytest

from errors import UnsuitableSceneError
from inference.adapters import difference_guard
from inference.detectors.base import Sample
from raster.align import PairBlock
from tests.scenes import ground, with_houses

SHAPE = (120, 140)


def shares(pre, post, seen=None):
    seen = np.ones(SHAPE, bool) if seen is None else seen
    block = PairBlock(pre, post, seen, seen)
    guard = difference_guard.fit(Sample((block,), (), 0.5, "optical"))
    return guard.share(block)


@pytest.mark.parametrize(("gain", "offset"), [(1, 0), (0.7, 25), (0.5, 0), (1.3, -20)])
def test_brightness_alone_counts_as_no_difference(gain, offset):
    pre = np.rint(ground(SHAPE))
    post = np.rint(np.clip(pre * gain + offset, 0, 255)).astype(np.float32)
    assert shares(pre, post).max() == 0


def test_a_real_difference_counts_in_full_also_where_the_rest_is_merely_brighter():
    pre = np.rint(ground(SHAPE))
    post = np.rint(with_houses(pre, [(40, 50, 30, 30)]) * 0.8 + 10)
    found = shares(pre, post)
    assert found[43:67, 53:77].min() == 1
    assert found[90:, 100:].max() == 0


def test_ordinary_noise_of_two_dates_holds_nothing_back():
    rng = np.random.default_rng(0)
    pre = np.rint(ground(SHAPE))
    post = np.rint(pre + rng.normal(0, 12, pre.shape)).astype(np.float32)
    assert shares(pre, post).min() == 1


def test_values_below_nodata_do_not_count():
    pre, seen = np.rint(ground(SHAPE)), np.ones(SHAPE, bool)
    seen[30:60, 30:60] = False
    found = shares(pre, np.where(seen, pre, np.float32(255)), seen)
    assert found[seen].max() == 0


def test_nothing_observed_is_told():
    pre = ground(SHAPE)
    with pytest.raises(UnsuitableSceneError, match="observed"):
        shares(pre, pre, np.zeros(SHAPE, bool))

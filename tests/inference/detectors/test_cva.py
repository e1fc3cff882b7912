import numpy as np
import pytest

from inference.detectors import cva
from inference.detectors.base import Sample
from raster.align import PairBlock


def block(pre, post):
    everywhere = np.ones(pre.shape[1:], bool)
    return PairBlock(pre, post, everywhere, everywhere)


def ground(bands, size=96):
    rng = np.random.default_rng(0)
    return rng.normal(100, 20, (bands, size, size)).astype(np.float32)


def test_directions_tell_brighter_from_darker_in_each_band():
    pre = ground(2)
    post = pre.copy()
    post[0, 20:40, 20:40] += 60
    post[1, 20:40, 20:40] -= 60
    pair = block(pre, post)
    params = cva.fit(Sample((pair,), (), 10.0, "optical"))
    vectors = cva.directions(params, pair)
    np.testing.assert_allclose(vectors[0, 25:35, 25:35], 60 / pre[0].std(), rtol=0.1)
    np.testing.assert_allclose(vectors[1, 25:35, 25:35], -60 / pre[1].std(), rtol=0.1)
    np.testing.assert_allclose(vectors[:, 60:, 60:], 0, atol=0.02)


def test_directions_are_unknown_where_nothing_was_observed():
    pre = ground(1)
    pair = block(pre, pre + 3)
    pair.pre_valid[3, 4] = False
    params = cva.fit(Sample((pair,), (), 10.0, "optical"))
    assert np.isnan(cva.directions(params, pair)[0, 3, 4])


@pytest.mark.parametrize("bands", [1, 4, 13])
def test_any_number_of_bands_works(bands):
    pre = ground(bands)
    post = pre * 0.5 + 300
    post[:, 30:50, 30:50] += 60
    pair = block(pre, post)
    found = cva.predict(cva.fit(Sample((pair,), (), 10.0, "optical")), pair).score >= 0.5
    assert found[34:46, 34:46].all()
    assert not found[65:].any()


def test_the_halo_covers_both_averages():
    pre = ground(3)
    post = pre + np.random.default_rng(1).normal(0, 4, pre.shape).astype(np.float32)
    pair = block(pre, post)
    params = cva.fit(Sample((pair,), (), 10.0, "optical"))
    before = cva.predict(params, pair).score
    touched = post.copy()
    touched[:, 48, 48] += 500
    changed = cva.predict(params, block(pre, touched)).score != before
    rows, cols = np.nonzero(changed)
    reach = max(48 - rows.min(), rows.max() - 48, 48 - cols.min(), cols.max() - 48)
    assert 0 < reach <= cva.CARD.halo_px

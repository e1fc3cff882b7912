import numpy as np

from inference.detectors import irmad
from inference.detectors.base import Sample
from raster.align import PairBlock


def block(pre, post):
    everywhere = np.ones(pre.shape[1:], bool)
    return PairBlock(pre, post, everywhere, everywhere)


def ground(bands=4, size=128, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(100, 20, (bands, size, size)).astype(np.float32)


def test_bands_mixed_by_another_sensor_are_not_change():
    pre = ground()
    mixing = np.eye(4) + 0.25 * np.random.default_rng(3).normal(size=(4, 4))
    post = np.einsum("ij,jrc->irc", mixing, pre).astype(np.float32)
    post[:, 40:60, 40:60] += 70
    pair = block(pre, post)
    found = irmad.predict(irmad.fit(Sample((pair,), (), 10.0, "optical")), pair).score >= 0.5
    assert found[44:56, 44:56].all()
    found[30:70, 30:70] = False
    assert found.mean() < 0.002


def test_the_halo_covers_both_averages():
    pre = ground(3)
    post = pre + np.random.default_rng(1).normal(0, 4, pre.shape).astype(np.float32)
    pair = block(pre, post)
    params = irmad.fit(Sample((pair,), (), 10.0, "optical"))
    before = irmad.predict(params, pair).score
    touched = post.copy()
    touched[:, 64, 64] += 500
    changed = irmad.predict(params, block(pre, touched)).score != before
    rows, cols = np.nonzero(changed)
    reach = max(64 - rows.min(), rows.max() - 64, 64 - cols.min(), cols.max() - 64)
    assert 0 < reach <= irmad.CARD.halo_px

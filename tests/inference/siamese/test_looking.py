"""A tile is looked at near its core, and from afar in pixels twice as large."""

import numpy as np
import pytest

from inference.siamese import looking
from inference.siamese.looking import AERIAL, AFAR, CLOSER, HALO_PX, ONCE, STRIDE_PX
from raster.stretch import NOT_OBSERVED_GREY


def shown(rows, cols, value=100):
    return np.full((3, rows, cols), value, np.uint8)


class Engine:
    """Says how far the dates lie apart, and keeps what it was shown."""

    def __init__(self):
        self.shapes = []

    def __call__(self, pre, post):
        self.shapes.append(pre.shape)
        assert all(side % STRIDE_PX == 0 for side in pre.shape[1:])
        apart = (post.astype(np.float32) - pre).mean(axis=0)
        return apart, np.stack([pre[0], post[0]]).astype(np.float32)


def test_a_core_is_seen_with_its_halo_where_there_is_ground():
    core = slice(576, 1088), slice(0, 512)
    assert looking.near(core, (1100, 2000)) == (slice(288, 1100), slice(0, 800))
    assert looking.near(None, (300, 400)) == (slice(0, 300), slice(0, 400))
    assert core[0].start - HALO_PX == 288


@pytest.mark.parametrize("shape", [(64, 64), (70, 33), (1, 1)])
def test_both_looks_answer_for_every_pixel(shape):
    engine, pre, post = Engine(), shown(*shape), shown(*shape, value=110)
    change, footprints = looking.once(engine, pre, post)
    afar = looking.from_afar(engine, pre, post)
    assert change.shape == afar.shape == shape
    assert footprints.shape == (2, *shape)
    assert change.dtype == afar.dtype == np.float32
    assert (change == 10).all()


def test_from_afar_pixels_are_means_of_four():
    engine, pre, post = Engine(), shown(64, 64), shown(64, 64)
    post[:, 20, 30] = 140
    afar = looking.from_afar(engine, pre, post)
    assert engine.shapes == [(3, 64 // AFAR, 64 // AFAR)]
    assert afar.max() < 10
    assert afar.sum() == pytest.approx(40, abs=0.1)
    row, col = np.unravel_index(afar.argmax(), afar.shape)
    assert (row // AFAR, col // AFAR) == (10, 15)


def test_what_is_added_at_the_rim_counts_as_not_observed():
    kept = []

    def engine(pre, post):
        kept.append(pre)
        return pre[0].astype(np.float32), np.stack([pre[0], post[0]]).astype(np.float32)

    looking.once(engine, shown(40, 40), shown(40, 40))
    looking.from_afar(engine, shown(40, 40), shown(40, 40))
    for seen, side in zip(kept, (40, 40 // AFAR), strict=True):
        assert (seen[:, side:] == NOT_OBSERVED_GREY).all()
        assert (seen[:, :side, :side] == 100).all()


def test_tiles_see_the_same_from_afar_as_the_whole():
    rng = np.random.default_rng(0)
    pre, post = rng.integers(0, 256, (2, 3, 512, 448)).astype(np.uint8)
    whole = looking.from_afar(Engine(), pre, post)
    step = AFAR * STRIDE_PX
    part = looking.from_afar(Engine(), pre[:, step:, step:], post[:, step:, step:])
    # The outermost pixels are between a rim and what lies beyond it.
    assert np.array_equal(part[1:, 1:], whole[step + 1 :, step + 1 :])


@pytest.mark.parametrize(
    ("gsd_m", "second"),
    [
        (0.28, "afar"),
        (0.419, "afar"),
        (0.42, "none"),
        (0.79, "none"),
        (0.8, "closer"),
        (1.24, "closer"),
        (1.25, "none"),
        (2.0, "none"),
    ],
)
def test_small_pixels_are_seen_from_afar_and_large_ones_from_closer(gsd_m, second):
    assert AERIAL.second(gsd_m) == second
    assert ONCE.second(gsd_m) == AERIAL.second(None) == "none"


@pytest.mark.parametrize("shape", [(64, 64), (70, 33), (1, 1)])
def test_from_closer_pixels_are_quarters_and_each_is_the_mean_of_its_own(shape):
    engine, pre, post = Engine(), shown(*shape), shown(*shape, value=110)
    change = looking.closer(engine, pre, post, looking.near(None, shape))
    seen = [-(-CLOSER * side // STRIDE_PX) * STRIDE_PX for side in shape]
    assert engine.shapes == [(3, *seen)]
    assert change.shape == shape
    assert change.dtype == np.float32
    assert (change == 10).all()


def test_from_closer_only_a_part_is_answered_for_and_parts_equal_the_whole(monkeypatch):
    rng = np.random.default_rng(0)
    pre, post = rng.integers(0, 256, (2, 3, 512, 448)).astype(np.uint8)
    whole = looking.closer(Engine(), pre, post, looking.near(None, (512, 448)))
    assert np.isfinite(whole).all()
    monkeypatch.setattr(looking, "CLOSER_PX", 64)
    monkeypatch.setattr(looking, "CLOSER_HALO_PX", 32)
    part = slice(32, 480), slice(64, 200)
    found = looking.closer(Engine(), pre, post, part)
    assert np.array_equal(found[part], whole[part])
    assert np.isnan(found).sum() == found.size - found[part].size


@pytest.mark.parametrize("second", ["none", "afar", "closer"])
def test_change_is_the_mean_of_both_looks_and_buildings_are_those_of_the_first(second):
    rng = np.random.default_rng(1)
    pre, post = rng.integers(0, 256, (2, 3, 96, 128)).astype(np.uint8)
    core = slice(0, 64), slice(0, 128)
    part = looking.near(core, (96, 128))
    first, footprints = looking.once(Engine(), pre, post)
    again = {
        "none": first,
        "afar": looking.from_afar(Engine(), pre, post),
        "closer": looking.closer(Engine(), pre, post, part),
    }[second]
    change, buildings = looking.look(Engine(), pre, post, core=core, second=second)
    np.testing.assert_array_equal(change[:64], 0.5 * (first + again)[:64])
    np.testing.assert_array_equal(buildings, footprints)

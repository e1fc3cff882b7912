import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.adapters.squares import Squares
from inference.detectors.base import TileScores
from raster.align import PairBlock
from raster.tiling import tiles


def pooled(square):
    """A network that looks at its whole input: every pixel's answer depends on all others."""
    both = square.pre[0] - square.post[0]
    score = np.abs(both - both.mean(dtype=np.float64)) / 100
    return TileScores(score.astype(np.float32), np.ones(score.shape, np.uint8))


def block(shape, seed=0, *, share=1.0):
    rng = np.random.default_rng(seed)
    pre, post = rng.uniform(0, 100, (2, 1, *shape)).astype(np.float32)
    seen = rng.uniform(size=shape) < share
    return PairBlock(pre, post, seen, np.ones(shape, bool))


def cut(whole, tile):
    rows, cols = tile.outer.toslices()
    return PairBlock(
        whole.pre[:, rows, cols],
        whole.post[:, rows, cols],
        whole.pre_valid[rows, cols],
        whole.post_valid[rows, cols],
        tile.inner,
    )


@settings(max_examples=40, deadline=None)
@given(
    shape=st.tuples(st.integers(1, 70), st.integers(1, 70)),
    side=st.sampled_from([8, 16, 24]),
    margin=st.integers(0, 3),
    many=st.integers(1, 3),
)
def test_tiled_equals_whole_though_the_network_pools(shape, side, margin, many):
    squares, whole = Squares(side, margin), block(shape)
    expected = squares.run(whole, pooled)
    for tile in tiles(shape, core_px=many * squares.step_px, halo_px=margin):
        found = squares.run(cut(whole, tile), pooled)
        place = tile.core.toslices()
        np.testing.assert_array_equal(tile.trim(found.score), expected.score[place])
        np.testing.assert_array_equal(tile.trim(found.code), expected.code[place])
    assert np.isfinite(expected.score).all()


def test_scores_are_nan_exactly_where_a_date_was_not_observed():
    whole = block((50, 60), share=0.7)
    found = Squares(16, 2).run(whole, pooled)
    np.testing.assert_array_equal(np.isnan(found.score), ~whole.valid)


def test_values_that_were_not_observed_reach_no_square():
    whole = block((50, 60), share=0.7)
    other = PairBlock(
        np.where(whole.valid, whole.pre, np.float32(np.nan)),
        np.where(whole.valid, whole.post, np.float32(9)),
        whole.pre_valid,
        whole.post_valid,
    )
    one, two = (Squares(16).run(given, pooled).score for given in (whole, other))
    np.testing.assert_array_equal(one, two)


def test_squares_without_a_pixel_are_not_asked_for():
    asked = []

    def score(square):
        asked.append(square)
        return pooled(square)

    whole = block((32, 32), share=0)
    whole.pre_valid[3, 20] = True
    found = Squares(16).run(whole, score)
    assert len(asked) == 1
    assert np.isfinite(found.score).sum() == 1


def test_every_square_has_the_same_size_and_is_filled_with_its_own_mirror_image():
    seen = []

    def score(square):
        seen.append(square.pre[0])
        return pooled(square)

    whole = block((5, 8))
    Squares(8).run(whole, score)
    (only,) = seen
    np.testing.assert_array_equal(only[:5], whole.pre[0])
    np.testing.assert_array_equal(only[5:], whole.pre[0, :1:-1])


@pytest.mark.parametrize(("side", "margin"), [(256, 0), (512, 64), (1024, 128), (4096, 0)])
def test_tiles_hold_whole_squares(side, margin):
    squares = Squares(side, margin)
    assert squares.tile_px % squares.step_px == 0
    assert squares.tile_px >= squares.step_px > margin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import InputError
from inference.training.tuning import split
from inference.training.tuning.split import Block
from tests.inference.training.tuning.grounds import ground, row_of

GAP_PX = 288


def test_about_a_third_of_the_changes_is_kept_and_most_of_the_rest_teaches():
    place = ground(boxes=row_of(12))
    (block,) = split.choose([place], gap_px=GAP_PX)
    kept = place.changed[block.window].sum() / place.changed.sum()
    taught = place.changed[~split.apart([place], [block], gap_px=GAP_PX)[0]].sum()
    assert 0.2 <= kept <= 0.5
    assert taught / place.changed.sum() >= 0.3


@given(seed=st.integers(0, 200), gap_px=st.integers(32, 288))
def test_no_teaching_pixel_lies_nearer_to_a_block_than_the_gap(seed, gap_px):
    rng = np.random.default_rng(seed)
    boxes = [(int(rng.integers(290)), int(rng.integers(1080)), 12, 20) for _box in range(14)]
    place = ground(boxes=boxes)
    try:
        (block,) = split.choose([place], gap_px=gap_px)
    except InputError:
        return
    (out,) = split.apart([place], [block], gap_px=gap_px)
    rows, cols = np.nonzero(~out)
    down = np.maximum(np.maximum(block.top - rows, rows - block.bottom + 1), 0)
    across = np.maximum(np.maximum(block.left - cols, cols - block.right + 1), 0)
    assert np.maximum(down, across).min() > gap_px
    assert place.changed[block.window].any()
    assert (place.changed & ~out).any()


def test_changes_that_lie_close_together_are_refused_with_the_gap_in_metres():
    place = ground((320, 320), row_of(3))
    with pytest.raises(InputError, match="a gap of 144 m"):
        split.choose([place], gap_px=GAP_PX)


def test_of_two_small_places_one_is_kept_as_a_whole():
    places = [ground((320, 320), row_of(3)), ground((320, 320), row_of(2))]
    (block,) = split.choose(places, gap_px=GAP_PX)
    assert block == Block(1, 0, 0, 320, 320)


def test_ground_without_unchanged_labels_cannot_be_a_block_and_the_reason_is_told():
    place = ground(boxes=row_of(12), known=False)
    with pytest.raises(InputError, match="Too little ground is known to be unchanged") as refused:
        split.choose([place], gap_px=GAP_PX)
    assert "larger area" in refused.value.hint

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.windows import Window

from inference.segmentation import overlaps
from raster.instances import Instance, cut


def block(left, top, width, height, score):
    return Instance(top, left, np.ones((height, width), bool), score)


def owners(things, shape=(60, 60)):
    total = np.zeros(shape, int)
    for thing in things:
        total[thing.window.toslices()] += thing.mask
    return total


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 30), st.integers(0, 30), st.integers(1, 30), st.integers(1, 30),
            st.floats(0, 1),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_settled_things_never_overlap_and_the_surest_is_always_whole(blocks):
    things = [block(*values) for values in blocks]
    found = overlaps.settle(things)
    assert owners(found).max(initial=0) <= 1
    if things:
        best = max(things, key=lambda thing: (thing.score, thing.pixels))
        assert any(t.score == best.score and t.pixels == best.pixels for t in found)
    assert [thing.score for thing in overlaps.settle(things[::-1])] == [t.score for t in found]


def test_of_two_readings_of_one_thing_the_surer_stays():
    found = overlaps.settle([block(5, 5, 20, 20, 0.7), block(6, 6, 20, 20, 0.9)])
    assert [(thing.left, thing.score) for thing in found] == [(6, 0.9)]


def test_a_pool_surer_than_its_lawn_stays_and_is_cut_out_of_it():
    pool, lawn = block(20, 20, 8, 8, 0.9), block(5, 5, 40, 40, 0.8)
    found = sorted(overlaps.settle([lawn, pool]), key=lambda thing: thing.pixels)
    assert [thing.pixels for thing in found] == [64, 1600 - 64]


def test_a_dormer_less_sure_than_its_roof_goes():
    found = overlaps.settle([block(20, 20, 8, 8, 0.7), block(5, 5, 40, 40, 0.8)])
    assert [thing.pixels for thing in found] == [1600]


def test_a_block_goes_when_surer_houses_cover_most_of_it():
    houses = [block(5, 5, 18, 40, 0.9), block(25, 5, 18, 40, 0.85)]
    found = overlaps.settle([*houses, block(5, 5, 40, 40, 0.8)])
    assert sorted(thing.score for thing in found) == [0.85, 0.9]


def test_sizes_are_limited_before_anything_is_claimed():
    things = [block(0, 0, 50, 50, 0.9), block(10, 10, 10, 10, 0.8), block(30, 30, 2, 2, 0.7)]
    found = overlaps.settle(things, least_px=10, most_px=500)
    assert [thing.score for thing in found] == [0.8]


def test_what_is_left_of_a_thing_is_one_piece():
    across = block(0, 18, 60, 10, 0.9)
    found = overlaps.settle([block(20, 0, 10, 60, 0.8), across])
    lower = min(found, key=lambda thing: thing.score)
    assert (lower.top, lower.pixels) == (28, 320)


def test_nothing_settles_to_nothing():
    assert overlaps.settle([]) == ()
    assert overlaps.belonging([], []) == ()
    assert overlaps.held([], [block(0, 0, 2, 2, 1.0)], 0.5).shape == (0, 1)


def test_pieces_of_a_long_thing_belong_together_and_others_do_not():
    seen = [Window(0, 0, 30, 60), Window(20, 0, 30, 60), Window(40, 0, 20, 60)]
    road = [block(0, 10, 30, 4, 0.9), block(20, 10, 30, 4, 0.8), block(40, 10, 20, 4, 0.7)]
    other = block(20, 40, 10, 4, 0.9)
    groups = overlaps.belonging([*road, other], [*seen, seen[0]])
    assert sorted(map(len, groups)) == [1, 3]
    whole = overlaps.union(road)
    assert (whole.left, whole.pixels) == (0, 240)
    assert whole.score == pytest.approx((0.9 * 120 + 0.8 * 120 + 0.7 * 80) / 320)


def test_pieces_that_disagree_where_both_windows_looked_stay_apart():
    seen = [Window(0, 0, 30, 60), Window(20, 0, 40, 60)]
    pieces = [block(0, 10, 30, 20, 0.9), block(20, 10, 40, 4, 0.9)]
    assert len(overlaps.belonging(pieces, seen)) == 2


def test_held_tells_the_share_of_a_piece_that_a_thing_holds():
    piece = block(0, 0, 10, 10, 1.0)
    things = [block(3, 0, 30, 30, 1.0), block(4, 0, 30, 30, 1.0), block(40, 40, 5, 5, 1.0)]
    assert overlaps.held([piece], things, 0.7).tolist() == [[True, False, False]]


def test_painting_clips_to_the_canvas():
    canvas = np.zeros((5, 5), bool)
    overlaps.paint(canvas, block(8, 8, 10, 10, 1.0), (6, 6))
    assert canvas.sum() == 9
    overlaps.paint(canvas, cut(np.ones((2, 2), bool), 1.0, top=50, left=50), (6, 6))
    assert canvas.sum() == 9

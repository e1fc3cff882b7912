import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.counting.agreement import agree, clusters, together
from inference.counting.second_look import ALIKE, SUPPORTED, Seen, look
from raster.instances import Instance, cut
from tests.pictures import picture
from tests.scenes import ground

SHAPE = (120, 140)


def thing(top, left, height, width, score=0.9):
    return Instance(top, left, np.ones((height, width), bool), score)


def seen(things, *, level=230, seed=0, valid=None):
    """One date that shows some things, and how sure it is of each."""
    image = (ground(SHAPE, seed=seed) - 120) * 0.6 + 100
    support = np.zeros(SHAPE, np.uint8)
    for one in things:
        image[(slice(None), *one.window.toslices())] = level
        support[one.window.toslices()] = round(255 * one.score)
    return Seen(picture(image, valid=valid), support)


def settled(pre, post, pre_seen=None, post_seen=None):
    return list(agree(pre, post, pre_seen or seen(pre), post_seen or seen(post)))


def outlines(things):
    return sorted((one.top, one.left, *one.mask.shape) for one in things)


def test_things_of_one_place_come_together_and_others_alone():
    pre = (thing(10, 10, 20, 20), thing(60, 10, 20, 20))
    post = (thing(12, 11, 20, 20), thing(60, 80, 20, 20))
    found = sorted((outlines(ours), outlines(theirs)) for ours, theirs in clusters(pre, post))
    assert found == [
        ([], [(60, 80, 20, 20)]),
        ([(10, 10, 20, 20)], [(12, 11, 20, 20)]),
        ([(60, 10, 20, 20)], []),
    ]


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6),
       st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6))  # fmt: skip
def test_no_thing_is_lost_or_doubled(pre_at, post_at):
    pre, post = (tuple(thing(*at, 15, 12) for at in side) for side in (pre_at, post_at))
    found = list(clusters(pre, post))
    for side, things in enumerate((pre, post)):
        assert sorted(id(one) for place in found for one in place[side]) == sorted(map(id, things))


def test_one_thing_seen_alike_keeps_its_two_outlines():
    pre, post = (thing(10, 10, 30, 30),), (thing(11, 10, 30, 31),)
    (place,) = settled(pre, post)
    assert (place.pre, place.post) == (pre, post)
    assert place.pre_looks[0].verdict == place.post_looks[0].verdict == "present"


@pytest.mark.parametrize("is_swapped", [False, True])
def test_a_thing_cut_in_two_on_the_same_ground_gets_the_outlines_of_the_surer_date(is_swapped):
    whole = (thing(30, 30, 30, 50, 0.9),)
    parts = (thing(30, 30, 30, 24, 0.8), thing(30, 55, 30, 25, 0.8))
    sides, dates = (whole, parts), (seen(whole), seen(whole))
    if is_swapped:
        sides = parts, whole
    (place,) = settled(*sides, *dates)
    assert outlines(place.pre) == outlines(place.post) == outlines(whole)


def test_a_thing_of_which_half_is_gone_keeps_its_two_outlines():
    pre, post = (thing(30, 30, 30, 60),), (thing(30, 30, 30, 30),)
    (place,) = settled(pre, post)
    assert (place.pre, place.post) == (pre, post)


def test_a_thing_drawn_larger_where_the_other_date_is_nearly_as_sure_is_one():
    pre, post = (thing(30, 30, 30, 30, 0.8),), (thing(30, 30, 30, 42, 0.9),)
    faint = seen(pre)
    faint.support[30:60, 60:72] = 110
    (place,) = settled(pre, post, faint, seen(post))
    assert outlines(place.pre) == outlines(place.post) == [(30, 30, 30, 42)]


def test_nothing_at_both_dates_is_no_place():
    assert settled((), ()) == []


def test_together_holds_every_pixel_once():
    one, other = thing(5, 5, 10, 10), thing(10, 12, 10, 10)
    both = together((one, other))
    assert both.pixels == 200 - 5 * 3
    assert (both.top, both.left, both.mask.shape) == (5, 5, (15, 17))


class TestSecondLooks:
    one = thing(40, 50, 24, 30)

    def test_the_same_ground_is_present_though_nothing_was_found_there(self):
        unfound = Seen(seen((self.one,)).picture, np.zeros(SHAPE, np.uint8))
        found = look(self.one, seen((self.one,)), unfound)
        assert (found.support, found.verdict) == (0, "present")
        assert found.likeness > ALIKE

    def test_support_at_the_other_date_is_present_though_it_looks_different(self):
        other = Seen(seen((), seed=7).picture, seen((self.one,)).support)
        found = look(self.one, seen((self.one,)), other)
        assert found.verdict == "present"
        assert found.support > SUPPORTED

    def test_other_ground_without_support_is_absent(self):
        found = look(self.one, seen((self.one,)), seen((), seed=7))
        assert found.verdict == "absent"

    def test_support_is_found_two_pixels_away(self):
        moved = seen((thing(42, 48, 24, 30),))
        assert look(self.one, seen((self.one,)), moved).support == pytest.approx(0.9, abs=0.01)

    @pytest.mark.parametrize(("share", "verdict"), [(0.6, "not seen"), (0.3, "present")])
    def test_half_of_it_must_have_been_observed(self, share, verdict):
        valid = np.ones(SHAPE, bool)
        valid[:, 50 : 50 + round(30 * share)] = False
        other = seen((self.one,), valid=valid)
        assert look(self.one, seen((self.one,)), other).verdict == verdict

    def test_things_at_the_corner_of_the_image_and_of_one_pixel_are_looked_at(self):
        corner, dot = thing(0, 0, 9, 9), cut(np.ones((1, 1), bool), 0.9, top=119, left=139)
        for one in (corner, dot):
            found = look(one, seen((one,)), seen((one,)))
            assert found.verdict == "present"

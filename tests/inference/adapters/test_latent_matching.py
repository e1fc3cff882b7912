import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.adapters import latent_matching
from inference.adapters.latent_matching import Query, Seen
from raster.instances import Instance, cut

SHAPE = (64, 64)


def thing(rows, cols):
    mask = np.zeros(SHAPE, bool)
    mask[rows, cols] = True
    found = cut(mask, 0.9)
    assert isinstance(found, Instance)
    return found


def features(angle_deg=0.0, *, where=None):
    """Two channels, 8 x 8: a unit vector along the first axis, turned where asked for."""
    turned = np.zeros((8, 8)) if where is None else np.where(where, np.radians(angle_deg), 0)
    return np.stack([np.cos(turned), np.sin(turned)]).astype(np.float32)


LEFT_HALF = np.arange(8)[None, :].repeat(8, 0) < 4
HOUSE = thing(slice(8, 24), slice(8, 24))
FIELD = thing(slice(32, 64), slice(32, 64))


def test_a_thing_has_changed_by_the_angle_between_its_features():
    pre, post = features(), features(50, where=LEFT_HALF)
    found = latent_matching.angles(Seen(pre, (HOUSE, FIELD)), Seen(post, ()), SHAPE, most_share=0.8)
    np.testing.assert_allclose(found[8:24, 8:24], 50, atol=1e-3)
    assert not found[32:, 32:].any()
    assert not found[:8].any()


def test_things_of_either_date_count_and_swapped_dates_agree():
    pre, post = Seen(features(), ()), Seen(features(70, where=LEFT_HALF), (HOUSE,))
    one = latent_matching.angles(pre, post, SHAPE, most_share=0.8)
    two = latent_matching.angles(post, pre, SHAPE, most_share=0.8)
    np.testing.assert_array_equal(one, two)
    np.testing.assert_allclose(one[8:24, 8:24], 70, atol=1e-3)


def test_of_things_within_each_other_the_largest_angle_is_kept():
    block = thing(slice(0, 64), slice(0, 60))
    pre = Seen(features(), (block, HOUSE))
    post = Seen(features(80, where=LEFT_HALF), ())
    found = latent_matching.angles(pre, post, SHAPE, most_share=1.0)
    assert found[16, 16] == pytest.approx(80, abs=1e-3)
    assert 20 < found[40, 40] < 60


def test_things_as_large_as_the_square_are_ground():
    whole = thing(slice(0, 64), slice(0, 60))
    pre, post = Seen(features(), (whole,)), Seen(features(90, where=LEFT_HALF), ())
    assert not latent_matching.angles(pre, post, SHAPE, most_share=0.8).any()


def test_equal_features_have_no_angle_at_all():
    random = np.random.default_rng(0).normal(size=(16, 8, 8)).astype(np.float32)
    seen = Seen(random, (HOUSE, FIELD))
    assert not latent_matching.angles(seen, seen, SHAPE, most_share=0.8).any()


def test_a_cell_counts_as_far_as_the_thing_covers_it():
    values = np.zeros((1, 8, 8), np.float32)
    values[0, 0, 0], values[0, 0, 1] = 4.0, 1.0
    third = thing(slice(0, 8), slice(6, 14))
    found = latent_matching.mean_features(values, third, SHAPE)
    np.testing.assert_allclose(found, [(2 * 4 + 6 * 1) / 8])


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 180), st.floats(0.1, 50), st.floats(0.1, 50))
def test_angles_do_not_depend_on_length(angle, one, two):
    a = np.array([one, 0, 0], np.float32)
    b = two * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle)), 0], np.float32)
    assert latent_matching.angle_deg(a, b) == pytest.approx(angle, abs=0.05)


def test_the_last_scaling_of_the_encoder_is_undone():
    plain = np.random.default_rng(1).normal(size=(3, 4, 4)).astype(np.float32)
    weight, bias = [2.0, 0.5, 7.0], [1.0, -3.0, 0.0]
    scaled = plain * np.array(weight)[:, None, None] + np.array(bias)[:, None, None]
    np.testing.assert_allclose(latent_matching.unscaled(scaled, weight, bias), plain, atol=1e-5)


def test_things_at_a_place_come_with_their_angle_and_the_smallest_first():
    block = thing(slice(0, 40), slice(0, 40))
    pre = Seen(features(), (block,))
    post = Seen(features(50, where=LEFT_HALF), (HOUSE,))

    def at(row, col, most_share=0.8):
        return latent_matching.things_at(pre, post, SHAPE, row=row, col=col, most_share=most_share)

    house, around = at(16, 16)
    assert (house[1].pixels, around[1].pixels) == (HOUSE.pixels, block.pixels)
    assert house[0] == pytest.approx(50, abs=1e-3)
    assert [query.pixels for _angle, query in at(30, 30)] == [block.pixels]
    assert at(60, 5) == []
    assert [query.pixels for _angle, query in at(16, 16, most_share=0.1)] == [HOUSE.pixels]


@pytest.mark.parametrize(
    ("turned_deg", "pixels", "is_alike"),
    [
        (0, 100, True),
        (59, 100, True),
        (61, 100, False),
        (0, 399, True),
        (0, 400, False),
        (0, 25, False),
    ],
)
def test_things_alike_have_similar_features_and_a_similar_size(turned_deg, pixels, is_alike):
    turned = np.radians(turned_deg)
    query = Query(np.array([1, 0], np.float32), 100)
    features = np.array([np.cos(turned), np.sin(turned)], np.float32)
    assert query.matches(features, pixels) == is_alike


def test_with_a_query_only_things_alike_are_flagged():
    other = thing(slice(8, 24), slice(40, 56))
    right_turned = features(120, where=~LEFT_HALF)
    post = Seen(right_turned, (HOUSE, other))
    pre = Seen(features(50, where=LEFT_HALF), ())
    query = Query(np.array([1, 0], np.float32), HOUSE.pixels)
    found = latent_matching.angles(pre, post, SHAPE, most_share=0.8, queries=[query])
    assert found[16, 16] == pytest.approx(50, abs=1e-3)
    assert not found[8:24, 40:56].any()

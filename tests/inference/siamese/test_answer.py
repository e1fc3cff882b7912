import numpy as np
import pytest

from inference.siamese import answer


def logit(share):
    return float(np.log(share / (1 - share)))


@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.83])
def test_half_is_the_threshold_of_the_network(threshold):
    logits = np.array([[logit(threshold), logit(threshold) + 1, -90, 90]], np.float32)
    score = answer.scores(logits, threshold=threshold)
    assert score.dtype == np.float32
    np.testing.assert_allclose(score[0, :2], [0.5, 1 / (1 + np.exp(-1))], rtol=1e-5)
    assert score[0, 2] < 1e-9
    assert score[0, 3] == 1


def test_what_the_network_cannot_say_has_no_score():
    assert np.isnan(answer.scores(np.full((1, 1), np.nan, np.float32), threshold=0.5)).all()


def test_only_the_surroundings_of_a_difference_are_not_the_same():
    pre = np.full((3, 100, 100), 90, np.uint8)
    post = pre.copy()
    post[1, 50, 50] += 1
    same = answer.is_same(pre, post)
    assert not same[50 - answer.SAME_PX : 51 + answer.SAME_PX, 50].any()
    assert same.sum() == 100 * 100 - (2 * answer.SAME_PX + 1) ** 2


def test_a_building_that_came_went_or_stayed_has_its_direction():
    score = np.zeros((60, 160), np.float32)
    footprints = np.full((2, 60, 160), -8, np.float32)
    for left, (pre, post) in zip((10, 60, 110), ((-8, 8), (8, -8), (8, 8)), strict=True):
        part = (slice(20, 40), slice(left, left + 20))
        score[part] = 0.9
        footprints[0][part], footprints[1][part] = pre, post
    found = answer.directions(score, footprints)
    for left, direction in ((10, 1), (60, -1), (110, 0)):
        assert set(np.unique(found[20:40, left : left + 20])) == {direction}


def test_swapped_dates_turn_every_direction():
    rng = np.random.default_rng(3)
    score = rng.uniform(0, 1, (40, 50)).astype(np.float32)
    footprints = rng.normal(0, 4, (2, 40, 50)).astype(np.float32)
    np.testing.assert_array_equal(
        answer.directions(score, footprints), -answer.directions(score, footprints[::-1])
    )


def test_a_direction_does_not_depend_on_where_a_tile_begins():
    rng = np.random.default_rng(4)
    score = rng.uniform(0, 1, (90, 120)).astype(np.float32)
    footprints = rng.normal(0, 4, (2, 90, 120)).astype(np.float32)
    whole = answer.directions(score, footprints)
    part = answer.directions(score[10:, 31:], footprints[:, 10:, 31:])
    reach = answer.MEETING_PX
    np.testing.assert_array_equal(part[reach:, reach:], whole[10 + reach :, 31 + reach :])


def test_pixels_without_a_score_have_no_say():
    score = np.full((30, 30), 0.8, np.float32)
    footprints = np.stack([np.full((30, 30), -8), np.full((30, 30), 8)]).astype(np.float32)
    score[:, :15] = np.nan
    footprints[:, :, :15] = np.nan
    assert (answer.directions(score, footprints)[:, 15:] == 1).all()

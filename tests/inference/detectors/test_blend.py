import numpy as np
import pytest

from errors import UnsuitableSceneError
from inference import registry
from inference.detectors import blend
from inference.detectors.base import CHANGED, Card, Sample
from inference.members import Member
from inference.score_files import SCORE_STEPS
from raster.align import PairBlock
from raster.tiling import tiles
from tests.inference.detectors.says import BLANK, SHAPE, Says, pair
from tests.scenes import ground


def asked(*methods):
    found = blend.predict(blend.Params(tuple(Member(one, None) for one in methods)), BLANK)
    assert found.score.shape == SHAPE
    assert (found.code == CHANGED.code).all()
    return found


@pytest.mark.parametrize(
    ("scores", "mean"), [((0.9, 0.6, 0.3), 0.6), ((0.9, 0.3, 0.2), 1.4 / 3), ((0.0,) * 3, 0.0)]
)
def test_the_score_is_how_sure_the_methods_are_on_average(scores, mean):
    assert asked(*map(Says, scores)).score == pytest.approx(mean)


def test_every_method_is_measured_by_its_own_threshold():
    methods = (Says(0.4, threshold=0.4), Says(0.5), Says(0.8, threshold=0.8))
    assert asked(*methods).score == pytest.approx(0.5)


def test_where_one_method_could_not_look_nothing_is_said():
    assert np.isnan(asked(Says(0.9), Says(np.nan), Says(0.9)).score).all()


def test_every_pixel_tells_which_methods_call_it_changed():
    assert (asked(Says(0.9), Says(0.1), Says(0.6)).votes == 0b101).all()


def test_its_methods_have_fixed_thresholds_and_its_tiles_reach_as_far_as_they_look():
    cards: list[Card] = [registry.card(name) for name in blend.MEMBERS]
    assert {card.threshold for card in cards} == {"fixed"}
    assert {card.align_px for card in cards} == {1}
    assert blend.CARD.halo_px == max(card.halo_px for card in cards)
    assert blend.CARD.min_bands == max(card.min_bands for card in cards)
    assert blend.CARD.gsd_range_m[1] == min(card.gsd_range_m[1] for card in cards)


def test_it_finds_a_new_house_and_names_who_saw_it():
    sample = pair()
    params = blend.fit(sample)
    found = blend.predict(params, sample.blocks[0])
    assert blend.voters(params) == ("cva", "irmad", "structure")
    assert found.score[35:55, 45:65].mean() > 0.5
    assert found.score[80:, 90:].max() < 0.5
    titles = blend.remarks(params).record["members"]
    assert tuple(titles) == blend.voters(params)
    assert titles["cva"]["title"] == registry.card("cva").title


def test_a_pair_of_one_picture_shows_nothing():
    pre = np.rint(ground((96, 96)))
    seen = np.ones(pre.shape[1:], bool)
    block = PairBlock(pre, pre.copy(), seen, seen)
    found = blend.predict(blend.fit(Sample((block,), (), 10.0, "optical")), block)
    assert found.score.max() < 0.5


def test_tiles_with_their_halo_give_the_scores_of_the_whole():
    sample = pair()
    params, block = blend.fit(sample), sample.blocks[0]
    whole = np.rint(blend.predict(params, block).score * SCORE_STEPS)
    for tile in tiles(block.pre_valid.shape, core_px=48, halo_px=blend.CARD.halo_px):
        rows, cols = tile.outer.toslices()
        seen = np.ones(block.pre_valid[rows, cols].shape, bool)
        part = PairBlock(block.pre[:, rows, cols], block.post[:, rows, cols], seen, seen)
        found = tile.trim(np.rint(blend.predict(params, part).score * SCORE_STEPS))
        np.testing.assert_array_equal(found, whole[tile.core.toslices()])


def test_swapped_dates_give_the_same_score():
    sample = pair()
    block = sample.blocks[0]
    other = PairBlock(block.post, block.pre, block.post_valid, block.pre_valid)
    swapped = Sample((other,), sample.bands, 10.0, "optical")
    found = blend.predict(blend.fit(sample), block).score
    assert blend.predict(blend.fit(swapped), other).score == pytest.approx(found, abs=1e-3)


def test_a_pair_without_common_ground_is_refused():
    pre = ground((40, 40))
    seen = np.ones((40, 40), bool)
    block = PairBlock(pre, pre, seen, ~seen)
    with pytest.raises(UnsuitableSceneError):
        blend.fit(Sample((block,), (), 10.0, "optical"))

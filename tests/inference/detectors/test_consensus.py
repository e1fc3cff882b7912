import numpy as np
import pytest

from errors import UnsuitableSceneError
from inference import registry
from inference.detectors import consensus
from inference.detectors.base import CHANGED, Card, Remarks
from raster.mask import ChangeClass
from tests.inference.detectors.says import BLANK, SHAPE, Says, pair

APPEARED = ChangeClass(1, "built", "built", "appeared", "#111111")
VANISHED = ChangeClass(2, "gone", "gone", "vanished", "#222222")


def asked(*methods):
    params = consensus.Params(tuple(consensus.Member(one, None) for one in methods))
    found = consensus.predict(params, BLANK)
    assert found.score.shape == SHAPE
    assert len(np.unique(found.score)) == 1
    return float(found.score[0, 0]), int(found.code[0, 0])


@pytest.mark.parametrize(
    ("scores", "is_changed"),
    [
        ((0.9, 0.1), False),
        ((0.9, 0.6), True),
        ((0.9, 0.8, 0.1), True),
        ((0.9, 0.2, 0.1), False),
        ((0.9, 0.9, 0.1, 0.1), False),
        ((0.9, 0.9, 0.5, 0.1), True),
    ],
)
def test_change_is_what_more_than_half_of_the_methods_call_change(scores, is_changed):
    agreed, _code = asked(*map(Says, scores))
    assert (agreed >= 0.5) == is_changed
    assert agreed in np.float32(scores)


def test_every_method_is_measured_by_its_own_threshold():
    assert asked(Says(0.45, threshold=0.4), Says(0.8, threshold=0.75))[0] >= 0.5
    assert asked(Says(0.35, threshold=0.4), Says(0.8, threshold=0.75))[0] < 0.5
    assert asked(Says(0.4, threshold=0.4), Says(0.75, threshold=0.75))[0] == pytest.approx(0.5)


def test_a_method_without_a_score_does_not_vote():
    assert asked(Says(0.9), Says(0.7), Says(np.nan))[0] == pytest.approx(0.7)
    assert asked(Says(0.9), Says(np.nan), Says(np.nan))[0] == pytest.approx(0.9)
    assert np.isnan(asked(Says(np.nan), Says(np.nan))[0])


def test_a_direction_is_kept_where_none_contradicts_it():
    told = {"classes": (APPEARED, VANISHED)}
    plain, up, down = Says(0.9), Says(0.9, 1, **told), Says(0.9, 2, **told)
    assert asked(plain, up)[1] == consensus.APPEARED.code
    assert asked(plain, down)[1] == consensus.VANISHED.code
    assert asked(plain, up, down)[1] == CHANGED.code
    assert asked(plain, plain)[1] == CHANGED.code
    unheard = Says(0.1, 2, **told)
    assert asked(up, plain, unheard)[1] == consensus.APPEARED.code


def test_its_methods_have_fixed_thresholds_and_see_no_farther_than_its_tiles_reach():
    for name in consensus.MEMBERS:
        card: Card = registry.card(name)
        assert card.threshold == "fixed"
        assert card.halo_px <= consensus.CARD.halo_px
        assert consensus.CARD.align_px % card.align_px == 0
        assert consensus.CARD.halo_px % card.align_px == 0


def test_every_method_that_suits_takes_part_and_is_named():
    params = consensus.fit(pair())
    names = [member.detector.CARD.name for member in params.members]
    # Pixels of 10 m are too large for the learned one.
    assert names == ["cva", "irmad", "structure"]
    remarks = consensus.remarks(params)
    assert isinstance(remarks, Remarks)
    assert list(remarks.record["members"]) == names


def test_it_finds_what_its_methods_find():
    sample = pair()
    found = consensus.predict(consensus.fit(sample), sample.blocks[0]).score
    assert found[35:55, 45:65].mean() > 0.5
    assert found[80:, 90:].max() < 0.5


def test_every_pixel_tells_which_methods_call_it_changed():
    members = [Says(0.9), Says(0.1), Says(0.45, threshold=0.4), Says(np.nan)]
    params = consensus.Params(tuple(consensus.Member(one, None) for one in members))
    found = consensus.predict(params, BLANK).votes
    assert found.dtype == np.uint8
    assert (found == 0b101).all()


def test_votes_and_scores_agree_on_what_most_methods_call_change():
    sample = pair()
    params = consensus.fit(sample)
    found = consensus.predict(params, sample.blocks[0])
    assert len(consensus.voters(params)) == 3
    is_most = np.bitwise_count(found.votes) >= 2
    assert is_most.any()
    steps = np.rint(found.score * 4096)
    np.testing.assert_array_equal(is_most, steps >= 2048)


def test_directions_that_no_method_tells_are_not_assessed():
    told = consensus.Member(Says(0.9, classes=(CHANGED, APPEARED)), None)
    plain = consensus.Member(Says(0.9), None)
    assert consensus.assessable(consensus.Params((plain, plain))) == (CHANGED,)
    assert consensus.assessable(consensus.Params((plain, told))) == (CHANGED, consensus.APPEARED)


def test_radar_is_refused():
    with pytest.raises(UnsuitableSceneError, match="Fewer than two"):
        consensus.fit(pair(sensor="sar"))


def test_a_single_method_is_no_agreement(monkeypatch):
    monkeypatch.setattr(consensus, "MEMBERS", ("cva",))
    with pytest.raises(UnsuitableSceneError, match="Fewer than two"):
        consensus.fit(pair())


def test_pixels_too_large_for_the_learned_method_are_taken_as_they_are():
    assert consensus.working_gsd_m(10.0) == 10.0

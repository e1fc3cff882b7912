"""Caption metrics against cases worked by hand; apart for changed and unchanged pairs."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.caption_metrics import (
    CaptionPair,
    Weights,
    bleu_pct,
    by_change,
    meteor_like,
    rouge_l,
    words_of,
)

CAT = CaptionPair("the cat sat on the mat", ("the cat is on the mat",), is_changed=True)
KNOWN = ["a", "new", "road", "house", "appears", "near", "the", "trees"]
SENTENCES = st.lists(st.sampled_from(KNOWN), min_size=4, max_size=12).map(" ".join)


def pair(prediction, *references, is_changed=True):
    return CaptionPair(prediction, references, is_changed)


def test_words_are_lower_case_and_without_punctuation():
    assert words_of("The house's roof, NEW (red).") == ("the", "house's", "roof", "new", "red")


@pytest.mark.parametrize(
    ("order", "precisions"), [(1, (5 / 6,)), (2, (5 / 6, 3 / 5)), (3, (5 / 6, 3 / 5, 1 / 4))]
)
def test_bleu_is_the_geometric_mean_of_the_shares_of_common_sequences(order, precisions):
    """Of six words five are common, of five pairs three, of four triples one (`on the mat`)."""
    expected = 100 * math.prod(precisions) ** (1 / order)
    assert bleu_pct([CAT], order) == pytest.approx(expected)


def test_bleu_is_zero_without_a_common_sequence_and_punishes_short_captions():
    assert bleu_pct([CAT], 4) == 0
    short = pair("the cat", "the cat is on the mat")
    assert bleu_pct([short], 1) == pytest.approx(100 * math.exp(1 - 6 / 2))


def test_bleu_counts_a_word_no_more_often_than_a_reference_has_it():
    """The example of Papineni et al. (2002): seven times `the` where references have two."""
    seven = pair("the the the the the the the", "the cat is on the mat",
                 "there is a cat on the mat")  # fmt: skip
    assert bleu_pct([seven], 1) == pytest.approx(100 * 2 / 7)


def test_bleu_takes_pairs_with_different_numbers_of_references():
    several = [CAT, pair("a road", "a road", "one road")]
    assert bleu_pct(several, 1) == pytest.approx(100 * 7 / 8)


def test_rouge_l_rests_on_the_longest_common_subsequence():
    """`the cat on the mat`: five of six words on both sides, so that every mean of them is 5/6."""
    assert rouge_l(CAT) == pytest.approx(5 / 6)
    uneven = pair("a b", "a b c d")
    assert rouge_l(uneven) == pytest.approx((1 + 1.44) * 1 * 0.5 / (0.5 + 1.44 * 1))


def test_meteor_like_punishes_broken_runs():
    """Five matches in two runs: 5/6 (1 - 0.5 (2/5)^3)."""
    assert meteor_like(CAT) == pytest.approx(5 / 6 * (1 - 0.5 * (2 / 5) ** 3))


def test_meteor_like_finds_stems_but_no_synonyms():
    assert meteor_like(pair("roads appeared", "road appears")) == pytest.approx(1 - 0.5 / 2**3)
    assert meteor_like(pair("a building", "one house")) == 0


def test_cider_d_of_a_caption_equal_to_its_reference_is_ten():
    pairs = [pair("a new road appears here", "a new road appears here"),
             pair("trees were cut down", "trees were cut down")]  # fmt: skip
    assert [Weights.of(pairs).cider_d(one) for one in pairs] == pytest.approx([10, 10])


def test_cider_d_is_worked_by_hand():
    """Two pairs; `a` is in both (weight 0), `b`, `c`, `a b`, `a c` in one (weight log 2).

    Words: prediction (a b) and reference (a b) are equal. The other: prediction (a b) against
    (a c) has nothing of weight in common.
    """
    pairs = [pair("a b", "a b"), pair("a b", "a c")]
    weights = Weights.of(pairs)
    assert weights.cider_d(pairs[0]) == pytest.approx(10 * 2 / 4)
    assert weights.cider_d(pairs[1]) == 0


def test_cider_d_falls_with_the_difference_of_the_lengths():
    pairs = [pair("x y x y x y", "x y"), pair("z", "z")]
    one = math.exp(-(4**2) / (2 * 6**2))
    # Words: counts clip at the reference's (1,1) against norms sqrt(18), sqrt(2).
    words = 2 / (math.sqrt(18) * math.sqrt(2))
    # Pairs of words: (x y) three times, (y x) twice, the latter in no reference.
    twos = 3 * 1 / (math.sqrt(9 + 4) * 1) / 3
    assert Weights.of(pairs).cider_d(pairs[0]) == pytest.approx(10 * one * (words + twos) / 4)


def test_scores_are_split_into_changed_and_unchanged_pairs():
    pairs = [CAT, pair("nothing changed", "nothing changed", is_changed=False)]
    scores = by_change(pairs)
    assert {name: one.pairs for name, one in scores.items()} == {
        "all": 2, "changed": 1, "unchanged": 1,
    }  # fmt: skip
    assert scores["unchanged"].rouge_l_pct == 100
    assert scores["changed"].rouge_l_pct == pytest.approx(100 * 5 / 6)
    mean = (scores["changed"].cider_d + scores["unchanged"].cider_d) / 2
    assert scores["all"].cider_d == pytest.approx(mean)


def test_a_part_without_pairs_has_no_score():
    assert set(by_change([CAT])) == {"all", "changed"}


def test_a_caption_without_references_is_refused():
    with pytest.raises(ValueError, match="reference"):
        by_change([pair("a road")])


def test_an_empty_caption_scores_nothing():
    scores = by_change([pair("", "a road"), pair("a", "a road")])["all"]
    assert scores.bleu_pct[1] == 0
    assert scores.rouge_l_pct < 50


@given(prediction=SENTENCES, reference=SENTENCES)
def test_nothing_is_liker_to_a_caption_than_itself(prediction, reference):
    pairs = [pair(prediction, reference), pair("z z z z", "z z z z")]
    weights = Weights.of(pairs)
    for metric, most in ((rouge_l, 1), (meteor_like, 1), (weights.cider_d, 10)):
        assert -1e-9 <= metric(pairs[0]) <= most + 1e-9
        assert metric(pair(reference, reference)) >= metric(pairs[0]) - 1e-9

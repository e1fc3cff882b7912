import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.filters import threshold_otsu

from inference import threshold

BINS = 257


def histogram(scores, bins=BINS):
    return np.bincount(np.rint(np.clip(scores, 0, 1) * (bins - 1)).astype(int), minlength=bins)


def two_classes(share=0.2, apart=0.5, seed=0, count=20_000):
    rng = np.random.default_rng(seed)
    changed = rng.normal(0.2 + apart, 0.05, int(count * share))
    return histogram(np.concatenate([rng.normal(0.2, 0.05, count - len(changed)), changed]))


def brute_force_entropy(counts):
    """Kapur's criterion written out bin by bin."""
    best, where = -np.inf, None
    for split in range(len(counts) - 1):
        total = 0.0
        for part in (counts[: split + 1], counts[split + 1 :]):
            if part.sum() == 0:
                total = -np.inf
                break
            share = part[part > 0] / part.sum()
            total -= (share * np.log(share)).sum()
        if total > best + 1e-9:
            best, where = total, split
    return (where + 1) / (len(counts) - 1)


def brute_force_corner(counts):
    """The point of the histogram farthest, at right angles, below the line peak to end."""
    peak, last = int(np.argmax(counts)), int(np.flatnonzero(counts)[-1])
    start, end = np.array([peak, counts[peak]], float), np.array([last, 0.0])
    along = (end - start) / np.hypot(*(end - start))
    distances = []
    for index in range(peak, last + 1):
        away = np.array([index, counts[index]], float) - start
        distances.append(away[0] * along[1] - away[1] * along[0])
    return (peak + int(np.argmax(distances)) + 1) / (len(counts) - 1)


@settings(max_examples=30)
@given(share=st.floats(0.05, 0.6), apart=st.floats(0.2, 0.7), seed=st.integers(0, 99))
def test_otsu_agrees_with_scikit_image(share, apart, seed):
    counts = two_classes(share, apart, seed)
    expected = threshold_otsu(hist=(counts, np.linspace(0, 1, BINS)))
    found = threshold.otsu(counts)
    # scikit-image names the last bin below, and the first of several equal ones.
    assert counts[round(expected * 256) + 1 : round(found * 256)].sum() == 0


@settings(max_examples=15)
@given(st.lists(st.integers(0, 500), min_size=5, max_size=60))
def test_kapur_agrees_with_the_criterion_written_out(counts):
    counts = np.array([*counts, 3, 9])
    found, expected = threshold.kapur(counts), brute_force_entropy(counts)
    low, high = sorted([round(found * (len(counts) - 1)), round(expected * (len(counts) - 1))])
    assert counts[low:high].sum() == 0


@settings(max_examples=30)
@given(seed=st.integers(0, 99), scale=st.floats(0.02, 0.2))
def test_rosin_agrees_with_the_farthest_point_below_the_line(seed, scale):
    counts = histogram(np.random.default_rng(seed).exponential(scale, 5000))
    assert threshold.rosin(counts) == pytest.approx(brute_force_corner(counts))


@pytest.mark.parametrize("rule", [threshold.otsu, threshold.kapur, threshold.rosin])
def test_rules_split_two_separate_classes_between_them(rule):
    assert 0.25 < rule(two_classes()) < 0.7


@pytest.mark.parametrize("rule", [threshold.otsu, threshold.kapur, threshold.rosin])
@pytest.mark.parametrize("scores", [[], [0.0] * 9, [1.0] * 9, [0.4] * 9])
def test_rules_have_nothing_to_say_about_equal_scores(rule, scores):
    assert rule(histogram(np.array(scores))) is None


def test_an_equally_wide_gap_is_split_in_its_middle():
    counts = np.zeros(101, np.int64)
    counts[10], counts[90] = 50, 50
    assert threshold.otsu(counts) == pytest.approx(0.5, abs=0.011)


@pytest.mark.parametrize("method", ["otsu", "kapur", "rosin"])
def test_noise_alone_is_guarded_and_the_reason_is_told(method):
    counts = histogram(np.random.default_rng(1).rayleigh(0.05, 20_000))
    chosen = threshold.choose(counts, method=method, guard=0.5)
    assert (chosen.value, chosen.is_guarded, chosen.method) == (0.5, True, method)
    assert method.capitalize() in chosen.reason
    assert "0.500" in chosen.reason
    assert counts[128:].sum() == 0


@pytest.mark.parametrize("method", ["otsu", "kapur", "rosin"])
def test_an_identical_pair_is_guarded(method):
    chosen = threshold.choose(histogram(np.zeros(100)), method=method, guard=0.3)
    assert (chosen.value, chosen.is_guarded) == (0.3, True)
    assert "alike" in chosen.reason


def test_a_rule_above_the_guard_is_left_alone():
    counts = two_classes()
    chosen = threshold.choose(counts, method="otsu", guard=0.1)
    assert (chosen.value, chosen.method) == (threshold.otsu(counts), "otsu")
    assert not chosen.is_guarded
    assert "Otsu" in chosen.reason


@pytest.mark.parametrize("method", ["fixed", "otsu", "kapur", "rosin"])
def test_every_reason_reads_on_after_a_colon(method):
    for counts in (two_classes(), histogram(np.zeros(100))):
        reason = threshold.choose(counts, method=method, guard=0.1).reason
        assert len(reason.split()) >= 8
        assert not reason.endswith(".")


def test_fixed_takes_the_calibrated_value_whatever_the_histogram():
    chosen = threshold.choose(two_classes(), method="fixed", guard=0.42)
    assert (chosen.value, chosen.method, chosen.is_guarded) == (0.42, "fixed", False)


def test_a_few_extreme_scores_do_not_lift_a_capped_threshold():
    moderate, extreme = np.zeros(4097, np.int64), np.zeros(4097, np.int64)
    moderate[:200], moderate[1000:1100] = 1000, 20
    extreme[3500:3600] = 40
    alone = threshold.otsu(moderate)
    assert threshold.otsu(moderate + extreme) > 2 * alone
    assert threshold.otsu(threshold.capped(moderate + extreme, 0.3)) == pytest.approx(
        alone, abs=0.05
    )


def test_capping_keeps_every_pixel_and_leaves_lower_scores_alone():
    histogram = np.arange(4097)
    counts = threshold.capped(histogram, 0.5)
    assert counts.sum() == histogram.sum()
    assert np.array_equal(counts[:2048], histogram[:2048])
    assert not counts[2049:].any()

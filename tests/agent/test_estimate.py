import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.estimate import USUAL, Former, estimated_s, mpix

KINDS = st.sampled_from(sorted(USUAL))
SIZES = st.floats(0, 1e4, allow_nan=False)


@given(KINDS, SIZES, SIZES)
def test_more_ground_never_takes_less_time(kind, one, other):
    small, large = sorted((one, other))
    assert 0 < estimated_s(kind, small) <= estimated_s(kind, large)


@given(KINDS, SIZES, st.floats(0.1, 1e5))
def test_the_same_ground_takes_what_it_took(kind, size, seconds):
    assert estimated_s(kind, size, [Former(seconds, size)]) == pytest.approx(seconds)


def test_a_machine_twice_as_slow_is_believed_on_other_ground_too():
    slow = [Former(2 * estimated_s("count", 1.0), 1.0)]
    assert estimated_s("count", 7.0, slow) == pytest.approx(2 * estimated_s("count", 7.0))


def test_one_run_that_was_held_up_does_not_spoil_the_estimate():
    usual = Former(estimated_s("compare", 4.0), 4.0)
    runs = [usual, Former(9999.0, 4.0), usual]
    assert estimated_s("compare", 4.0, runs) == pytest.approx(usual.seconds)


def test_runs_without_a_sound_time_are_left_out():
    odd = [Former(0.0, 1.0), Former(float("nan"), 1.0)]
    assert estimated_s("segment", 1.0, odd) == estimated_s("segment", 1.0)


def test_pixels_follow_from_the_ground():
    assert mpix(1_000_000.0, 0.5) == pytest.approx(4.0)

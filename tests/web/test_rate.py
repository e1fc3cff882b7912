import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.rate import MAX_VISITORS, Buckets


def test_a_minutes_worth_is_let_in_at_once_and_no_more():
    buckets = Buckets(5)
    waits = [buckets.take("a", now_s=0.0) for _ in range(6)]
    assert waits[:5] == [0.0] * 5
    assert waits[5] == pytest.approx(12.0)


def test_whoever_waits_as_long_as_told_is_let_in():
    buckets = Buckets(5)
    for _ in range(5):
        buckets.take("a", now_s=0.0)
    wait_s = buckets.take("a", now_s=1.0)
    assert buckets.take("a", now_s=1.0 + wait_s - 0.01) > 0
    assert buckets.take("a", now_s=1.0 + wait_s + 0.01) == 0


def test_one_visitor_does_not_use_up_anothers_share():
    buckets = Buckets(1)
    assert buckets.take("a", now_s=0.0) == 0
    assert buckets.take("a", now_s=0.0) > 0
    assert buckets.take("b", now_s=0.0) == 0


@given(st.lists(st.floats(0, 5), max_size=200), st.integers(1, 50))
def test_no_minute_ever_lets_in_more_than_two_minutes_worth(pauses, per_minute):
    buckets, now_s, let_in = Buckets(per_minute), 0.0, []
    for pause_s in pauses:
        now_s += pause_s
        if not buckets.take("a", now_s=now_s):
            let_in.append(now_s)
    for start in let_in:
        assert sum(start <= when < start + 60 for when in let_in) <= 2 * per_minute


def test_strangers_do_not_fill_the_memory():
    buckets = Buckets(1)
    for number in range(MAX_VISITORS + 10):
        buckets.take(str(number), now_s=0.0)
    assert len(buckets._filled) == MAX_VISITORS

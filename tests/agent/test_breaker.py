import pytest

from agent.breaker import FIRST_PAUSE_S, LONGEST_PAUSE_S, Breaker


class Clock:
    def __init__(self):
        self.now_s = 100.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(clock)


def test_a_server_that_works_may_be_asked(breaker):
    assert breaker.may_try()
    breaker.succeeded()
    assert breaker.may_try()


def test_a_server_that_failed_is_left_alone_for_a_while(breaker, clock):
    breaker.failed()
    assert not breaker.may_try()
    clock.now_s += FIRST_PAUSE_S
    assert breaker.may_try()


def test_after_a_pause_one_question_tries_it_and_the_others_do_not(breaker, clock):
    breaker.failed()
    clock.now_s += FIRST_PAUSE_S
    assert [breaker.may_try() for _ in range(3)] == [True, False, False]


def test_each_failure_makes_the_pause_longer_up_to_a_limit(breaker, clock):
    for _ in range(10):
        breaker.failed()
    clock.now_s += LONGEST_PAUSE_S - 1
    assert not breaker.may_try()
    clock.now_s += 1
    assert breaker.may_try()


def test_a_success_forgets_the_failures(breaker, clock):
    breaker.failed()
    breaker.failed()
    breaker.succeeded()
    assert breaker.may_try()
    breaker.failed()
    clock.now_s += FIRST_PAUSE_S
    assert breaker.may_try()

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from workspace.turns import Waiting, order

OWNERS = st.sampled_from(["ann", "bob", "cleo", "dan"])
QUEUES = st.lists(OWNERS, max_size=25).map(
    lambda owners: [Waiting(f"job{place}", owner, place) for place, owner in enumerate(owners)]
)
COUNTS = st.dictionaries(OWNERS, st.integers(0, 3))
TURNS = st.permutations(["ann", "bob", "cleo", "dan"]).flatmap(
    lambda owners: st.integers(0, 4).map(
        lambda known: {owner: turn for turn, owner in enumerate(owners[:known], start=5)}
    )
)


def owners_of(waiting, **state):
    return [job.owner for job in order(waiting, **({"running": {}, "turns": {}} | state))]


def queue(*owners):
    return [Waiting(f"job{place}", owner, place) for place, owner in enumerate(owners)]


def test_one_job_of_a_second_user_does_not_wait_for_eight_of_the_first():
    assert owners_of(queue(*["ann"] * 8, "bob"))[:2] == ["ann", "bob"]


def test_whoever_was_served_longest_ago_is_next():
    jobs = queue("ann", "bob", "cleo")
    assert owners_of(jobs, turns={"ann": 9, "bob": 3, "cleo": 7}) == ["bob", "cleo", "ann"]


def test_whoever_was_never_served_comes_before_all_who_were():
    assert owners_of(queue("ann", "bob"), turns={"ann": 1}) == ["bob", "ann"]


def test_whoever_has_nothing_running_is_next_even_if_served_last():
    jobs = queue("ann", "bob")
    assert owners_of(jobs, running={"ann": 1}, turns={"ann": 1, "bob": 2}) == ["bob", "ann"]


@given(QUEUES, COUNTS, TURNS)
def test_every_job_comes_once_and_each_users_jobs_in_the_order_submitted(waiting, running, turns):
    found = list(order(waiting, running=running, turns=turns))
    assert sorted(found, key=lambda job: job.place) == waiting
    for owner in {job.owner for job in waiting}:
        places = [job.place for job in found if job.owner == owner]
        assert places == sorted(places)


@given(QUEUES, COUNTS, TURNS)
def test_nobody_is_served_while_another_waits_with_less_in_work(waiting, running, turns):
    busy, left = Counter(running), Counter(job.owner for job in waiting)
    for job in order(waiting, running=running, turns=turns):
        others = [owner for owner, count in left.items() if count]
        assert busy[job.owner] == min(busy[owner] for owner in others)
        busy[job.owner] += 1
        left[job.owner] -= 1


@given(QUEUES, TURNS)
def test_with_one_worker_the_order_told_is_the_order_that_happens(waiting, turns):
    """One job at a time, and nothing runs when the next is chosen: what a single worker does."""
    told = list(order(waiting, running={}, turns=turns))
    left, served, happened = list(waiting), dict(turns), []
    while left:
        job = next(order(left, running={}, turns=served))
        served[job.owner] = max(served.values(), default=0) + 1
        left.remove(job)
        happened.append(job)
    assert happened == told

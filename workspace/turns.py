"""Who is next: users take turns, and each user's jobs run in the order they were submitted.

Pure arithmetic on names; knows nothing of the database. Claiming a job and telling its position
use the same order, so they cannot disagree.
"""

import heapq
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """One waiting job: its id, its owner and its place by submission."""

    id: str
    owner: str
    place: int


def order(
    waiting: Sequence[Waiting], *, running: Mapping[str, int], turns: Mapping[str, int]
) -> Iterator[Waiting]:
    """The waiting jobs in the order in which they will run.

    The owner with the fewest running jobs comes first, among those the one served longest ago,
    among those the one who asked first.

    Args:
        waiting: jobs by ascending place.
        running: how many jobs of each owner run now.
        turns: number of each owner's last turn; a larger one is later.
    """
    queues: dict[str, deque[Waiting]] = {}
    for job in waiting:
        queues.setdefault(job.owner, deque()).append(job)
    heap = [
        (running.get(owner, 0), turns.get(owner, 0), jobs[0].place, owner)
        for owner, jobs in queues.items()
    ]
    heapq.heapify(heap)
    turn = max(turns.values(), default=0)
    while heap:
        busy, _turn, _place, owner = heapq.heappop(heap)
        jobs = queues[owner]
        yield jobs.popleft()
        turn += 1
        if jobs:
            heapq.heappush(heap, (busy + 1, turn, jobs[0].place, owner))

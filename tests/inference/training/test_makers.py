"""Making pairs gives way to other programs, and the process that asked for them does not."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from inference.training import makers


def test_a_maker_gives_way_once_and_leaves_others_as_they_are() -> None:
    before = os.nice(0)
    with ProcessPoolExecutor(1, get_context("spawn"), makers.begin) as pool:
        told = [pool.submit(os.nice, 0).result() for _shard in range(2)]
    assert told == [min(before + makers.NICENESS, 19)] * 2
    assert os.nice(0) == before

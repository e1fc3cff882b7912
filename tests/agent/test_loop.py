import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from agent import loop


async def where():
    return asyncio.get_running_loop(), threading.current_thread()


def test_work_of_all_threads_runs_in_one_loop():
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: loop.start(where()).result(), range(16)))
    assert len(set(found)) == 1
    assert found[0][1] is not threading.current_thread()


def test_what_work_raises_reaches_who_waits():
    async def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        loop.start(fail()).result()


def test_work_can_be_cancelled():
    begun, ended = threading.Event(), threading.Event()

    async def wait():
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    work = loop.start(wait())
    assert begun.wait(5)
    work.cancel()
    assert ended.wait(5)

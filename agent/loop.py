"""One event loop for the whole process, in a thread of its own.

Connections to a model's server belong to the loop that opened them, and pages run in many threads.
Knows nothing of what runs in it.
"""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")

_starting = threading.Lock()


def start(work: Coroutine[Any, Any, Value]) -> Future[Value]:
    """Begin work; cancelling what is returned cancels it."""
    with _starting:
        loop = _running()
    return asyncio.run_coroutine_threadsafe(work, loop)


@cache
def _running() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="agent-loop", daemon=True).start()
    return loop

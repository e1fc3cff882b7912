"""Work on a few items at a time, with the results in the order of the items.

NumPy, OpenCV and GDAL release the interpreter lock, so threads do. Knows nothing of rasters.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import settings

T = TypeVar("T")
R = TypeVar("R")


def in_order(
    work: Callable[[T], R], items: Iterable[T], *, threads: int | None = None
) -> Iterator[R]:
    """`work` of every item; at most `threads` + 1 results exist at once, so memory is bounded.

    Args:
        work: called in other threads, once per item.
        items: taken one by one, only when there is room.
        threads: how many at a time; the setting `threads` without it.
    """
    most = threads or settings.load().threads
    pending: deque[Future[R]] = deque()
    with ThreadPoolExecutor(most) as pool:
        try:
            for item in items:
                pending.append(pool.submit(work, item))
                if len(pending) > most:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)

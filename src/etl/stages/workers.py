"""Independent pieces of work on several processes, their results in order."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import TypeVar

from etl.errors import DataError

T = TypeVar("T")


def in_order(pieces: Iterable[Callable[[], T]], workers: int) -> Iterator[T]:
    """Yield the result of each piece, in order, with `workers` processes at work; with 1, in this one.

    Pieces must be picklable and are taken as there is room for them. The first exception ends the work.
    Raises `DataError` where a process was killed, as systems do that run out of memory.
    """
    if workers == 1:
        for piece in pieces:
            yield piece()
        return
    waiting: deque[Future[T]] = deque()
    # A fresh interpreter each: a fork would inherit Arrow's threads half-way through their work.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=fresh, initializer=_end_with_parent) as pool:
        try:
            for piece in pieces:
                waiting.append(pool.submit(piece))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise DataError(
                "a worker process was killed, perhaps for want of memory; run again with fewer workers, "
                "what is finished is kept"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """End this process when its parent is gone: the pool leaves it waiting for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_await_end, args=(parent.sentinel,), daemon=True).start()


def _await_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)

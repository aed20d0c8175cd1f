"""How often and how often at once a host is asked, shared by everything in this process that asks it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    """What is known of one host: when it may be asked again, who is asking, how often it failed in a row."""

    condition: threading.Condition = field(default_factory=threading.Condition)
    next_at: float = 0.0
    active: int = 0
    failures: int = 0


@dataclass(slots=True)
class Limiter:
    """Spaces requests to each host and stops asking one that keeps failing (circuit breaker).

    `clock` is monotonic seconds; `sleep` waits. One limiter, `SHARED`, serves the process.
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    hosts: dict[str, _Host] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def turn(self, host: str, delay: float, concurrency: int) -> Iterator[None]:
        """Wait until `host` may be asked: `delay` seconds after the last start, `concurrency` at once."""
        state = self._host(host)
        with state.condition:
            state.condition.wait_for(lambda: state.active < concurrency)
            state.active += 1
            now = self.clock()
            start = max(now, state.next_at)
            state.next_at = start + delay
        try:
            if start > now:
                self.sleep(start - now)
            yield
        finally:
            with state.condition:
                state.active -= 1
                state.condition.notify()

    def is_open(self, host: str, failures: int) -> bool:
        """Tell whether `host` failed `failures` times or more in a row, so that it is left alone."""
        return self._host(host).failures >= failures

    def report(self, host: str, *, well: bool) -> None:
        """Note how a request to `host` ended, after its retries."""
        state = self._host(host)
        with state.condition:
            state.failures = 0 if well else state.failures + 1

    def reset(self, host: str) -> None:
        """Give `host` a fresh start: a new run may ask it again."""
        self.report(host, well=True)

    def _host(self, host: str) -> _Host:
        with self.lock:
            return self.hosts.setdefault(host, _Host())


SHARED = Limiter()
"""The limiter of this process."""

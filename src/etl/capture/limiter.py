"""How often and how often at once a host is asked, shared by everything in this process that asks it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

COOL_DOWN = 60.0
"""Seconds for which a host that failed too often in a row is left alone."""


@dataclass(slots=True)
class _Host:
    """What is known of one host: when it may be asked again, who is asking, how often it failed in a row."""

    condition: threading.Condition = field(default_factory=threading.Condition)
    next_at: float = 0.0
    active: int = 0
    failures: int = 0
    open_until: float = 0.0


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

    def is_open(self, host: str) -> bool:
        """Tell whether `host` is left alone for now. After the cool-down one request may try it again."""
        return self.clock() < self._host(host).open_until

    def report(self, host: str, *, well: bool, most: int) -> None:
        """Note how a request to `host` ended after its retries; `most` failures in a row open the circuit."""
        state = self._host(host)
        with state.condition:
            state.failures = 0 if well else state.failures + 1
            state.open_until = self.clock() + COOL_DOWN if state.failures >= most else 0.0

    def _host(self, host: str) -> _Host:
        with self.lock:
            return self.hosts.setdefault(host, _Host())


SHARED = Limiter()
"""The limiter of this process."""

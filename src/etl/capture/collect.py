"""One source-day from discovery to captures: what stages call."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date

from etl.capture.answer import Clock
from etl.capture.discover import discover
from etl.capture.failure import DOWN
from etl.capture.fetch import fetch
from etl.capture.http import Http
from etl.errors import UnavailableError, UsageError
from etl.records import Capture, Link, Reject
from etl.settings import Settings
from etl.sources import Source

UNREACHABLE = DOWN | {"robots-unavailable"}


def collect(
    source: Source,
    day: date,
    *,
    settings: Settings,
    clock: Clock,
    previous: Iterable[Capture] = (),
    refetch: bool = False,
) -> Iterator[Capture | Reject]:
    """Yield what `source` lists for `day`: captures, and rejects of stage "discover" or "fetch".

    `previous` are the captures that `landing.index` yields: a page that has not changed since comes back as a
    revisit (`revisit_of` set). With `refetch`, pages are asked for without conditions; unchanged ones are
    revisits all the same.

    Raise UsageError for a day that has not begun and a source without anything to visit, UnavailableError if
    nothing at all could be discovered because the host does not answer.
    """
    today = clock().astimezone(source.zone).date()
    if day > today:
        raise UsageError(f"{day} lies in the future for source {source.id!r}; the latest day is {today}")
    if not source.visits:
        raise UsageError(
            f"source {source.id!r} has no address to visit; use `etl import` with files or folders"
        )
    known = {capture.url: capture for capture in previous}
    with Http(source, settings, clock) as http:
        links: list[Link] = []
        faults: list[Reject] = []
        for found in discover(source, day, http):
            links.append(found) if isinstance(found, Link) else faults.append(found)
        if not links and faults and all(fault.reason in UNREACHABLE for fault in faults):
            raise UnavailableError(
                f"source {source.id!r} cannot be reached at {faults[0].url} ({faults[0].detail}); "
                "try again later or check the address in its definition"
            )
        yield from faults
        yield from _in_order(
            lambda link: fetch(link, http, known.get(link.url), conditional=not refetch),
            links,
            source.politeness.concurrency,
        )


def _in_order(
    fetch_one: Callable[[Link], Capture | Reject], links: list[Link], at_once: int
) -> Iterator[Capture | Reject]:
    """Yield what `fetch_one` makes of each link, in their order, with `at_once` of them in work."""
    if at_once == 1:
        yield from map(fetch_one, links)
        return
    waiting: deque[Future[Capture | Reject]] = deque()
    with ThreadPoolExecutor(at_once, thread_name_prefix="fetch") as pool:
        try:
            for link in links:
                waiting.append(pool.submit(fetch_one, link))
                if len(waiting) > at_once:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

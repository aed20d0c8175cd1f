"""One source-day from discovery to captures: what stages call."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

from etl.capture import urls
from etl.capture.answer import Clock
from etl.capture.discover import discover
from etl.capture.failure import DOWN
from etl.capture.fetch import fetch
from etl.capture.http import Http
from etl.errors import UnavailableError, UsageError
from etl.page import paging
from etl.pipeline import Leaf, read
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

    Pages that continue a listed one (下一页, on the same host) come behind it and name the page before
    (`continues`). An answer that is no page is a capture with the reason in `refused`.

    `previous` are captures that landed before, of each address the latest last: a page that has not changed
    since comes back as a revisit (`revisit_of` set). With `refetch`, pages are asked for without conditions;
    unchanged ones are revisits all the same.

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
    known: dict[str, list[Capture]] = {}
    for capture in previous:
        known.setdefault(capture.url, []).append(capture)
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
        articles = Articles(http, known, frozenset(link.url for link in links), refetch)
        for pages in _in_order(articles.fetch, links, source.politeness.concurrency):
            yield from pages


@dataclass(frozen=True, slots=True)
class Articles:
    """Fetches articles; `known` are earlier captures by address, `listed` the addresses that are articles."""

    http: Http
    known: Mapping[str, Sequence[Capture]]
    listed: frozenset[str]
    refetch: bool

    def fetch(self, link: Link) -> list[Capture | Reject]:
        """Return the page behind `link` and the pages that continue it, up to the limit of the settings."""
        found = [self._page(link)]
        while len(found) < self.http.settings.max_pages and isinstance(before := found[-1], Capture):
            url = self._next(before)
            if url is None or url in self.listed:
                break
            page = self._page(replace(link, url=url))
            found.append(replace(page, continues=before.url) if isinstance(page, Capture) else page)
        return found

    def _page(self, link: Link) -> Capture | Reject:
        return fetch(link, self.http, self.known.get(link.url, ()), conditional=not self.refetch)

    def _next(self, page: Capture) -> str | None:
        """Return the address of the page that continues `page`; if it is unchanged, the one known before."""
        if page.refused is not None:
            return None
        if not page.body:
            return next((url for url, past in self.known.items() if past[-1].continues == page.url), None)
        if not paging.may_lead(page.body):
            return None
        found = read(page, self.http.source, self.http.settings)
        return urls.clean(found.draft.next_url) if isinstance(found, Leaf) and found.draft.next_url else None


def _in_order(
    fetch_one: Callable[[Link], list[Capture | Reject]], links: list[Link], at_once: int
) -> Iterator[list[Capture | Reject]]:
    """Yield what `fetch_one` makes of each link, in their order, with `at_once` of them in work."""
    if at_once == 1:
        yield from map(fetch_one, links)
        return
    waiting: deque[Future[list[Capture | Reject]]] = deque()
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

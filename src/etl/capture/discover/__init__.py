"""Discovery: which pages a source lists for a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from etl.capture.discover import feed, listing, sitemap, template
from etl.capture.discover.visit import Entry, Gap, Visit
from etl.capture.failure import FetchError
from etl.capture.http import Http
from etl.records import Link, Reject
from etl.sources import Source

__all__ = ["discover"]

WALKERS: dict[str, Callable[[Visit[Any], str], Iterator[Entry | Gap]]] = {
    "rss": feed.walk,
    "sitemap": sitemap.walk,
    "list": listing.walk_html,
    "json": listing.walk_json,
    "template": template.walk,
}
"""How each kind of discovery finds the entries of one address."""


def discover(source: Source, day: date, http: Http) -> Iterator[Link | Reject]:
    """Yield the pages that `source` lists for `day`, each address once, and what could not be found.

    A listing that cannot be read is a Reject (stage "discover"), and so is an entry without a date. A way of
    discovery that cannot tell all of the day, because its list or feed does not reach back that far, is one
    unless another way covers the day. If all of the day is known and nothing is in it, that is
    "nothing-listed".
    """
    if not source.ways(day):
        yield _reject(source, day, Gap("no-way", "no way of discovery is valid for this day", source.base))
        return
    seen: set[str] = set()
    gaps: list[Gap] = []
    covered = False
    for way in source.ways(day):
        visit = Visit(source, way, day, http)
        walker = WALKERS.get(visit.kind)
        whole = walker is not None
        for url in map(visit.address, way.urls if walker else ()):
            for found in _walk(visit, walker, url):
                if isinstance(found, Gap):
                    whole = False
                    if found.soft:
                        gaps.append(found)
                    else:
                        yield _reject(source, day, found)
                elif found.day == day and found.url not in seen:
                    seen.add(found.url)
                    yield Link(source.id, day, found.url, visit.kind, found.title, found.published)
        covered = covered or whole
    if not covered:
        yield from (_reject(source, day, gap) for gap in gaps)
    elif not seen:
        yield _reject(
            source, day, Gap("nothing-listed", "the source lists nothing for this day", source.base)
        )


def _walk(visit: Visit[Any], walker: Any, url: str) -> Iterator[Entry | Gap]:
    """Yield what a walker finds; a listing that cannot be read ends as a Gap."""
    try:
        yield from walker(visit, url)
    except FetchError as error:
        yield Gap(error.reason, error.detail, url)


def _reject(source: Source, day: date, gap: Gap) -> Reject:
    return Reject("discover", gap.reason, gap.detail, source.id, day, gap.url or None)

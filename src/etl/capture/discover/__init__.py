"""Discovery: which pages a source lists for a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from etl.capture import urls
from etl.capture.discover import feed, listing, sitemap, template
from etl.capture.discover.visit import Entry, Gap, Visit, kind_of
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

    Rejects are of stage "discover": a listing that cannot be read, an entry without a date, a list or feed
    that does not reach back to the day, so that some of it may be missing. If the whole day is known and
    nothing is in it, that is the reject "nothing-listed".
    """
    seen: set[str] = set()
    whole = True
    ways = [way for way in source.ways(day) if kind_of(way) in WALKERS]
    if not ways:
        yield _reject(source, day, Gap("no-way", "no way of discovery is valid for this day", source.base))
        return
    for way in ways:
        visit = Visit(source, way, day, http)
        for found in _walk(visit):
            if isinstance(found, Gap):
                whole = False
                yield _reject(source, day, found)
            elif found.day == day and urls.key(found.url) not in seen:
                seen.add(urls.key(found.url))
                yield Link(source.id, day, found.url, visit.kind, found.title, found.published)
    if whole and not seen:
        yield _reject(
            source, day, Gap("nothing-listed", "the source lists nothing for this day", source.base)
        )


def _walk(visit: Visit[Any]) -> Iterator[Entry | Gap]:
    """Yield what there is at the addresses of a way; a listing that cannot be read ends as a Gap."""
    try:
        starts = visit.starts()
    except FetchError as error:
        yield Gap(error.reason, error.detail, visit.source.base)
        return
    for url in starts:
        try:
            yield from WALKERS[visit.kind](visit, url)
        except FetchError as error:
            yield Gap(error.reason, error.detail, url)


def _reject(source: Source, day: date, gap: Gap) -> Reject:
    return Reject("discover", gap.reason, gap.detail, source.id, day, gap.url or None)

"""RSS and Atom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.sax import SAXException

from etl.capture.discover.visit import Entry, Gap, Visit
from etl.capture.failure import FetchError
from etl.sources import model


def walk(visit: Visit[model.Rss], url: str) -> Iterator[Entry | Gap]:
    """Yield the entries of a feed. FetchError if it is none.

    A feed holds the latest entries only, so it covers a day only if its oldest entry is older than the day.
    """
    import feedparser

    answer, body = visit.read(url)
    headers = {"content-location": answer.final_url, "content-type": answer.header("content-type") or ""}
    feed: Any = feedparser.parse(body, response_headers=headers, sanitize_html=False)
    if not feed.entries and (feed.bozo or not feed.version):
        raise FetchError(
            "bad-feed", f"this is no RSS or Atom feed ({feed.get('bozo_exception', 'no entries')})"
        )
    if feed.bozo and isinstance(feed.bozo_exception, SAXException):
        yield Gap("bad-feed", f"the feed is broken ({_line(feed.bozo_exception)})", url)
    oldest = None
    for item in feed.entries:
        link = item.get("link")
        if not link:
            continue
        entry = visit.entry(link, item.get("title"), None, _moment(item))
        if entry is None:
            continue
        if entry.day is None:
            yield from visit.undated(entry)
            continue
        oldest = min(oldest or entry.day, entry.day)
        yield entry
    if oldest is None or oldest >= visit.day:
        reach = f"begins on {oldest}" if oldest else "has no dated entry"
        yield Gap("feed-too-short", f"the feed {reach}", url)


def _moment(item: Any) -> datetime | None:
    """Return an entry's time of publication in UTC, as feedparser reads it."""
    parsed = item.get("published_parsed") or item.get("updated_parsed")
    if parsed is None:
        return None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None


def _line(error: object) -> str:
    return " ".join(str(error).split())[:160]

"""XML sitemaps, sitemap indexes and news sitemaps (sitemaps.org protocol 0.9)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from etl.capture.coding import CodingError, undo
from etl.capture.discover import dates
from etl.capture.discover.visit import Entry, Gap, Visit
from etl.capture.failure import FetchError
from etl.sources import model

MAX_DEPTH = 3
MAX_FILES = 500
MAX_ENTRIES = 500_000

OF_MEDIA = re.compile("sitemap-(?:image|video)/")
"""Namespaces whose addresses, titles and days are those of pictures and films on the page."""


def walk(visit: Visit[model.Sitemap], url: str) -> Iterator[Entry | Gap]:
    """Yield the entries of a sitemap and of those that it names, but for files older than the day.

    A sitemap claims to be complete, so it covers every day that is not before its oldest entry.
    """
    todo = [(url, 0)]
    seen = {url}
    oldest = None
    entries = 0
    while todo:
        here, depth = todo.pop(0)
        for kind, item in _items(visit, here):
            day = dates.of_value(item.get("publication_date") or item.get("lastmod"), visit.now)
            if kind == "sitemap":
                if (day is not None and day < visit.day) or item["loc"] in seen:
                    continue
                if depth + 1 >= MAX_DEPTH or len(seen) >= MAX_FILES:
                    yield Gap("sitemap-limit", "the sitemap index names too many or too deep files", here)
                    continue
                seen.add(item["loc"])
                todo.append((item["loc"], depth + 1))
                continue
            entries += 1
            if entries > MAX_ENTRIES:
                raise FetchError("sitemap-limit", f"the sitemap names more than {MAX_ENTRIES} pages")
            entry = visit.entry(item["loc"], item.get("title"), day)
            if entry is None:
                continue
            if entry.day is None:
                yield from visit.undated(entry)
                continue
            oldest = min(oldest or entry.day, entry.day)
            yield entry
    if oldest is None or oldest > visit.day:
        reach = f"begins on {oldest}" if oldest else "has no dated entry"
        yield Gap("sitemap-too-short", f"the sitemap {reach}", url)


def _items(visit: Visit[Any], url: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield "url" or "sitemap" and the fields of each element; FetchError for what is no sitemap.

    Parsed as a stream, without entities, DTDs or network, so that a bomb unfolds nothing.
    """
    from lxml import etree

    _, body = visit.read(url)
    if body[:2] == b"\x1f\x8b":
        try:
            body = undo(body, "gzip", visit.http.settings.max_body)
        except (CodingError, zlib.error) as error:
            raise FetchError(getattr(error, "reason", "bad-encoding"), str(error)) from error
    fields: dict[str, str] = {}
    kinds = 0
    try:
        for _, element in etree.iterparse(
            BytesIO(body),
            events=("end",),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=False,
        ):
            if not isinstance(element.tag, str):
                continue
            name = etree.QName(element).localname
            if OF_MEDIA.search(etree.QName(element).namespace or ""):
                continue
            if name in ("url", "sitemap"):
                kinds += 1
                if fields.get("loc"):
                    yield name, fields
                fields = {}
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            elif name in ("loc", "lastmod", "publication_date", "title") and name not in fields:
                fields[name] = (element.text or "").strip()
    except etree.XMLSyntaxError as error:
        raise FetchError("bad-sitemap", f"the sitemap is broken ({error})") from error
    if not kinds:
        raise FetchError("bad-sitemap", "this is no sitemap: it names no pages")

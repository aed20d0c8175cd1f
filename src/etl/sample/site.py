"""What the sample site answers: every path with the function that makes its answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial

from etl.sample import listing, render
from etl.sample.content import Entry, entries

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. `behaviour` is "", slow or recovers; `location` is set on redirects."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    modified: datetime | None = None
    location: str | None = None
    behaviour: str = ""

    @property
    def etag(self) -> str:
        """Return the strong validator of the body (RFC 9110, 8.8.3)."""
        return f'"{hashlib.blake2b(self.body, digest_size=8).hexdigest()}"'


MISSING = Answer(b"<html><body><h1>404 Not Found</h1><hr>nginx</body></html>", status=404)


def answer(path: str, base: str) -> Answer:
    """Return the answer for a path with its query; `base` is the address under which the site was asked."""
    make = _routes().get(path)
    return make(base) if make else MISSING


@cache
def _routes() -> dict[str, Callable[[str], Answer]]:
    """Return the function for every path; pages are made when they are asked for."""
    routes: dict[str, Callable[[str], Answer]] = {
        "/robots.txt": lambda base: Answer(listing.ROBOTS.format(base=base).encode(), "text/plain"),
        "/daily/rss.xml": lambda base: Answer(listing.feed(base).encode(), "application/rss+xml"),
        "/gov/sitemap.xml": lambda base: Answer(listing.sitemap(base).encode(), "application/xml"),
        "/": partial(_index, "新河", ("daily", "gov")),
        "/daily/": partial(_index, "新河新闻网", ("daily",)),
        "/gov/": partial(_index, "新河市人民政府门户网站", ("gov",)),
    }
    for path, (day, number) in listing.node_paths().items():
        routes[path] = partial(_node, day, number)
    for section in ("zwyw", "tzgg"):
        for index, path in enumerate(listing.list_paths(section)):
            routes[path] = partial(_list, section, index)
    for entry in entries():
        if entry.dead != "missing":
            routes[render.path_of(entry)] = partial(_article, entry)
        if entry.behaviour == "moved":
            routes[listing.link_of(entry)] = partial(_moved, entry)
    return routes


def _article(entry: Entry, base: str) -> Answer:
    if entry.dead == "soft-404":
        return Answer(render.template("soft404").substitute().encode())
    if entry.dead == "index":
        shown = [other for other in entries() if other.section == entry.section]
        return Answer(listing.index_page(entry.title, shown).encode())
    return Answer(
        render.page(entry),
        render.content_type(entry),
        modified=entry.published,
        behaviour=entry.behaviour,
    )


def _moved(entry: Entry, base: str) -> Answer:
    return Answer(b"", status=301, location=render.path_of(entry))


def _node(day: date, number: str, base: str) -> Answer:
    return Answer(listing.node_page(day, number).encode())


def _list(section: str, number: int, base: str) -> Answer:
    text = listing.list_page(section, number)
    if section == "tzgg":
        return Answer(text.encode("gbk", "xmlcharrefreplace"), "text/html")
    return Answer(text.encode())


def _index(title: str, sites: tuple[str, ...], base: str) -> Answer:
    return Answer(listing.index_page(title, [entry for entry in entries() if entry.site in sites]).encode())

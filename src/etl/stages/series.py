"""Articles on several pages: pages that continue one another are put together before they become rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from etl.capture import urls
from etl.page import paging
from etl.pipeline import Leaf, Processed, finish, read
from etl.records import Capture, Reject
from etl.settings import Settings
from etl.sources import Source


class Outcome(NamedTuple):
    """What became of an article's captures, its pages in order; all but the first say what they continue."""

    captures: tuple[Capture, ...]
    result: Processed | Reject


def articles(captures: Iterable[Capture], source: Source, settings: Settings) -> Iterator[Outcome]:
    """Yield what becomes of `captures`: articles on one page as they come, those on several at the end.

    A page is another's next page if that one leads to its address, in whatever order they come. Of pages that
    may belong together only the text is kept.
    """
    held: dict[str, Leaf] = {}
    for capture in captures:
        found = read(capture, source, settings)
        if isinstance(found, Reject):
            yield Outcome((capture,), found)
        elif found.draft.next_url or capture.continues or paging.number(capture.url):
            held[capture.url] = _light(found)
        else:
            yield Outcome((capture,), finish([found], source, settings))
    following = {url: _next(leaf) for url, leaf in held.items()}
    continued = set(following.values())
    for url in held:
        if url not in continued:
            leaves = list(_chain(url, held, following))
            yield Outcome(_marked(leaves), finish(leaves, source, settings))


def _light(leaf: Leaf) -> Leaf:
    capture = replace(leaf.page.capture, body=b"", wire_body=None)
    return Leaf(replace(leaf.page, capture=capture, html=""), leaf.draft)


def _next(leaf: Leaf) -> str | None:
    """Return the address that the page leads on to; one whose page number does not grow leads nowhere."""
    url = leaf.draft.next_url
    url = url and (urls.clean(url) or url.replace("file:///", "file:", 1))
    return url if url and (paging.number(url) or 0) > (paging.number(leaf.page.capture.url) or 0) else None


def _chain(url: str | None, held: dict[str, Leaf], following: dict[str, str | None]) -> Iterator[Leaf]:
    """Yield the pages from `url` on; numbers of pages only grow, so it ends."""
    while url in held:
        yield held[url]
        url = following[url]


def _marked(leaves: list[Leaf]) -> tuple[Capture, ...]:
    pages = [leaf.page.capture for leaf in leaves]
    further = (replace(page, continues=before.url) for before, page in pairwise(pages))
    return (pages[0], *further)

"""Dated addresses: a digital newspaper's day, its pages 版 and their articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from etl.capture import urls
from etl.capture.discover.visit import Entry, Gap, Visit
from etl.capture.failure import FetchError
from etl.sources import model

MAX_PAGES = 300
LINKS = "a[href], area[href]"
"""Papers link their articles from the text and from areas of the page's picture."""


def walk(visit: Visit[model.Template], url: str) -> Iterator[Entry | Gap]:
    """Yield the articles of the day's paper: links on its first page and on the pages that it leads to."""
    follow = [re.compile(pattern) for pattern in visit.way.follow]
    todo = [url]
    seen = {urls.clean(url)}
    while todo:
        here = todo.pop(0)
        try:
            base, tree = visit.html(here)
        except FetchError as error:
            if here == url:
                raise
            yield Gap(error.reason, error.detail, here)
            continue
        for anchor in tree.css(LINKS):
            address = urls.clean(urljoin(base, (anchor.attributes.get("href") or "").strip()))
            if address is None or address in seen:
                continue
            if any(pattern.search(address) for pattern in follow):
                seen.add(address)
                if len(seen) > MAX_PAGES:
                    raise FetchError("page-limit", f"the paper has more than {MAX_PAGES} pages")
                todo.append(address)
                continue
            entry = visit.entry(address, anchor.text(strip=True) or None, visit.day)
            if entry is not None:
                yield entry

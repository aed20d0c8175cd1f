"""List pages, newest first: HTML and JSON, walked until they are older than the day."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urljoin

from etl.capture.discover import dates
from etl.capture.discover.visit import Entry, Gap, Visit
from etl.capture.failure import FetchError
from etl.sources import model
from etl.sources.validation import FIELD

Found = tuple[list[Entry], list[Gap], bool]
"""Entries of one page with a date, gaps for those without, and whether there was any link at all."""


WRAPPING = re.compile(r"^\s*(?:var\s+)?[\w.$]{1,80}\s*[(=]\s*(?=[\[{])|(?<=[\]}])\s*\)?;?\s*$")
"""What surrounds a list that is served as a script: `callback(…);` or `var list = …;`."""


def walk_html(visit: Visit[model.HtmlList], url: str) -> Iterator[Entry | Gap]:
    """Yield the entries of an HTML list from its first page to the one that is older than the day."""
    return _walk(visit, url, visit.way.pages, lambda page: _html_entries(visit, page))


def walk_json(visit: Visit[model.JsonList], url: str) -> Iterator[Entry | Gap]:
    """Yield the entries of a JSON list from its first page to the one that is older than the day."""
    return _walk(visit, url, visit.way.pages, lambda page: _json_entries(visit, page))


def _walk(
    visit: Visit[Any], url: str, pages: model.Pagination | None, read: Callable[[str], Found]
) -> Iterator[Entry | Gap]:
    """Yield page after page until the last dated entry of one is older than the day.

    Entries pinned to the top (置顶) may be old, so the last entry counts. A list that ends of itself
    (404, or nothing new on a page) is known whole.
    """
    seen: set[str] = set()
    oldest = None
    for number, page in enumerate(_addresses(visit, url, pages)):
        try:
            entries, gaps, any_link = read(page)
        except FetchError as error:
            if number and error.reason == "not-found":
                break
            raise
        if number == 0 and not any_link:
            raise FetchError("empty-list", "no link on the list page matches the definition")
        fresh = [entry for entry in entries if entry.url not in seen]
        seen.update(entry.url for entry in entries)
        yield from gaps
        yield from fresh
        if not fresh and number:
            break
        if entries:
            oldest = min(entry.day for entry in entries if entry.day is not None)
            last = entries[-1].day
            if last is not None and last < visit.day:
                return
    else:
        if pages is not None:
            detail = f"after {pages.max_pages} pages the list is at {oldest or 'no dated entry'}"
            yield Gap("list-too-long", f"{detail}; raise `max_pages`", url)
            return
    if oldest is None or oldest > visit.day:
        reach = f"ends on {oldest}" if oldest else "has no dated entry"
        yield Gap("list-too-short", f"the list {reach}", url)


def _addresses(visit: Visit[Any], url: str, pages: model.Pagination | None) -> Iterator[str]:
    """Yield the first page's address and those of the older ones."""
    yield url
    if pages is not None:
        for index in range(pages.max_pages - 1):
            yield urljoin(url, visit.address(pages.url, pages.first + index * pages.step))


def _html_entries(visit: Visit[model.HtmlList], page: str) -> Found:
    base, tree = visit.html(page)
    pattern = re.compile(visit.way.date_in_item) if visit.way.date_in_item else None
    rows: list[tuple[str, str, str]] = []
    for item in tree.css(visit.way.item):
        text = " ".join(item.text(separator=" ").split())
        for anchor in item.css(visit.way.link):
            href = anchor.attributes.get("href") or ""
            title = anchor.attributes.get("title") or anchor.text(strip=True)
            rows.append((urljoin(base, href.strip()), title or "", text))
    return _sorted_out(visit, ((url, title, _written(visit, text, pattern)) for url, title, text in rows))


def _json_entries(visit: Visit[model.JsonList], page: str) -> Found:
    answer, body = visit.read(page)
    try:
        items = _follow(json.loads(WRAPPING.sub("", _text(body))), visit.way.items)
    except (ValueError, RecursionError) as error:
        raise FetchError("bad-json", f"the list is no JSON ({error})") from error
    if not isinstance(items, list):
        raise FetchError("bad-json", f"there is no list at {visit.way.items or 'the top'!r}")
    rows = []
    for item in items:
        if link := _link(item, visit.way.url):
            day = dates.of_value(_follow(item, visit.way.date), visit.now)
            rows.append((urljoin(answer.final_url, link), str(_follow(item, visit.way.title) or ""), day))
    return _sorted_out(visit, rows)


def _link(item: Any, path: str) -> str:
    """Return the address that an entry holds at `path`, or that `path` makes of the entry's fields."""
    if "{" not in path:
        found = _follow(item, path)
        return found if isinstance(found, str) else ""
    values = {name: _follow(item, name) for name in FIELD.findall(path)}
    if any(not isinstance(value, (str, int)) or value == "" for value in values.values()):
        return ""
    return FIELD.sub(lambda field: quote(str(values[field[1]]), safe=""), path)


def _text(body: bytes) -> str:
    """Return JSON as text: UTF-8 as the standard wants it, else GB18030 as old interfaces serve it."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def _sorted_out(visit: Visit[Any], rows: Any) -> Found:
    """Return the rows (address, title, day) as dated entries and gaps."""
    entries: list[Entry] = []
    gaps: list[Gap] = []
    any_link = False
    for url, title, listed in rows:
        entry = visit.entry(url, title or None, listed)
        if entry is None:
            continue
        any_link = True
        if entry.day is not None:
            entries.append(entry)
        else:
            gaps += visit.undated(entry)
    return entries, gaps, any_link


def _written(visit: Visit[Any], text: str, pattern: re.Pattern[str] | None) -> Any:
    if pattern is None:
        return dates.find(text, visit.now)
    match = pattern.search(text)
    return dates.of_match(match, visit.now.date()) if match else None


def _follow(value: Any, path: str) -> Any:
    """Return what lies at a dotted path (keys, or numbers into lists), or None."""
    for key in path.split(".") if path else ():
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value

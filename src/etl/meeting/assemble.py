"""Assembly: one article's text into its meeting reports."""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import zip_longest
from typing import Any

from etl.meeting import actors, cast, event, find, lexer, minutes, nouns, roles, segment
from etl.meeting.people import Cast
from etl.meeting.report import Told, report
from etl.records import Article, MeetingReport, Span, make_id

_LONGEST = 100_000
"""Code points that are read: no news article is longer, and a file without end must not stop a run."""

_ITEMS = 50
# Where a paragraph tells of another event of the same day.
_SAME_DAY = re.compile(
    r"(?<=\n)[ \u3000]*(?P<day>当天|同日|当日|同一天)(?P<part>[上下中]午|晚上)?，", re.MULTILINE
)
# Where a file holds several articles, each begins with its dateline.
_DATELINE = re.compile(r"^[ \u3000]*本[报站台网]讯[ \u3000]*[（(]?", re.MULTILINE)


def extract(article: Article, *, region: str | None = None) -> list[MeetingReport]:
    """Return the meetings that an article reports in text order; none gives an empty list.

    `region` is the division (GB/T 2260) of the article's source, by which 市委 and 我县 are known. A text of
    several datelined items is read item by item, and a paragraph may tell of another event of the same day.
    Every span lies in `article.text`. Text of any kind gives an answer, never an exception.
    """
    collecting = gc.isenabled()
    gc.disable()  # an article makes tuples by the thousand and no cycles: a seventh of the time is saved
    try:
        return _read(article, region)
    finally:
        if collecting:
            gc.enable()


def _read(article: Article, region: str | None) -> list[MeetingReport]:
    """Return the meetings of an article, item by item where it holds several."""
    text = article.text[:_LONGEST]
    several = text.count("讯") > 1
    starts = [match.start() for match in _DATELINE.finditer(text)][:_ITEMS] if several else []
    if len(starts) < 2:
        found = _item(article, text, article.title, 0, region)
        return found + _also(article, text, found[0], region) if found else found
    reports: list[MeetingReport] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        title = article.title if not reports else None
        found = _item(article, text[start:end], title, len(reports), region)
        reports += [_moved(report, start) for report in found]
    return reports


def _also(article: Article, text: str, first: MeetingReport, region: str | None) -> list[MeetingReport]:
    """Return the other events of the same day, each of which opens a paragraph (当天下午，市长会见了……)."""
    starts = list(_SAME_DAY.finditer(text))[:_ITEMS]
    reports: list[MeetingReport] = []
    for match, after in zip_longest(starts, starts[1:]):
        end = after.start() if after else len(text)
        for found in _item(article, text[match.start() : end], None, 1 + len(reports), region):
            known = {(report.event_type, report.name) for report in (first, *reports)}
            if not found.participants or (found.event_type, found.name) in known:
                continue
            day = Span(*match.span("day"))
            reports.append(
                replace(
                    _moved(found, match.start()),
                    date_text=day.of(text),
                    date_span=day,
                    start_date=first.start_date,
                    end_date=first.start_date,
                    date_basis="relative" if first.start_date else None,
                    part_of_day=match["part"],
                )
            )
    return reports


def _item(
    article: Article, text: str, title: str | None, number: int, region: str | None
) -> list[MeetingReport]:
    """Return the report of one item, its spans counted from the item's start."""
    published = article.published_at.date() if article.published_at else article.day
    parsed = segment.parse(text)
    opens = event.opening(parsed, title)
    if opens is None and not minutes.read(text):
        return []
    tokens = nouns.complete(text, lexer.scan(text))
    if not tokens:
        return []
    phrases = actors.read(text, find.find(parsed, tokens), tokens)
    parts = roles.read(parsed, phrases, tokens)
    found = event.read(parsed, opens, tokens, parts) if opens else None
    labelled = [] if found else minutes.read(text)
    if labelled:
        parts += minutes.parts(text, labelled, phrases)
        found = minutes.event(text, labelled, title)
    if found is None:
        return []
    if found.kind == "talks":
        parts = [part for part in parts if part.role != "presenter" or part.actor < 0]
    people = cast.read(text, phrases, parts)
    complete = not _ends_in_and_so_on(text, phrases, people)
    told = Told(
        make_id(article.article_id, number), article.article_id, parsed, found, people, parts, complete
    )
    return [report(told, published, region)]


def _ends_in_and_so_on(text: str, phrases: Sequence[actors.Actor], people: Cast) -> bool:
    """Tell whether a list of participants ends in 等."""
    there = {mention.start for mention in people.mentions if mention.seq >= 0}
    return any(phrase.begin in there and "等" in text[phrase.stop : phrase.end] for phrase in phrases)


def _moved(value: Any, by: int) -> Any:
    """Return a record with every span in it moved."""
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)
    if isinstance(value, tuple):
        return tuple(_moved(item, by) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _moved(getattr(value, f.name), by) for f in fields(value)})
    return value

"""Assembly: one article's text into its meeting reports."""

from __future__ import annotations

import gc
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from etl.meeting import (
    actors,
    agenda,
    cast,
    cues,
    directives,
    event,
    find,
    kind,
    level,
    lexer,
    minutes,
    nouns,
    quotes,
    roles,
    segment,
    when,
    where,
)
from etl.meeting.confidence import event_confidence
from etl.meeting.people import Cast
from etl.meeting.scene import Part
from etl.records import Article, MeetingReport, Span, make_id

_LONGEST = 100_000
"""Code points that are read: no news article is longer, and a file without end must not stop a run."""

_NEXT = 4
"""So many sentences from that of the event on may tell its place."""

_ITEMS = 50
# Where a file holds several articles, each begins with its dateline.
# Where a paragraph tells of another event of the same day.
_SAME_DAY = re.compile(
    r"(?<=\n)[ \u3000]*(?P<day>当天|同日|当日|同一天)(?P<part>[上下中]午|晚上)?，", re.MULTILINE
)
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
    report = _report(article.article_id, number, parsed, found, people, parts, published, region, complete)
    return [report]


def _report(
    article_id: str,
    number: int,
    parsed: segment.Parsed,
    found: event.Event,
    people: Cast,
    parts: Sequence[Part],
    published: date | None,
    region: str | None,
    complete: bool,
) -> MeetingReport:
    """Return the record of an event."""
    text, sentence = parsed.text, found.sentence
    day, place = _when(text, found, published), _where(parsed, found, parts)
    lead_ins = cues.find(parsed, people)
    holder = level.organizer(text, sentence.start, sentence.end)
    rank = level.level(holder, found.name, people.participants)
    offices = [title.text for person in people.participants for title in person.titles]
    return MeetingReport(
        report_id=make_id(article_id, number),
        article_id=article_id,
        event_type=found.kind,
        name=found.name,
        name_span=found.span,
        kind=kind.kind(found.name, found.noun, found.verb),
        session_no=kind.session(found.name),
        date_text=day.span.of(text) if day else None,
        date_span=day.span if day else None,
        start_date=day.start if day else None,
        end_date=day.end if day else None,
        date_basis=day.basis if day else None,
        part_of_day=day.part if day else None,
        location_name=place.of(text) if place else None,
        location_span=place,
        attendance_mode=kind.attendance(
            found.name, text[sentence.start : sentence.end], text[sentence.end : _behind(parsed, sentence)]
        ),
        organizer=holder,
        level=rank,
        division_code=level.division(
            rank, region, holder, found.name, *offices[:6], place.of(text) if place else None
        ),
        participants=people.participants,
        participants_complete=complete,
        groups=cast.groups(text, parts),
        agenda_items=agenda.read(parsed),
        directives=directives.read(parsed, people, lead_ins),
        quotes=quotes.read(parsed, people, lead_ins),
        confidence=event_confidence(
            found.kind, named=found.name is not None, dated=day is not None, peopled=bool(people.participants)
        ),
        rules=found.rules,
    )


def _where(parsed: segment.Parsed, found: event.Event, parts: Sequence[Part]) -> Span | None:
    """Return the place of the event: printed in its sentence, or where a party came for a meeting."""
    start, end = found.sentence.start, found.sentence.end
    labelled = minutes.place(parsed.text, start, end) if "event-minutes" in found.rules else None
    place = labelled or where.read(parsed.text, start, end, found.kind)
    if (place is None or found.kind in ("meeting", "ceremony")) and not labelled:
        place = where.sat_in(parsed.text, end, _behind(parsed, found.sentence)) or place
    if place is None and found.kind == "meeting" and any(part.weak for part in parts):
        return where.visited(parsed.text, parsed.sentences[0].start, end)
    return place


def _behind(parsed: segment.Parsed, sentence: segment.Sentence) -> int:
    """Return where the sentences end that may tell more of the event in one sentence."""
    return parsed.sentences[: bisect_left(parsed.sentences, sentence) + _NEXT][-1].end


def _when(text: str, found: event.Event, published: date | None) -> when.When | None:
    """Return the date of the event: printed in its sentence, else in the text before it."""
    after = found.sentence.end
    following = when.OPENS.match(text, after)
    for low, high in (
        (found.sentence.start, found.sentence.end),
        (0, found.sentence.start),
        (after, following.end() if following else after),
    ):
        vague = when.VAGUE.search(text, low, min(high, low + 30))
        if vague and not when.HELD_ON.search(text, vague.end(), high):
            continue
        dates = when.DATE.finditer(text, low, high)
        first = next(dates, None)
        match = first
        while match and when.DATELINE.match(text, match.end()):
            match = next(dates, None)
        if first:
            return when.read(text, match or first, published)
    return None


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

"""The record of one event: what the readers of name, date, place, holder and business found, put together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from etl.meeting import (
    agenda,
    cast,
    cues,
    directives,
    event,
    kind,
    level,
    minutes,
    quotes,
    segment,
    when,
    where,
)
from etl.meeting.confidence import event_confidence
from etl.meeting.people import Cast
from etl.meeting.scene import Part
from etl.records import MeetingReport, Span

_NEXT = 4
"""So many sentences from that of the event on may tell its place."""


class Told(NamedTuple):
    """What was read of an item: its text, the event, who took part and what they did."""

    report_id: str
    article_id: str
    parsed: segment.Parsed
    found: event.Event
    people: Cast
    parts: Sequence[Part]
    complete: bool


def report(told: Told, published: date | None, region: str | None) -> MeetingReport:
    """Return the record of an event; a date without a year is counted from `published`.

    `region` is the division (GB/T 2260) of the article's source.
    """
    text, found, people = told.parsed.text, told.found, told.people
    start, end, _ = found.sentence
    day, place = _when(text, found, published), _where(told)
    where_held = place.of(text) if place else None
    lead_ins = cues.find(told.parsed, people)
    holder, rank, division = _held_by(told, where_held, region)
    return MeetingReport(
        report_id=told.report_id,
        article_id=told.article_id,
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
        location_name=where_held,
        location_span=place,
        attendance_mode=kind.attendance(found.name, text[start:end], text[end : _behind(told)]),
        organizer=holder,
        level=rank,
        division_code=division,
        participants=people.participants,
        participants_complete=told.complete,
        groups=cast.groups(text, told.parts),
        agenda_items=agenda.read(told.parsed),
        directives=directives.read(told.parsed, people, lead_ins),
        quotes=quotes.read(told.parsed, people, lead_ins),
        confidence=event_confidence(
            found.kind, named=found.name is not None, dated=day is not None, peopled=bool(people.participants)
        ),
        rules=found.rules,
    )


def _held_by(
    told: Told, where_held: str | None, region: str | None
) -> tuple[str | None, str | None, str | None]:
    """Return the organizer as printed, the level of government and the division's code."""
    name, participants = told.found.name, told.people.participants
    holder = level.organizer(told.parsed.text, told.found.sentence.start, told.found.sentence.end)
    rank = level.level(holder, name, participants)
    offices = [title.text for person in participants for title in person.titles]
    return holder, rank, level.division(rank, region, holder, name, *offices[:6], where_held)


def _where(told: Told) -> Span | None:
    """Return the place of the event: printed in its sentence, or where a party came for a meeting."""
    parsed, found = told.parsed, told.found
    start, end = found.sentence.start, found.sentence.end
    labelled = minutes.place(parsed.text, start, end) if "event-minutes" in found.rules else None
    place = labelled or where.read(parsed.text, start, end, found.kind)
    if (place is None or found.kind in ("meeting", "ceremony")) and not labelled:
        place = where.sat_in(parsed.text, end, _behind(told)) or place
    if place is None and found.kind == "meeting" and any(part.weak for part in told.parts):
        return where.visited(parsed.text, parsed.sentences[0].start, end)
    return place


def _behind(told: Told) -> int:
    """Return where the sentences end that may tell more of the event in one sentence."""
    sentences = told.parsed.sentences
    return sentences[: bisect_left(sentences, told.found.sentence) + _NEXT][-1].end


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

"""Assembly: one article's text into its meeting reports."""

from __future__ import annotations

import re
from datetime import date

from etl.meeting import (
    actors,
    agenda,
    cast,
    cues,
    directives,
    event,
    find,
    lexer,
    quotes,
    roles,
    segment,
    when,
    where,
)
from etl.records import Article, MeetingReport, make_id


def extract(article: Article) -> list[MeetingReport]:
    """Return the meetings that an article reports, in text order; an article that reports none gives an empty list.

    Every span lies in `article.text`. Never raises on text of any kind.
    """
    text = article.text
    published = article.published_at.date() if article.published_at else article.day
    parsed = segment.parse(text)
    tokens = lexer.scan(text)
    if not tokens:
        return []
    phrases = actors.read(text, find.find(parsed, tokens), tokens)
    parts = roles.read(parsed, phrases, tokens)
    found = event.read(parsed, tokens, parts, article.title)
    if found is None:
        return []
    if found.kind == "talks":
        parts = [p for p in parts if p.role != "presenter" or p.actor < 0]
    people = cast.read(text, phrases, parts)
    lead_ins = cues.find(parsed, people)
    day = _when(text, found, published)
    place = where.read(text, found.sentence.start, found.sentence.end, found.kind)
    if place is None and found.kind == "meeting" and any(p.weak for p in parts):
        place = where.visited(text, parsed.sentences[0].start, found.sentence.end)
    return [
        MeetingReport(
            report_id=make_id(article.article_id, 0),
            article_id=article.article_id,
            event_type=found.kind,
            name=found.name,
            name_span=found.span,
            date_text=day.span.of(text) if day else None,
            date_span=day.span if day else None,
            start_date=day.start if day else None,
            end_date=day.end if day else None,
            date_basis=day.basis if day else None,
            part_of_day=day.part if day else None,
            location_name=place.of(text) if place else None,
            location_span=place,
            participants=people.participants,
            groups=cast.groups(text, parts),
            agenda_items=agenda.read(parsed),
            directives=directives.read(parsed, people, lead_ins),
            quotes=quotes.read(parsed, people, lead_ins),
            confidence=0.9,
            rules=found.rules,
        )
    ]


def _when(text: str, found: event.Event, published: date | None) -> when.When | None:
    """Return the date of the event: printed in its sentence, else in the text before it."""
    for low, high in ((found.sentence.start, found.sentence.end), (0, found.sentence.start)):
        if re.search(when.VAGUE, text[low : min(high, low + 30)]):
            continue
        match = when.DATE.search(text, low, high)
        if match:
            return when.read(text, match, published)
    return None

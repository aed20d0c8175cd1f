"""Minutes: a meeting told by labelled lines (时间：, 地点：, 主持人：) instead of sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.lexicon.patterns import alternation
from etl.meeting import groups
from etl.meeting.actors import Actor
from etl.meeting.event import Event
from etl.meeting.scene import Part
from etl.meeting.segment import Sentence
from etl.records import Span

_LEAST = 2
_HEAD = 2000
_ROLES = ("chair", "speaker", "presenter", "attendee", "time", "place", "nobody")
_LINE = re.compile(
    r"^[ \u3000]*(?:[一二三四五六七八九]、|\d[.．、])?(?:会议)?(?:"
    + "|".join(f"(?P<{role}>{alternation(f'minutes-{role}')})" for role in _ROLES)
    + r")[ \u3000]*[：:][ \u3000]*(?P<value>[^\n]*)",
    re.MULTILINE,
)
_TITLE = re.compile(r"^[ \u3000]*(?P<name>[^\n，。（(]{0,30}?会议?)(?:会议)?(?:纪要|记录|简报)")
# A call to a meeting has the same lines: 现将有关事项通知如下.
_CALL = re.compile(
    "通知如下|安排如下|决定召开|定于[^。]{2,30}召开|请[^。，]{0,20}(?:准时|按时)(?:参加|到会|参会)"
)
_CLAUSE = re.compile(r"[^，；,;]+")


class Line(NamedTuple):
    """A labelled line: what its label tells, the label and the value as half-open ranges of the text."""

    role: str
    label: Span
    value: Span


def read(text: str) -> list[Line]:
    """Return the labelled lines at the head of a text in order; fewer than two kinds are no minutes."""
    found = [
        Line(role, Span(*match.span(role)), Span(*match.span("value")))
        for match in _LINE.finditer(text, 0, _HEAD)
        if (role := _role(match))
    ]
    if _CALL.search(text, 0, _HEAD):
        return []
    kinds = {line.role for line in found}
    return found if len(kinds) >= _LEAST and not kinds.isdisjoint(_ROLES[:4]) else []


def _role(match: re.Match[str]) -> str | None:
    """Return what the label of a line tells."""
    return next((role for role in _ROLES if match[role]), None)


def parts(text: str, lines: Sequence[Line], actors: Sequence[Actor]) -> list[Part]:
    """Return the acts that the labels give to the persons and groups on their lines."""
    found: list[Part] = []
    for line in lines:
        if line.role not in _ROLES[:4]:
            continue
        start, end = line.label.start, line.label.end
        there = [i for i, actor in enumerate(actors) if line.value.start <= actor.begin < line.value.end]
        found += [Part(i, None, line.role, start, end, False, "minutes") for i in there]
        for clause in _CLAUSE.finditer(text, line.value.start, line.value.end):
            if not any(actors[i].start < clause.end() and actors[i].end > clause.start() for i in there):
                named = groups.read(text, clause.start(), clause.end())
                found += [Part(-1, group, line.role, start, end, False, "minutes") for group in named]
    return found


def event(text: str, lines: Sequence[Line], title: str | None) -> Event:
    """Return the meeting that the lines tell of; headline or first line names it."""
    head = _TITLE.match(title or "") or _TITLE.match(text)
    span = Span(*head.span("name")) if head and head.string is text else None
    where = Sentence(lines[0].label.start, lines[-1].value.end, 0)
    return Event("meeting", where, span, head["name"] if head else None, None, ("event-minutes",))


def place(text: str, start: int, end: int) -> Span | None:
    """Return the place that a line of `text[start:end]` labels, or None."""
    matches = (match for match in _LINE.finditer(text, start, end) if match["place"] and match["value"])
    return next((Span(*match.span("value")) for match in matches), None)

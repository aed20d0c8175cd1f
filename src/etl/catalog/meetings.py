"""Which reports tell of the same meeting. Conservative: what is not shown to be one meeting stays two.

Reports are taken in the order of their days. Each joins the first meeting of which one report agrees with it
under a rule, and none contradicts it; else it is a meeting of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from etl.catalog.sightings import Sighting
from etl.records import make_id

_MARKS = re.compile(r"[\s“”「」『』\"'‘’《》〈〉]+")
_OWN_WORDS = 2
"""Characters that a name must have beyond its kind: 座谈会 alone names no meeting, 春耕座谈会 does."""

_VALUES = (
    "event_type",
    "name",
    "kind",
    "session_no",
    "start_date",
    "end_date",
    "part_of_day",
    "location_name",
    "organizer",
    "level",
    "division_code",
)
_SINGLE = ("session_no", "part_of_day", "date_text")
"""What one meeting can have one value of; the printed date counts where the text is the same."""


@dataclass(slots=True)
class Meeting:
    """Reports of one meeting: each with the rule that counts it here, and what was compared."""

    reports: list[tuple[Sighting, str, str]] = field(default_factory=list)


def same_meetings(sightings: Iterable[Sighting]) -> list[Meeting]:
    """Return the meetings that the sightings tell of, each sighting in exactly one, by day and source."""
    meetings: list[Meeting] = []
    blocks: dict[tuple[Any, ...], list[int]] = {}
    for this in sorted(sightings, key=lambda sighting: sighting.order):
        keys = list(_keys(this))
        found = _join(this, keys, blocks, meetings)
        if found is None:
            found = len(meetings)
            meetings.append(Meeting([(this, "first", "")]))
        for key in keys:
            block = blocks.setdefault(key, [])
            if found not in block:
                block.append(found)
    return meetings


def meeting_row(meeting: Meeting) -> dict[str, Any]:
    """Return the `meetings` row: the values of the report that tells most, and all reports as evidence."""
    lead = max((report for report, _, _ in meeting.reports), key=_fullness)
    days = [report.row["day"] for report, _, _ in meeting.reports]
    return {
        "meeting_id": make_id("meeting", meeting.reports[0][0].row["report_id"]),
        "lead_report_id": lead.row["report_id"],
        "lead_source_id": lead.row["source_id"],
        "scope": lead.scope,
        **{name: lead.row[name] for name in _VALUES},
        "first_seen": min(days),
        "last_seen": max(days),
        "sources": len({report.row["source_id"] for report, _, _ in meeting.reports}),
        "reports": [
            {name: report.row[name] for name in ("report_id", "article_id", "source_id", "day")}
            | {"rule": rule, "evidence": evidence}
            for report, rule, evidence in meeting.reports
        ],
    }


def _join(
    this: Sighting,
    keys: list[tuple[Any, ...]],
    blocks: dict[tuple[Any, ...], list[int]],
    meetings: list[Meeting],
) -> int | None:
    """Add the sighting to the first meeting that it agrees with; return the meeting's number, or None."""
    for key in keys:
        for number in blocks.get(key, ()):
            reports = meetings[number].reports
            if any(_contradict(key[0], this, other) for other, _, _ in reports):
                continue
            for other, _, _ in reports:
                if key in _keys(other) and (evidence := _agree(key[0], this, other)):
                    reports.append((this, key[0], evidence))
                    return number
    return None


def _keys(this: Sighting) -> Iterator[tuple[Any, ...]]:
    """Yield what reports of the same meeting share under each rule, the surest rule first."""
    row = this.row
    yield ("reprint", this.text_id, row["event_type"], row["kind"], row["name"], this.place)
    if row["start_date"] is None:
        return
    name = _plain(row["name"])
    if len(name) - len(_plain(row["kind"])) >= _OWN_WORDS:
        yield ("name", this.scope, row["start_date"], row["event_type"], name)
    if row["session_no"] is not None and row["kind"]:
        yield ("session", this.scope, row["start_date"], row["kind"], row["session_no"])


def _agree(rule: str, this: Sighting, other: Sighting) -> str:
    """Return what shows under `rule` that two reports tell of one meeting, "" where nothing does."""
    if this.row["article_id"] == other.row["article_id"]:
        return ""
    if rule == "reprint":
        return f"same text as article {other.row['article_id']}"
    shared = sorted(this.people & other.people)
    if rule == "session":
        return _told(this, shared) if len(shared) > 1 else ""
    places = {this.row["location_name"], other.row["location_name"]}
    organs = {this.row["organizer"], other.row["organizer"]}
    for same in (places, organs):
        if len(same) == 1 and None not in same:
            shared += [str(value) for value in same]
    return _told(this, shared) if shared else ""


def _told(this: Sighting, shared: list[str]) -> str:
    return f"{this.row['start_date']} {this.row['name'] or this.row['kind']}: {'、'.join(shared[:5])}"


def _contradict(rule: str, this: Sighting, other: Sighting) -> bool:
    """Return whether two reports can't tell of one meeting: other number, hour, organ or chair."""
    for name in _SINGLE if rule == "reprint" else _SINGLE[:2]:
        if None not in (a := this.row[name], b := other.row[name]) and a != b:
            return True
    mine, theirs = _plain(this.row["organizer"]), _plain(other.row["organizer"])
    if mine and theirs and mine not in theirs and theirs not in mine:
        return True
    return bool(this.chairs and other.chairs and not this.chairs & other.chairs)


def _fullness(this: Sighting) -> tuple[int, int, int, str]:
    """Return how much a report tells: participants, directives, fields; ties by the smaller id."""
    filled = sum(this.row[name] is not None for name in _VALUES)
    return (len(this.people), this.directives, filled, _descending(this.row["report_id"]))


def _descending(digits: str) -> str:
    return f"{2**64 - int(digits, 16):017x}"


def _plain(text: str | None) -> str:
    """Return a printed name for comparison: widths and quotation marks do not count."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text or ""))

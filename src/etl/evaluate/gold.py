"""A meeting gold, a folder with `texts.jsonl` and `gold.jsonl`, as articles and records, and the way back.

`texts.jsonl` holds id, published (ISO date or null), headline and text; `gold.jsonl` holds one record an
article, keyed by the same id. `record` projects what the program found onto the shape of a gold record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from etl.errors import DataError
from etl.meeting import credits as bylines
from etl.records import Article, Directive, MeetingReport, Participant, Quote, make_id

BEIJING = timezone(timedelta(hours=8))
ROLES = {"chair": "chair", "speaker": "speaker", "presenter": "reporter_out", "attendee": "attendee"}
"""Role of a participant to the gold's word for it."""


class Text(msgspec.Struct, frozen=True):
    """One article of a gold as `texts.jsonl` holds it."""

    id: str
    text: str
    published: str | None = None
    headline: str | None = None


class Gold(NamedTuple):
    """The articles of a gold folder and their records, in the order of `texts.jsonl`."""

    texts: tuple[Text, ...]
    records: tuple[dict[str, Any], ...]


def _rows(path: Path, kind: Any) -> list[Any]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(
            f"{path} cannot be read ({reason}); a gold folder holds texts.jsonl and gold.jsonl"
        ) from None
    rows = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append(msgspec.json.decode(line, type=kind))
            except msgspec.MsgspecError as error:
                raise DataError(f"{path} line {number} is not a row of a gold: {error}") from None
    return rows


def load(folder: Path) -> Gold:
    """Read a gold folder.

    Raises `DataError` where a file is missing, a line is malformed or the files name different articles.
    """
    texts: list[Text] = _rows(folder / "texts.jsonl", Text)
    rows: list[dict[str, Any]] = _rows(folder / "gold.jsonl", dict[str, Any])
    records = {row.get("id"): row for row in rows}
    alone = {text.id for text in texts} ^ set(records)
    if alone or not texts:
        names = ", ".join(sorted(map(str, alone))[:5]) or "none"
        raise DataError(
            f"{folder}: texts.jsonl and gold.jsonl must name the same articles; unmatched: {names}"
        )
    return Gold(tuple(texts), tuple(records[text.id] for text in texts))


def article(text: Text) -> Article:
    """Return the article that a gold text stands for, its credits read from the text as the pipeline does."""
    credits = bylines.read(text.text)
    published = None
    if text.published:
        try:
            published = datetime.fromisoformat(text.published).replace(tzinfo=BEIJING)
        except ValueError:
            raise DataError(f"gold text {text.id}: published {text.published!r} is not an ISO date") from None
    return Article(
        article_id=make_id("gold", text.id),
        capture_id=make_id("gold", text.id),
        source_id="gold",
        day=published.date() if published else None,
        url=f"gold:{text.id}",
        title=text.headline,
        text=text.text,
        text_original=text.text,
        published_at=published,
        published_precision="day" if published else None,
        media_source=credits.media_source,
        reporters=credits.reporters,
        photographers=credits.photographers,
        editors=credits.editors,
    )


def longest_list(directives: Sequence[Directive]) -> int:
    """Return the number of items of the longest explicitly numbered list among directives."""
    running: dict[int | None, int] = {}
    longest = 0
    for item in directives:
        if item.ordinal is None:
            continue
        running[item.parent_seq] = 1 if item.ordinal == 1 else running.get(item.parent_seq, 0) + 1
        longest = max(longest, running[item.parent_seq])
    return longest


def segments(quotes: Sequence[Quote]) -> list[str]:
    """Return the cues that open a segment: rule `lead` marks the first attributed statement of a sentence."""
    return [quote.cue for quote in quotes if "lead" in quote.rules]


def _people(participants: Sequence[Participant]) -> list[dict[str, Any]]:
    """Return one entry a person, with the titles and the roles of all the rows of that person."""
    found: dict[int, dict[str, Any]] = {}
    for row in participants:
        entry = found.setdefault(row.seq, {"name": row.name, "titles": [], "roles": []})
        entry["titles"] += [title.text for title in row.titles if title.text not in entry["titles"]]
        entry["roles"] += [role for role in [ROLES[row.role]] if role not in entry["roles"]]
    return list(found.values())


def _event(report: MeetingReport) -> dict[str, Any]:
    return {
        "event_type": report.event_type,
        "name": report.name,
        "date_start": report.start_date and report.start_date.isoformat(),
        "date_end": report.end_date and report.end_date.isoformat(),
        "part_of_day": report.part_of_day,
        "location": report.location_name,
        "people": _people(report.participants),
        "groups": [{"name": group.name, "role": ROLES[group.role]} for group in report.groups],
        "directives": longest_list(report.directives),
        "segments": segments(report.quotes),
    }


NO_EVENT: dict[str, Any] = {
    "event_type": "none",
    "name": None,
    "date_start": None,
    "date_end": None,
    "part_of_day": None,
    "location": None,
    "people": [],
    "groups": [],
    "directives": 0,
    "segments": [],
}


def record(text_id: str, page: Article, reports: Sequence[MeetingReport]) -> dict[str, Any]:
    """Return what was found for an article in the shape of a gold record; the first report counts."""
    event = _event(reports[0]) if reports else NO_EVENT
    credits = {
        "reporter": list(page.reporters) if reports else [],
        "photographer": list(page.photographers) if reports else [],
        "editor": list(page.editors) if reports else [],
    }
    return {
        "id": text_id,
        "is_event": bool(reports),
        **event,
        "credits": credits,
        "source_media": page.media_source,
    }

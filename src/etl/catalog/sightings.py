"""What the catalog asks of a month's rows: reports with their people, and mentions of persons and organs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Sighting:
    """One meeting as one article reports it. `row` is its row of meeting_reports, `scope` the source's.

    `own` are the ranks of which the source prints one organ only (`ranks.OWN`).
    `text_id` is the id of the first article of the month with the same text, `place` the report's number
    among those of its article. `people` and `chairs` are names as printed.
    """

    row: dict[str, Any]
    scope: str
    own: str
    text_id: str
    place: int
    people: frozenset[str] = frozenset()
    chairs: frozenset[str] = frozenset()
    directives: int = 0

    @property
    def order(self) -> tuple[date, str, str, int]:
        """Return what sorts sightings: day, source, article, place in it."""
        return (self.row["day"], self.row["source_id"], self.row["article_id"], self.place)


@dataclass(frozen=True, slots=True)
class Office:
    """An office as printed (市委书记), with organ and post where the printed title tells them apart."""

    text: str
    org: str | None
    post: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """One person in one report, by whatever roles: row `seq` of the participants of `report_id`.

    `scope` is the source's, `own` the ranks of which the source prints one organ only (`ranks.OWN`).
    """

    report_id: str
    seq: int
    name: str
    scope: str
    own: str
    offices: tuple[Office, ...]
    day: date
    article_id: str

    @property
    def order(self) -> tuple[date, str, str, int]:
        """Return what sorts mentions: day, article, report, place in it."""
        return (self.day, self.article_id, self.report_id, self.seq)


@dataclass(slots=True)
class Seen:
    """When something was mentioned, how often, and the articles that show the first and the last time."""

    first: tuple[date, str]
    last: tuple[date, str]
    mentions: int = 0
    ways: set[str] = field(default_factory=set)

    @classmethod
    def never(cls) -> Seen:
        """Return the record of something that was not mentioned yet."""
        return cls((date.max, ""), (date.min, ""))

    def add(self, day: date, article_id: str, way: str = "") -> None:
        """Count a mention; `way` says where the name was printed."""
        self.first = min(self.first, (day, article_id))
        self.last = max(self.last, (day, article_id))
        self.mentions += 1
        if way:
            self.ways.add(way)

    def columns(self) -> dict[str, Any]:
        """Return the columns that tell of the mentions."""
        return {
            "mentions": self.mentions,
            "first_seen": self.first[0],
            "last_seen": self.last[0],
            "first_article_id": self.first[1],
            "last_article_id": self.last[1],
        }

"""Merge: a month's articles and reports become the catalog, one partition of each of its tables."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from etl import sources
from etl.catalog import meetings, offices, persons, prints, ranks
from etl.catalog.sightings import Mention, Office, Sighting
from etl.dataset import Written, read_table, write_month
from etl.errors import DataError
from etl.records import StageReport
from etl.settings import Settings
from etl.sources import Source
from etl.stages.gather import Gathered
from etl.stages.partition import Clock, Run, conclude

CATALOG = "catalog"
"""Stands where other stages have the id of their source."""

Rows = list[dict[str, Any]]


def merge_month(
    month: date, *, settings: Settings, clock: Clock, tell: Callable[[int], None] = lambda _: None
) -> StageReport:
    """Write the month (any day of it) of every table of the catalog, from the partitions of its days.

    Nothing but those partitions counts, so the same partitions give the same bytes, however often and in
    whatever order the days came. `tell` is called with 1 for each report. Raises `DataError` for a month of
    which nothing was parsed and for a broken file.
    """
    first = month.replace(day=1)
    run = Run("merge", CATALOG, first, f"{month:%Y-%m}", "merge", "part-0", clock())
    rows = _Month(settings, first)
    reports = rows.read("meeting_reports")
    if not reports and not rows.read("articles", ("article_id",)):
        raise DataError(
            f"nothing was parsed for {month:%Y-%m} below {settings.data}; run the days of the month first"
        )
    scopes = _scopes(settings)
    gathered = Gathered(run.key, taken=len(reports))
    sightings, mentions = _sightings(rows, reports, scopes)
    found = persons.resolve(mentions)
    held = list(offices.membership_rows(found))
    tables: dict[str, Rows] = {
        "meetings": [meetings.meeting_row(meeting) for meeting in meetings.same_meetings(sightings)],
        "persons": [offices.person_row(person) for person in found],
        "organizations": list(_organs(rows, sightings, mentions).rows()),
        "posts": list(offices.post_rows(mentions, held)),
        "memberships": held,
    }
    tell(len(reports))
    written: dict[str, list[Written]] = {
        name: [write_month(settings.data, name, first, own)] for name, own in tables.items()
    }
    return conclude(run, gathered, written, {}, settings, clock)


class _Month:
    """Reads the rows of a month's days."""

    def __init__(self, settings: Settings, first: date) -> None:
        self._root = settings.data
        self._since = first
        self._until = first.replace(day=calendar.monthrange(first.year, first.month)[1])

    def read(self, table: str, columns: tuple[str, ...] | None = None) -> Rows:
        """Return the rows of the month, those of one file in their order."""
        data = read_table(self._root, table, since=self._since, until=self._until, columns=columns)
        return data.to_pylist()


def _scopes(settings: Settings) -> Callable[[str], tuple[str, str]]:
    """Return what says whose 市委 a source prints, and the ranks of which it prints one organ only."""
    known = sources.load_all(settings).sources

    def scope(source_id: str) -> tuple[str, str]:
        """Return the division, or the source itself, and the ranks of its own organs."""
        source: Source | None = known.get(source_id)
        if source is None:
            return source_id, ""
        own = source.level if source.level == "国家" else source.id
        return source.region_code or own, ranks.OWN[source.level]

    return scope


def _sightings(
    rows: _Month, reports: Rows, scopes: Callable[[str], tuple[str, str]]
) -> tuple[list[Sighting], list[Mention]]:
    """Return the reports with their people, and the people of all reports, each report's person once."""
    by_id = {report["report_id"]: report for report in reports}
    people: dict[str, dict[int, dict[str, Any]]] = {}
    chairs: dict[str, set[str]] = {}
    for row in rows.read("participants", ("report_id", "seq", "name", "titles", "role")):
        if row["report_id"] in by_id:
            people.setdefault(row["report_id"], {}).setdefault(row["seq"], row)
            if row["role"] == "chair":
                chairs.setdefault(row["report_id"], set()).add(row["name"])
    orders: dict[str, int] = {}
    for row in rows.read("directives", ("report_id",)):
        orders[row["report_id"]] = orders.get(row["report_id"], 0) + 1
    texts = _texts(rows, {report["article_id"] for report in reports})
    places: dict[str, int] = {}
    sightings: list[Sighting] = []
    mentions: list[Mention] = []
    for report in reports:
        scope, one = scopes(report["source_id"])
        own = people.get(report["report_id"], {})
        place = places[report["article_id"]] = places.get(report["article_id"], -1) + 1
        sightings.append(
            Sighting(
                row=report,
                scope=scope,
                own=one,
                text_id=texts.get(report["article_id"]) or report["article_id"],
                place=place,
                people=frozenset(row["name"] for row in own.values()),
                chairs=frozenset(chairs.get(report["report_id"], ())),
                directives=orders.get(report["report_id"], 0),
            )
        )
        mentions.extend(_mention(row, report, scope, one) for row in own.values())
    return sightings, mentions


def _mention(row: dict[str, Any], report: dict[str, Any], scope: str, own: str) -> Mention:
    titles = tuple(Office(title["text"], title["org"], title["post"]) for title in row["titles"] or ())
    return Mention(
        row["report_id"], row["seq"], row["name"], scope, own, titles, report["day"], report["article_id"]
    )


def _texts(rows: _Month, wanted: set[str]) -> dict[str, str]:
    """Return, of the articles with reports, article id to the id of the first one with the same text."""
    columns = ("article_id", "published_at", "url", "simhash", "text")
    latest = datetime.max.replace(tzinfo=UTC)
    return prints.find(
        prints.print_text(
            row["article_id"], (row["published_at"] or latest, row["url"]), row["simhash"], row["text"]
        )
        for row in rows.read("articles", columns)
        if row["article_id"] in wanted
    )


def _organs(rows: _Month, sightings: list[Sighting], mentions: list[Mention]) -> offices.Organs:
    organs = offices.Organs()
    by_id = {sighting.row["report_id"]: sighting for sighting in sightings}
    for mention in mentions:
        for office in persons.telling(mention):
            if office.org:
                organs.add(mention.scope, office.org, mention.day, mention.article_id, "office")
    named = [(s, s.row["organizer"], "organizer") for s in sightings if s.row["organizer"]]
    named += [
        (by_id[row["report_id"]], row["name"], "group")
        for row in _once(rows.read("groups", ("report_id", "seq", "name")))
        if row["report_id"] in by_id
    ]
    for sighting, name, way in named:
        if offices.is_organ(name, sighting.own):
            organs.add(sighting.scope, name, sighting.row["day"], sighting.row["article_id"], way)
    return organs


def _once(groups: Rows) -> Iterator[dict[str, Any]]:
    """Yield the first row of each group: two roles are two rows."""
    yield from {(row["report_id"], row["seq"]): row for row in reversed(groups)}.values()

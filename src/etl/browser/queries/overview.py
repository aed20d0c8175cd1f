"""What is in the store over time: counts, gaps, types, fill rates, repairs, runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from etl.browser.index import Index
from etl.browser.queries.filter import Conditions, Filter, conditions, region_of_days

DAYS = 92
"""Days that are shown where no range is asked for, and days of the longest heat map."""

FIELDS = (
    "meeting_reports.name",
    "meeting_reports.start_date",
    "meeting_reports.location_name",
    "meeting_reports.level",
    "meeting_reports.organizer",
    "participants.titles",
    "participants.role_span",
    "directives.marker",
    "directives.speaker_seq",
    "quotes.speaker_seq",
    "articles.title",
    "articles.published_at",
    "articles.media_source",
    "articles.reporters",
)
"""The columns whose fill rates tell most of the rules' health: table.column."""


def sources(index: Index) -> list[str]:
    """Return the ids of all sources in the store."""
    return [row["source_id"] for row in index.rows("SELECT DISTINCT source_id FROM days ORDER BY 1")]


def totals(index: Index, wanted: Filter) -> dict[str, Any]:
    """Return the sums over the wanted days: articles, meetings, rejects, lost characters, sources, days."""
    where, parameters = _days(wanted)
    sql = f"""SELECT coalesce(sum(articles), 0) AS articles, coalesce(sum(meetings), 0) AS meetings,
        coalesce(sum(rejects), 0) AS rejects, coalesce(sum(lost), 0) AS lost,
        count(DISTINCT source_id) AS sources, count(DISTINCT day) AS days FROM days WHERE {where}"""
    return index.rows(sql, parameters)[0]


def known_days(index: Index, wanted: Filter) -> tuple[date | None, date | None]:
    """Return the first and the last day of the wanted sources, whatever the range."""
    where, parameters = _days(Filter(wanted.source, allowed=wanted.allowed, members=wanted.members))
    found = index.rows(f"SELECT min(day) AS first, max(day) AS last FROM days WHERE {where}", parameters)[0]
    return found["first"], found["last"]


def days(index: Index, wanted: Filter) -> list[dict[str, Any]]:
    """Return a row per source and wanted day: source_id, day, articles, meetings, rejects."""
    where, parameters = _days(wanted)
    sql = f"SELECT * FROM days WHERE {where} AND day IS NOT NULL ORDER BY source_id, day"
    return index.rows(sql, parameters)


def gaps(rows: list[dict[str, Any]]) -> Iterator[tuple[str, date]]:
    """Yield source and day of each day without a row between a source's first and last in `days`."""
    known: dict[str, set[date]] = {}
    for row in rows:
        known.setdefault(row["source_id"], set()).add(row["day"])
    for source, own in known.items():
        first = min(own)
        for number in range((max(own) - first).days):
            if (day := first + timedelta(days=number)) not in own:
                yield source, day


def step(wanted: Filter) -> str:
    """Return the stretch of time that charts sum over: day, week or month, by the length of the range."""
    length = (wanted.until - wanted.since).days if wanted.since and wanted.until else 10_000
    return "day" if length <= 45 else "week" if length <= 400 else "month"


def kinds(index: Index, wanted: Filter) -> list[dict[str, Any]]:
    """Return meetings by stretch of time, type and level."""
    where, parameters = _days(wanted)
    sql = f"""SELECT date_trunc('{step(wanted)}', day)::DATE AS since, event_type, level,
        sum(meetings)::INTEGER AS meetings
        FROM kinds WHERE {where} AND day IS NOT NULL GROUP BY ALL ORDER BY 1, 2, 3"""
    return index.rows(sql, parameters)


def fills(index: Index, wanted: Filter) -> list[dict[str, Any]]:
    """Return the share of rows with a value by stretch of time and field (table.column)."""
    where, parameters = _days(wanted)
    sql = f"""SELECT date_trunc('{step(wanted)}', day)::DATE AS since, field,
        sum(filled) / sum(total) AS share, sum(total)::BIGINT AS total FROM fills
        WHERE {where} AND day IS NOT NULL AND list_contains($fields, field) GROUP BY ALL ORDER BY 1, 2"""
    return index.rows(sql, parameters | {"fields": list(FIELDS)})


def repairs(index: Index, wanted: Filter) -> list[dict[str, Any]]:
    """Return what each rule of repair did: steps, restored and lost characters; most restored first."""
    where, parameters = _days(wanted)
    sql = f"""SELECT rule, sum(steps)::BIGINT AS steps, sum(restored)::BIGINT AS restored,
        sum(lost)::BIGINT AS lost FROM repairs WHERE {where} GROUP BY ALL ORDER BY restored DESC, rule"""
    return index.rows(sql, parameters)


def runs(index: Index, wanted: Filter, limit: int = 12) -> list[dict[str, Any]]:
    """Return the newest runs of the wanted sources and days."""
    where, parameters = _days(wanted)
    # A moment with a zone would need pytz, which DuckDB does not bring along: microseconds are UTC anyway.
    sql = f"""SELECT source_id, day, stage, make_timestamp(epoch_us(started_at)) AS started_at, seconds,
        taken, lost_chars,
        list_sum(list_transform(rejects, lambda one: one.rows)) AS rejects
        FROM passes WHERE {where} ORDER BY passes.started_at DESC LIMIT {limit}"""
    return index.rows(sql, parameters)


def _days(wanted: Filter) -> Conditions:
    where, parameters = conditions(wanted)
    place, values = region_of_days(wanted)
    return f"{where} AND {place}", parameters | values

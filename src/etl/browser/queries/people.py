"""One printed name over time: the catalog may tell namesakes apart, what is printed does not."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.browser.index import Index
from etl.browser.queries.filter import Filter, conditions

MEETINGS = 300
"""So many of a person's newest meetings are listed; everything that is counted is counted over all."""


def appearances(index: Index, name: str, wanted: Filter) -> list[dict[str, Any]]:
    """Return the newest meetings in which the name is printed, each with the person's roles and titles."""
    where, parameters = conditions(wanted)
    sql = f"""SELECT report_id, source_id, day, list(DISTINCT role ORDER BY role) AS roles,
        max(titles) AS titles FROM people WHERE name = $name AND {where} GROUP BY ALL
        ORDER BY day DESC NULLS LAST, source_id, report_id LIMIT {MEETINGS}"""
    own = index.rows(sql, parameters | {"name": name})
    days = [row["day"] for row in own if row["day"]]
    sql = """SELECT report_id, source_id, day, name AS meeting, title, event_type FROM meetings
        WHERE (day IS NULL OR day BETWEEN $first AND $last)
        AND report_id IN (SELECT unnest($ids::VARCHAR[]))"""
    bounds = {"first": min(days, default=date.min), "last": max(days, default=date.min)}
    found = index.rows(sql, bounds | {"ids": [row["report_id"] for row in own]})
    meetings = {(row["report_id"], row["source_id"], row["day"]): row for row in found}
    return [row | meetings[key] for row in own if (key := tuple(row.values())[:3]) in meetings]


def roles(index: Index, name: str, wanted: Filter) -> list[dict[str, Any]]:
    """Return how often the name stands in each role, month by month."""
    where, parameters = conditions(wanted)
    sql = f"""SELECT date_trunc('month', day)::DATE AS since, role, count(*) AS meetings FROM people
        WHERE name = $name AND {where} AND day IS NOT NULL GROUP BY ALL ORDER BY 1, 2"""
    return index.rows(sql, parameters | {"name": name})


def titles(index: Index, name: str, wanted: Filter) -> list[dict[str, Any]]:
    """Return the offices printed with the name, each with its first and last day and how often."""
    where, parameters = conditions(wanted)
    sql = f"""SELECT titles, min(day) AS first, max(day) AS last, count(DISTINCT report_id) AS meetings
        FROM people WHERE name = $name AND titles <> '' AND {where}
        GROUP BY ALL ORDER BY first, titles LIMIT 40"""
    return index.rows(sql, parameters | {"name": name})


def companions(index: Index, name: str, wanted: Filter) -> list[dict[str, Any]]:
    """Return the names printed most often in the same reports, with the number of those reports."""
    where, parameters = conditions(wanted)
    sql = f"""
        WITH own AS (SELECT DISTINCT report_id FROM people WHERE name = $name AND {where})
        SELECT name, count(DISTINCT report_id) AS meetings FROM people
        WHERE report_id IN (SELECT report_id FROM own) AND name <> $name AND {where}
        GROUP BY name ORDER BY meetings DESC, name LIMIT 20"""
    return index.rows(sql, parameters | {"name": name})

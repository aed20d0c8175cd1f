"""One printed name over time: the catalog may tell namesakes apart, what is printed does not."""

from __future__ import annotations

from typing import Any

from etl.browser.index import Index
from etl.browser.queries.filter import Filter, conditions

MEETINGS = 300
"""So many of a person's newest meetings are listed; everything that is counted is counted over all."""

SAME = "m.report_id = p.report_id AND m.source_id = p.source_id AND m.day IS NOT DISTINCT FROM p.day"


def appearances(index: Index, name: str, wanted: Filter) -> list[dict[str, Any]]:
    """Return the newest meetings in which the name is printed, each with the person's roles and titles."""
    where, parameters = conditions(wanted)
    sql = f"""
        WITH own AS (
            SELECT report_id, source_id, day, list(DISTINCT role ORDER BY role) AS roles,
                max(titles) AS titles
            FROM people WHERE name = $name AND {where} GROUP BY ALL
            ORDER BY day DESC NULLS LAST, source_id, report_id LIMIT {MEETINGS}
        )
        SELECT p.*, m.name AS meeting, m.title, m.event_type FROM own p JOIN meetings m ON {SAME}
        ORDER BY p.day DESC NULLS LAST, p.source_id, p.report_id"""
    return index.rows(sql, parameters | {"name": name})


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

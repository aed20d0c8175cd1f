"""The questions that the pages ask, each one query; every value from outside is a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.browser.store import rows, views

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What the meetings page is narrowed to; empty fields do not narrow. `page` counts from 0."""

    source: str = ""
    since: date | None = None
    until: date | None = None
    kind: str = ""
    person: str = ""
    text: str = ""
    page: int = 0


def days(root: str) -> list[dict[str, Any]]:
    """Return one row per source and day: articles, meetings, rejects; newest day first."""
    sql = """
        WITH a AS (SELECT source_id, day, count(*) AS articles FROM articles GROUP BY ALL),
             m AS (SELECT source_id, day, count(*) AS meetings FROM meeting_reports GROUP BY ALL),
             r AS (SELECT source_id, day, count(*) AS rejects FROM rejects GROUP BY ALL),
             keys AS (SELECT source_id, day FROM a UNION SELECT source_id, day FROM r)
        SELECT keys.source_id, keys.day, coalesce(articles, 0) AS articles,
               coalesce(meetings, 0) AS meetings, coalesce(rejects, 0) AS rejects
        FROM keys
        LEFT JOIN a ON a.source_id = keys.source_id AND a.day IS NOT DISTINCT FROM keys.day
        LEFT JOIN m ON m.source_id = keys.source_id AND m.day IS NOT DISTINCT FROM keys.day
        LEFT JOIN r ON r.source_id = keys.source_id AND r.day IS NOT DISTINCT FROM keys.day
        ORDER BY keys.day DESC NULLS LAST, keys.source_id LIMIT 2000
    """
    with views(root, "articles", "meeting_reports", "rejects") as connection:
        return rows(connection, sql, [])


def meetings(root: str, wanted: Filter) -> list[dict[str, Any]]:
    """Return a page of meetings (one row more than `PAGE_SIZE` where there are further pages)."""
    conditions, parameters = _conditions(wanted)
    sql = f"""
        WITH wanted AS (
            SELECT * FROM meeting_reports m WHERE {" AND ".join(conditions)}
            ORDER BY day DESC NULLS LAST, report_id LIMIT {PAGE_SIZE + 1} OFFSET ?
        ), people AS (
            SELECT report_id, count(DISTINCT seq) AS people,
                   string_agg(name, '、' ORDER BY seq) FILTER (WHERE role = 'chair') AS chair,
                   string_agg(name, '、' ORDER BY seq) FILTER (WHERE role = 'speaker') AS speakers
            FROM participants WHERE report_id IN (SELECT report_id FROM wanted) GROUP BY report_id
        ), orders AS (
            SELECT report_id, count(*) AS directives
            FROM directives WHERE report_id IN (SELECT report_id FROM wanted) GROUP BY report_id
        )
        SELECT wanted.report_id, wanted.source_id, wanted.day, wanted.event_type, wanted.name,
               wanted.start_date, wanted.date_text, a.title, chair, speakers,
               coalesce(people, 0) AS people, coalesce(directives, 0) AS directives
        FROM wanted
        LEFT JOIN people USING (report_id) LEFT JOIN orders USING (report_id)
        LEFT JOIN articles a ON a.article_id = wanted.article_id AND a.source_id = wanted.source_id
        ORDER BY wanted.day DESC NULLS LAST, wanted.report_id
    """
    with views(root, "meeting_reports", "participants", "directives", "articles") as connection:
        return rows(connection, sql, [*parameters, wanted.page * PAGE_SIZE])


def _conditions(wanted: Filter) -> tuple[list[str], list[Any]]:
    found: list[tuple[str, Any]] = [
        ("source_id = ?", wanted.source),
        ("day >= ?", wanted.since),
        ("day <= ?", wanted.until),
        ("event_type = ?", wanted.kind),
        ("contains(name, ?)", wanted.text),
        ("report_id IN (SELECT report_id FROM participants WHERE contains(name, ?))", wanted.person),
    ]
    used = [(condition, value) for condition, value in found if value]
    return ["true", *(condition for condition, _ in used)], [value for _, value in used]


def report(root: str, report_id: str) -> dict[str, Any] | None:
    """Return one meeting with its article, participants, groups, agenda items, directives and quotes."""
    parts = {
        "participants": "seq",
        "groups": "seq",
        "agenda_items": '"order"',
        "directives": "seq",
        "quotes": "position",
    }
    with views(root, "meeting_reports", "articles", *parts) as connection:
        found = rows(connection, "SELECT * FROM meeting_reports WHERE report_id = ?", [report_id])
        if not found:
            return None
        meeting = found[0]
        where = "WHERE article_id = ? AND source_id = ?"
        articles = rows(
            connection, f"SELECT * FROM articles {where}", [meeting["article_id"], meeting["source_id"]]
        )
        if not articles:
            return None
        lists = {
            table: rows(
                connection, f"SELECT * FROM {table} WHERE report_id = ? ORDER BY {order}", [report_id]
            )
            for table, order in parts.items()
        }
    return {"meeting": meeting, "article": articles[0], **lists}


def rejects(root: str) -> list[dict[str, Any]]:
    """Return the newest 500 rejects."""
    sql = """SELECT source_id, day, stage, reason, detail, url FROM rejects
             ORDER BY day DESC NULLS LAST, source_id, stage, reason, url LIMIT 500"""
    with views(root, "rejects") as connection:
        return rows(connection, sql, [])

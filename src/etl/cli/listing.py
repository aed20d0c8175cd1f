"""The meetings of the data folder as short rows, filtered, by DuckDB over the Parquet files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.dataset import read_table

COLUMNS = {
    "meeting_reports": (
        "report_id",
        "article_id",
        "event_type",
        "kind",
        "name",
        "start_date",
        "source_id",
        "day",
    ),
    "participants": ("report_id", "seq", "name", "role"),
    "directives": ("report_id",),
}

QUERY = """
WITH people AS (
    SELECT report_id,
        count(DISTINCT seq) AS participants,
        list(DISTINCT name ORDER BY name) AS names,
        list(name ORDER BY seq) FILTER (role = 'chair') AS chairs,
        list(name ORDER BY seq) FILTER (role = 'speaker') AS speakers
    FROM participants GROUP BY report_id
), orders AS (SELECT report_id, count(*) AS directives FROM directives GROUP BY report_id)
SELECT coalesce(m.start_date, m.day) AS date, m.event_type AS type, coalesce(m.name, m.kind) AS name,
    coalesce(chairs, []) AS chairs, coalesce(speakers, []) AS speakers,
    coalesce(participants, 0) AS participants, coalesce(directives, 0) AS directives,
    m.source_id AS source, m.day, m.article_id, m.report_id
FROM meeting_reports m LEFT JOIN people USING (report_id) LEFT JOIN orders USING (report_id)
WHERE ($person IS NULL OR list_contains(names, $person))
    AND ($name IS NULL OR contains(m.name, $name))
    AND ($type IS NULL OR m.event_type = $type)
ORDER BY date NULLS LAST, source, m.report_id
LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which meetings are wanted: exact person, part of a name, type, source, range of days, how many."""

    source_id: str | None = None
    since: date | None = None
    until: date | None = None
    person: str | None = None
    name: str | None = None
    type: str | None = None
    limit: int | None = None


def meetings(root: str, wanted: Wanted) -> list[dict[str, Any]]:
    """Return a row for each meeting below `root` that is wanted, by date.

    A row holds date, type, name, chairs, speakers, number of participants and directives, source, day of the
    partition, article_id and report_id. The range is of the partitions' days.
    """
    import duckdb

    with duckdb.connect() as connection:
        for table, columns in COLUMNS.items():
            data = read_table(
                root,
                table,
                source_id=wanted.source_id,
                since=wanted.since,
                until=wanted.until,
                columns=columns,
            )
            connection.register(table, data)
        found = connection.execute(
            QUERY,
            {"person": wanted.person, "name": wanted.name, "type": wanted.type, "limit": wanted.limit},
        )
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

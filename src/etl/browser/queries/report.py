"""One meeting with everything that belongs to it, from the files of its partition alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from etl.browser.index import Index
from etl.browser.queries.filter import Filter, conditions
from etl.dataset import parquet, schemas, store

PARTS = {
    "participants": "seq",
    "groups": "seq",
    "agenda_items": "order",
    "directives": "seq",
    "quotes": "position",
}
"""The tables of what belongs to a report, and the column that orders them."""


def find(index: Index, report_id: str, day: date | None, wanted: Filter) -> dict[str, Any] | None:
    """Return one meeting with its article, parts, capture and runs; None where there is no such.

    A page that is listed on two days is in two partitions; `day` chooses, else the newest is taken.
    """
    where, parameters = conditions(wanted)
    if day:
        where, parameters = f"{where} AND day = $day", parameters | {"day": day}
    sql = f"""SELECT source_id, day FROM meetings WHERE report_id = $id AND {where}
        ORDER BY day DESC NULLS LAST LIMIT 1"""
    places = index.rows(sql, parameters | {"id": report_id})
    if not places:
        return None
    place = places[0]
    meetings = read(index.root, "meeting_reports", **place, report_id=report_id)
    articles = read(index.root, "articles", **place, article_id=meetings[0]["article_id"]) if meetings else []
    if not articles:
        return None
    article = articles[0]
    captures = read(index.root, "captures", **place, capture_id=article["capture_id"])
    beside = read(index.root, "meeting_reports", **place, article_id=article["article_id"])
    lists = {
        table: sorted(read(index.root, table, **place, report_id=report_id), key=lambda row: row[order])
        for table, order in PARTS.items()
    }
    return {
        "meeting": meetings[0] | place,
        "article": article | place,
        "capture": captures[0] if captures else None,
        "runs": sorted(read(index.root, "runs", **place), key=lambda row: (row["started_at"], row["stage"])),
        "others": [row for row in beside if row["report_id"] != report_id],
        **lists,
    }


def read(root: str, table: str, source_id: str, day: date | None, **key: str) -> list[dict[str, Any]]:
    """Return the rows of one partition of `table` in which each key column has the given value.

    Files are streamed, and only the row groups that hold the values: an import of twenty thousand pages lies
    in one file. Raises `DataError` for a file that can't be read.
    """
    empty = dict.fromkeys(schemas.table(table).schema.names)
    rows: list[dict[str, Any]] = []
    folder = day.isoformat() if day else store.UNKNOWN_DAY
    for path in store.partition_files(root, table, source_id=source_id, day=folder):
        fs, inner = store.filesystem(path)
        with fs.open(inner, "rb") as handle:
            file = parquet.open_file(path, handle)
            groups = [
                number
                for number in range(file.num_row_groups)
                if not key or _matching(file.read_row_group(number, list(key)), key).num_rows
            ]
            for batch in file.iter_batches(1024, groups):
                rows += [empty | row for row in _matching(batch, key).to_pylist()]
    return rows


Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)


def _matching(rows: Rows, key: Mapping[str, str]) -> Rows:
    for name, value in key.items():
        rows = rows.filter(pc.equal(rows.column(name), pa.scalar(value)))
    return rows

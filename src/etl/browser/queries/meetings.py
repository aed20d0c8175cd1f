"""Pages of the list of meetings, by keyset: the hundred thousandth page costs what the first costs."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from etl.browser.index import Index
from etl.browser.index.follow import as_dicts
from etl.browser.queries.filter import Filter, of_meetings

PAGE_SIZE = 50
MAX_ROWS = 1_000_000
"""Rows of the longest download."""

SORTS = {
    "day": "coalesce(day, DATE '0001-01-01')",
    "name": "coalesce(name, title, '')",
    "type": "event_type",
    "people": "people",
    "directives": "directives",
    "source": "source_id",
}
"""Name of an order to the expression that it sorts by; ties are ordered by day, source and id."""

TIES = ("coalesce(day, DATE '0001-01-01')", "source_id", "report_id")

COLUMNS = """report_id, source_id, day, event_type, kind, level, name, title, start_date, location_name,
    chair, speakers, people, directives, url, article_id"""


@dataclass(frozen=True, slots=True)
class Order:
    """How the list is sorted, and the row beside which the page begins (`cursor` as a page gave it)."""

    sort: str = "day"
    descending: bool = True
    cursor: str = ""
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page; `before` and `after` are cursors of its neighbours, empty where there are none."""

    rows: list[dict[str, Any]]
    before: str
    after: str


def count(index: Index, wanted: Filter) -> int:
    """Return how many meetings are wanted."""
    where, parameters = of_meetings(wanted)
    found = index.rows(f"SELECT count(*) AS n FROM meetings WHERE {where}", parameters)
    return int(found[0]["n"])


def page(index: Index, wanted: Filter, order: Order) -> Page:
    """Return the page of the wanted meetings that begins at the order's cursor."""
    where, parameters = of_meetings(wanted)
    keys = (SORTS[order.sort], *TIES)
    down = order.descending is not order.backwards
    names = [f"k{number}" for number in range(len(keys))]
    if at := _decode(order.cursor):
        parameters |= dict(zip(names, at, strict=True))
        types = ("DATE" if order.sort == "day" else "INTEGER" if order.sort in ("people", "directives") else
                 "VARCHAR", "DATE", "VARCHAR", "VARCHAR")  # fmt: skip
        bound = ", ".join(f"${name}::{kind}" for name, kind in zip(names, types, strict=True))
        where += f" AND ({', '.join(keys)}) {'<' if down else '>'} ({bound})"
        if order.sort == "day":  # lets whole row groups be skipped
            where += f" AND {keys[0]} {'<=' if down else '>='} $k0::DATE"
    direction = " DESC" if down else ""
    ordered = ", ".join(key + direction for key in keys)
    if order.sort == "day":  # a plain column, so that row groups behind the last row of the page are skipped
        ordered = f"day{direction} NULLS {'LAST' if down else 'FIRST'}, {ordered}"
    aliases = ", ".join(f"{key} AS {name}" for key, name in zip(keys, names, strict=True))
    sql = f"SELECT {COLUMNS}, {aliases} FROM meetings WHERE {where} ORDER BY {ordered} LIMIT {PAGE_SIZE + 1}"
    found = index.rows(sql, parameters)
    more = len(found) > PAGE_SIZE
    shown = found[:PAGE_SIZE]
    if order.backwards:
        shown.reverse()
    cursors = [_encode([row.pop(name) for name in names]) for row in shown]
    begins = not (more if order.backwards else order.cursor)
    ends = not (bool(order.cursor) if order.backwards else more)
    return Page(
        shown, "" if begins or not cursors else cursors[0], "" if ends or not cursors else cursors[-1]
    )


def batches(cursor: duckdb.DuckDBPyConnection, wanted: Filter, size: int = 5000) -> Iterator[pa.RecordBatch]:
    """Yield the wanted meetings, newest day first, at most `MAX_ROWS` of them, as Arrow batches.

    Years are asked for one by one, so that no more than a year's rows are ever sorted at a time.
    """
    where, parameters = of_meetings(wanted)
    found = cursor.execute(f"SELECT DISTINCT year(day) AS year FROM meetings WHERE {where}", parameters)
    years = sorted((row["year"] for row in as_dicts(found)), key=lambda year: -(year or 0))
    left = MAX_ROWS
    for year in years:
        sql = f"""SELECT {COLUMNS} FROM meetings WHERE {where} AND year(day) IS NOT DISTINCT FROM $year
            ORDER BY day DESC, source_id, report_id LIMIT {left}"""
        reader = cursor.execute(sql, parameters | {"year": year}).to_arrow_reader(size)
        for batch in reader or ():
            left -= batch.num_rows
            yield batch
        if left <= 0:
            return


def _encode(values: list[Any]) -> str:
    text = json.dumps([str(value) for value in values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def _decode(cursor: str) -> list[str]:
    """Return the values of a cursor; ValueError for what is none."""
    if not cursor:
        return []
    text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    values = json.loads(text)
    if (
        not isinstance(values, list)
        or len(values) != 1 + len(TIES)
        or not all(type(v) is str for v in values)
    ):
        raise ValueError("not a cursor")
    return values

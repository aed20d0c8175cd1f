"""Structural checks, which fail a partition, and fill rates, which are only reported.

Rows that are merely incomplete are data; rows that contradict their schema are a fault of the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from etl.dataset import schemas
from etl.dataset.rows import PARTS
from etl.records import Article, MeetingReport


def faults(name: str, data: pa.Table) -> list[str]:
    """Return the structural faults of rows of table `name`, one sentence each, empty where there are none."""
    table = schemas.table(name)
    if not data.schema.equals(table.schema):
        return [f"the columns of {name} are not those of its schema"]
    found = [fault for column in table.columns for fault in _column_faults(column, data[column.name])]
    key = data.select(table.key)
    if table.key and (double := data.num_rows - key.group_by(table.key).aggregate([]).num_rows):
        found.append(f"{double} rows of {name} repeat the key {', '.join(table.key)}")
    return found


def _column_faults(column: schemas.Column, values: pa.ChunkedArray[Any]) -> Iterator[str]:
    if column.need and values.null_count:
        yield f"{values.null_count} rows have no {column.name}"
    if column.closed_set:
        known = schemas.closed_sets()[column.closed_set]
        if unknown := sorted({str(v) for v in pc.unique(values).to_pylist() if v is not None} - known.keys()):
            yield f"{column.name} holds {', '.join(map(repr, unknown))}, not one of {', '.join(known)}"
    if column.type == "span":
        wrong = [span for span in values.to_pylist() if span and not 0 <= span["start"] <= span["end"]]
        if wrong:
            yield f"{len(wrong)} spans in {column.name} start before 0 or end before they start"


def report_faults(article: Article, report: MeetingReport) -> list[str]:
    """Return the structural faults of `report` and its parts, empty where there are none.

    Faults are spans that leave `article.text` or do not reproduce their value there, values outside of their
    closed set, and parts that repeat a key.
    """
    found = list(_record_faults("meeting_reports", report, article.text))
    for name in PARTS:
        records = getattr(report, name)
        for record in records:
            found.extend(_record_faults(name, record, article.text))
        key = [column for column in schemas.table(name).key if column != "report_id"]
        if len({tuple(getattr(record, column) for column in key) for record in records}) < len(records):
            found.append(f"{name} repeat the key {', '.join(key)}")
    found.extend(
        f"participants.titles {title.text!r} is not at {title.span.start}–{title.span.end}"
        for person in report.participants
        for title in person.titles
        if title.span.of(article.text) != title.text
    )
    return found


def _record_faults(name: str, record: object, text: str) -> Iterator[str]:
    for column in _checked(name):
        value = getattr(record, column.name)
        if value is None:
            continue
        if column.closed_set:
            if value not in schemas.closed_sets()[column.closed_set]:
                yield f"{name}.{column.name} is {value!r}, which is not in its closed set"
        elif not 0 <= value.start <= value.end <= len(text):
            yield f"{name}.{column.name} {value.start}–{value.end} leaves the text of {len(text)} characters"
        elif column.reproduces and value.of(text) != (shown := getattr(record, column.reproduces)):
            yield f"{name}.{column.reproduces} {shown!r} is not at {value.start}–{value.end}"


@cache
def _checked(name: str) -> tuple[schemas.Column, ...]:
    """Return the columns of a table that a record can contradict."""
    return tuple(c for c in schemas.table(name).columns if c.closed_set or c.type == "span")


def fill_rates(name: str, data: pa.Table) -> dict[str, float]:
    """Return the share of rows (0 to 1, four decimals) in which each column of `data` holds a value.

    An empty list or text is no value. A table without rows has no rates.
    """
    if data.num_rows == 0:
        return {}
    return {
        f"{name}.{field.name}": round(_filled(data[field.name]) / data.num_rows, 4) for field in data.schema
    }


def _filled(values: pa.ChunkedArray[Any]) -> int:
    if pa.types.is_list(values.type) or pa.types.is_string(values.type):
        length = pc.list_value_length if pa.types.is_list(values.type) else pc.utf8_length
        return sum(1 for size in cast(Any, length)(values).to_pylist() if size)
    return len(values) - values.null_count

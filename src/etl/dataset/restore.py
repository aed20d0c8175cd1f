"""Records from rows: one stored article with its reports, as the pipeline handed them on."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from etl.dataset import reader, store
from etl.records import AgendaItem, Article, Directive, Group, MeetingReport, Participant, Quote

T = TypeVar("T")

PART_RECORDS: dict[str, type[Any]] = {
    "participants": Participant,
    "groups": Group,
    "agenda_items": AgendaItem,
    "directives": Directive,
    "quotes": Quote,
}


def article(root: str, article_id: str) -> tuple[Article, tuple[MeetingReport, ...]] | None:
    """Return the article with that id below `root` and the reports in it, None where there is none.

    Raises `DataError` for a file that can't be read.
    """
    for path in store.partition_files(root, "articles"):
        if article_id in reader.read_file(path, "articles", ["article_id"])["article_id"].to_pylist():
            return _restore(path, article_id)
    return None


def _restore(path: str, article_id: str) -> tuple[Article, tuple[MeetingReport, ...]]:
    own = _select(reader.read_file(path, "articles"), "article_id", article_id)[0]
    reports = _select(_beside(path, "meeting_reports"), "article_id", article_id)
    return _record(own, Article), tuple(_report(path, row) for row in reports)


def _report(path: str, row: dict[str, Any]) -> MeetingReport:
    parts: dict[str, Any] = {
        name: tuple(
            _record(part, kind) for part in _select(_beside(path, name), "report_id", row["report_id"])
        )
        for name, kind in PART_RECORDS.items()
    }
    return replace(_record(row, MeetingReport), **parts)


def _record(row: dict[str, Any], kind: type[T]) -> T:
    """Return the row as a record; where a column is null, the record's default stands if it has one."""
    required = {field.name for field in fields(kind) if MISSING is field.default is field.default_factory}  # type: ignore[arg-type]
    return msgspec.convert({k: v for k, v in row.items() if v is not None or k in required}, kind)


def _beside(path: str, table: str) -> pa.Table:
    """Return the rows of `table` that were written with the articles at `path`."""
    other = path.replace("/articles/source_id=", f"/{table}/source_id=")
    return reader.read_file(other, table) if store.exists(other) else reader.full_schema(table).empty_table()


def _select(data: pa.Table, column: str, value: str) -> list[dict[str, Any]]:
    return data.filter(pc.equal(data[column], pa.scalar(value))).to_pylist()

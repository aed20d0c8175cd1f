"""Records from rows: one stored article with its reports, as the pipeline handed them on."""

from __future__ import annotations

from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from etl.dataset import reader, rows, store
from etl.records import Article, MeetingReport


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
    reports = [
        report | {name: _parts(path, name, report["report_id"]) for name in rows.PARTS}
        for report in _select(_beside(path, "meeting_reports"), "article_id", article_id)
    ]
    found = msgspec.convert(reports, tuple[MeetingReport, ...])
    return msgspec.convert(own, Article), found


def _parts(path: str, table: str, report_id: str) -> list[dict[str, Any]]:
    return _select(_beside(path, table), "report_id", report_id)


def _beside(path: str, table: str) -> pa.Table:
    """Return the rows of `table` that were written with the articles at `path`."""
    other = path.replace("/articles/source_id=", f"/{table}/source_id=")
    return reader.read_file(other, table) if store.exists(other) else reader.full_schema(table).empty_table()


def _select(data: pa.Table, column: str, value: str) -> list[dict[str, Any]]:
    """Return the rows in which `column` is `value`, without nulls: the records' defaults stand for them."""
    return [_without_nulls(row) for row in data.filter(pc.equal(data[column], pa.scalar(value))).to_pylist()]


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value]
    return value

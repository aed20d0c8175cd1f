"""Rows from records: what each record contributes to which table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec

from etl.dataset import schemas
from etl.records import (
    EXTRACTOR_VERSION,
    SCHEMA_VERSION,
    Article,
    Capture,
    MeetingReport,
    Reject,
    StageReport,
)

VERSIONS = {"extractor_version": EXTRACTOR_VERSION, "schema_version": SCHEMA_VERSION}
PARTS = ("participants", "groups", "agenda_items", "directives", "quotes")
"""The tables whose rows are parts of a meeting report, named like the report's fields."""


def capture_row(capture: Capture) -> dict[str, Any]:
    """Return the `captures` row of `capture`."""
    return _row("captures", capture)


def article_row(article: Article) -> dict[str, Any]:
    """Return the `articles` row of `article`."""
    return _row("articles", article) | VERSIONS


def report_rows(report: MeetingReport) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of `report` by table: its own and those of its parts."""
    own = {"report_id": report.report_id}
    rows = {name: [_row(name, part) | own for part in getattr(report, name)] for name in PARTS}
    return {"meeting_reports": [_row("meeting_reports", report) | VERSIONS], **rows}


def reject_row(reject: Reject, run_key: str) -> dict[str, Any]:
    """Return the `rejects` row of `reject`; `run_key` is the run's day or the imported shard's digest."""
    return _row("rejects", reject) | VERSIONS | {"run_key": run_key}


def run_row(
    report: StageReport, run_key: str, started_at: datetime, fill_rates: Mapping[str, float]
) -> dict[str, Any]:
    """Return the `runs` row of a stage over one partition."""
    return {
        "stage": report.stage,
        "run_key": run_key,
        "started_at": started_at,
        "seconds": report.seconds,
        "taken": report.taken,
        "rows": [{"table": name, "rows": count} for name, count in sorted(report.tables.items())],
        "rejects": [{"reason": name, "rows": count} for name, count in sorted(report.rejects.items())],
        "fill_rates": [{"column": name, "share": share} for name, share in sorted(fill_rates.items())],
        "lost_chars": report.lost_chars,
        "digest": report.digest,
        **VERSIONS,
    }


def key_of_day(day: date | None) -> str:
    """Return the run key of a day's partition."""
    return day.isoformat() if day else ""


@cache
def _shared(table: str, record_type: Any) -> tuple[str, ...]:
    """Return the columns of `table` that the record has as fields of the same name."""
    names = {field.name for field in fields(record_type)}
    return tuple(column.name for column in schemas.table(table).columns if column.name in names)


def _row(table: str, record: object) -> dict[str, Any]:
    kind: Any = type(record)
    return {name: _plain(getattr(record, name)) for name in _shared(table, kind)}


def _plain(value: Any) -> Any:
    """Return `value` with tuples as lists and records as mappings, all the way down."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value

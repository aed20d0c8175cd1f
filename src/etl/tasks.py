"""What an Airflow task calls: reads the environment and the clock at the edge, hands on to `etl.stages`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from etl import settings, stages
from etl.errors import UsageError
from etl.records import StageReport


def capture(source_id: str, key: str, mode: str) -> dict[str, Any]:
    """Capture one partition; `key` is its day as YYYY-MM-DD. Returns the `StageReport` as JSON values."""
    report = stages.capture_day(source_id, _day(key), mode=mode, settings=settings.load(), clock=_now)
    return _plain(report)


def parse(source_id: str, key: str) -> dict[str, Any]:
    """Parse one partition from the landing zone. Returns the `StageReport` as JSON values."""
    return _plain(stages.parse_day(source_id, _day(key), settings=settings.load(), clock=_now))


def merge(key: str) -> dict[str, Any]:
    """Merge one month; `key` is YYYY-MM. Returns the `StageReport` as JSON values."""
    try:
        month = date.fromisoformat(f"{key}-01")
    except (TypeError, ValueError):
        raise UsageError(f"the partition key {key!r} is no month: trigger with a key like 2026-03") from None
    return _plain(stages.merge_month(month, settings=settings.load(), clock=_now))


def _now() -> datetime:
    return datetime.now(UTC)


def _day(key: str) -> date:
    try:
        return date.fromisoformat(key)
    except (TypeError, ValueError):
        raise UsageError(f"the partition key {key!r} is no day: trigger with a key like 2026-03-02") from None


def _plain(report: StageReport) -> dict[str, Any]:
    return asdict(report) | {"day": report.day and report.day.isoformat()}

"""What an Airflow task calls: reads the environment and the clock at the edge, hands on to `etl.stages`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from etl import log, settings, stages
from etl.capture import files
from etl.errors import DataError, UsageError
from etl.records import StageReport
from etl.stages import shards
from etl.stages.partition import digest_of


def capture(source_id: str, key: str, mode: str) -> dict[str, Any]:
    """Capture one partition; `key` is its day as YYYY-MM-DD. Returns the `StageReport` as JSON values."""
    report = stages.capture_day(source_id, _day(key), mode=mode, settings=settings.load(), clock=_now)
    return _plain(report)


def parse(source_id: str, key: str) -> dict[str, Any]:
    """Parse one partition from the landing zone. Returns the `StageReport` as JSON values."""
    return _plain(stages.parse_day(source_id, _day(key), settings=settings.load(), clock=_now))


def plan_import(paths: list[str], root: str | None) -> list[list[dict[str, Any]]]:
    """Return the shards of an import in groups of some minutes of work, as JSON values.

    Raises `UsageError` where there is nothing to import.
    """
    if not paths:
        raise UsageError("there is nothing to import: trigger with `paths`")
    return [[asdict(shard) for shard in group] for group in shards.grouped(shards.plan(paths, root))]


def import_group(
    group: list[dict[str, Any]],
    source_id: str,
    *,
    hosts: list[str],
    match: list[str],
    language: str | None,
    again: bool,
) -> dict[str, Any]:
    """Import a group of shards as `plan_import` gives them; return one `StageReport` over all as JSON values.

    Its path is that of a file of the first shard.
    """
    reports = stages.import_shards(
        [shards.Shard(**one) for one in group],
        settings=settings.load(),
        clock=_now,
        source_id=source_id,
        choice=files.choose(hosts, match, [language] if language else []),
        again=again,
    )
    tables: Counter[str] = Counter()
    rejects: Counter[str] = Counter()
    for report in reports:
        tables.update(report.tables)
        rejects.update(report.rejects)
    total = replace(
        reports[0],
        taken=sum(report.taken for report in reports),
        tables=dict(tables),
        rejects=dict(rejects),
        seconds=round(sum(report.seconds for report in reports), 3),
        digest=digest_of(report.digest for report in reports),
        changed=any(report.changed for report in reports),
        lost_chars=sum(report.lost_chars for report in reports),
    )
    return _plain(total) | {"shards": len(group)}


def landed(key: str, source_id: str) -> list[str]:
    """Return the sources with something landed for a day; `source_id` is all, or the only one that counts."""
    found = stages.captured_sources(_day(key), settings=settings.load())
    return [one for one in found if source_id in ("all", one)]


def quality(key: str, source_ids: list[str]) -> list[dict[str, Any]]:
    """Compare a day of each source (all: every source parsed that day) with the month before it.

    Returns the verdicts as JSON values; raises `DataError`, naming every drift, where there is one.
    """
    day, where = _day(key), settings.load()
    wanted = stages.parsed_sources(day, settings=where) if source_ids == ["all"] else source_ids
    verdicts = [stages.check_day(source_id, day, settings=where) for source_id in wanted]
    for verdict in verdicts:
        said = "compared" if verdict.enough else "too little history"
        log.info(said, source=verdict.source_id, day=day, days=verdict.history, needed=verdict.needed)
    found = [f"{v.source_id} {day}: {'; '.join(map(str, v.drifts))}" for v in verdicts if v.drifts]
    if found:
        raise DataError("drift from the month before: " + " | ".join(found))
    return [asdict(verdict) | {"day": key} for verdict in verdicts]


def merge(key: str) -> dict[str, Any]:
    """Merge one month; `key` is YYYY-MM. Returns the `StageReport` as JSON values."""
    try:
        month = date.fromisoformat(f"{key}-01")
    except (TypeError, ValueError):
        raise UsageError(f"the partition key {key!r} is no month: trigger with a key like 2026-03") from None
    return _plain(stages.merge_month(month, settings=settings.load(), clock=_now))


READS = {
    "parse": ("captures",),
    "merge": ("articles", "meeting_reports", "participants", "groups", "directives"),
}
"""Stage to the tables that it reads."""


def lineage(report: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return the addresses of the tables that a stage read and wrote, by its report."""
    root = settings.load().data
    root = root if "://" in root else Path(root).resolve().as_uri()
    tables = (READS.get(report["stage"], ()), report["tables"])
    reads, writes = ([f"{root.rstrip('/')}/{table}" for table in names] for names in tables)
    return reads, writes


def _now() -> datetime:
    return datetime.now(UTC)


def _day(key: str) -> date:
    try:
        return date.fromisoformat(key)
    except (TypeError, ValueError):
        raise UsageError(f"the partition key {key!r} is no day: trigger with a key like 2026-03-02") from None


def _plain(report: StageReport) -> dict[str, Any]:
    return asdict(report) | {"day": report.day and report.day.isoformat()}

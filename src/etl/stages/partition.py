"""The gathered rows of a run as the files of its partitions, and the row that tells of the run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from etl import log
from etl.dataset import Written, checks, reader, rows, schemas, store, write_partition
from etl.records import StageReport
from etl.settings import Settings
from etl.stages.gather import Gathered

Clock = Callable[[], datetime]
"""Returns the present time, aware; read at the edge and passed in, so that a run can be repeated exactly."""

PARSED = ("articles", "meeting_reports", *rows.PARTS)
"""The tables that are made from captures."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a stage: the partition that it owns, the name of its files, and when it began.

    `name` names its files of `rejects` and `runs`, tables to which several stages write, `file` those of the
    tables that it owns alone.
    """

    stage: str
    source_id: str
    day: date | None
    key: str
    name: str
    file: str
    started_at: datetime


def write(
    run: Run, gathered: Gathered, tables: Iterable[str], settings: Settings, clock: Clock
) -> StageReport:
    """Write what was gathered for a partition of one day, every table of `tables` even if it is empty.

    Returns the report of the run, which is also written as its `runs` row unless nothing changed.
    """
    rates: dict[str, float] = {}
    written: dict[str, list[Written]] = {}
    for table in (*tables, "rejects"):
        data = gathered.tables(table).get(run.day, schemas.table(table).schema.empty_table())
        rates |= checks.fill_rates(table, data) if table != "rejects" else {}
        file = run.name if table == "rejects" else run.file
        written[table] = [write_partition(settings.data, table, run.source_id, run.day, data, name=file)]
    return conclude(run, gathered, written, rates, settings, clock)


def conclude(
    run: Run,
    gathered: Gathered,
    written: dict[str, list[Written]],
    rates: dict[str, float],
    settings: Settings,
    clock: Clock,
) -> StageReport:
    """Return the report over the files `written` by table, and write it as the `runs` row of the run."""
    report = account(run, gathered, written, clock)
    note(run, report, rates, settings)
    return report


def account(run: Run, gathered: Gathered, written: dict[str, list[Written]], clock: Clock) -> StageReport:
    """Return the report over the files `written` by table."""
    files = [file for group in written.values() for file in group]
    return StageReport(
        stage=run.stage,
        source_id=run.source_id,
        day=run.day,
        taken=gathered.taken,
        tables={
            name: sum(file.rows for file in group) for name, group in written.items() if name != "rejects"
        },
        rejects=dict(sorted(gathered.rejects.items())),
        seconds=round((clock() - run.started_at).total_seconds(), 3),
        path=files[0].path if files else "",
        digest=digest_of(file.digest for file in files),
        changed=any(file.changed for file in files),
        lost_chars=gathered.lost_chars,
    )


def digest_of(digests: Iterable[str]) -> str:
    """Return the digest of a run from those of its files: by table as they are written, by day in each."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:16]


def note(run: Run, report: StageReport, rates: dict[str, float], settings: Settings) -> None:
    """Write the `runs` row of a run, unless an earlier one says the same."""
    log.info(
        "done",
        source=report.source_id,
        day=report.day,
        stage=report.stage,
        taken=report.taken,
        rows=sum(report.tables.values()),
        rejects=sum(report.rejects.values()),
        lost_chars=report.lost_chars,
        seconds=report.seconds,
        changed=report.changed,
        path=report.path,
    )
    row = rows.run_row(report, run.key, run.started_at, rates)
    if _lasting(row) != _lasting(stored_row(settings, run) or {}):
        write_partition(settings.data, "runs", run.source_id, run.day, [row], name=run.name)


def stored_row(settings: Settings, run: Run) -> dict[str, Any] | None:
    """Return the `runs` row that an earlier run of the same stage over the same partition left, or None."""
    path = store.partition_path(settings.data, "runs", run.source_id, run.day, run.name)
    found = reader.read_file(path, "runs").to_pylist() if store.exists(path) else []
    return found[0] if found else None


def _lasting(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a run's row says apart from where it stands, and when and how fast the run was."""
    passing = ("started_at", "seconds", *schemas.PARTITION.names)
    return {name: value for name, value in row.items() if name not in passing}

"""What every stage asks about a source-day before it starts."""

from __future__ import annotations

from datetime import date

from etl import sources
from etl.dataset import store
from etl.errors import DataError, UsageError
from etl.settings import Settings
from etl.sources import Source
from etl.stages.partition import Clock, Run, stored_row


def begin(stage: str, source_id: str, day: date, settings: Settings, clock: Clock) -> tuple[Source, Run]:
    """Return the source and the run of `stage` over one of its days.

    Raises `UsageError` for an unknown source and for a day that has not begun where the source is.
    """
    source = sources.get(source_id, settings)
    now = clock()
    today = now.astimezone(source.zone).date()
    if day > today:
        raise UsageError(
            f"{source_id}: {day} lies in the future; choose a day up to {today} ({source.timezone})"
        )
    return source, Run(stage, source_id, day, key=day.isoformat(), name=stage, file="part-0", started_at=now)


def require_capture(run: Run, settings: Settings) -> None:
    """Raise `DataError` where the day of `run` was never captured: that is no empty success."""
    captured = Run("capture", run.source_id, run.day, run.key, "capture", "part-0", run.started_at)
    if stored_row(settings, captured) is None:
        raise DataError(
            f"{run.source_id}: nothing was captured for {run.day} below {settings.data}; "
            f"run `etl run {run.source_id} --day {run.day}` or the capture DAG first"
        )


def captured_sources(day: date, *, settings: Settings) -> list[str]:
    """Return the known sources that were captured for `day`, in the order of their ids."""
    return _sources_of(day, "capture", settings)


def parsed_sources(day: date, *, settings: Settings) -> list[str]:
    """Return the known sources of which `day` was parsed, in the order of their ids."""
    return _sources_of(day, "parse", settings)


def _sources_of(day: date, stage: str, settings: Settings) -> list[str]:
    known = sources.load_all(settings).sources
    paths = store.partition_files(settings.data, "runs", day=day.isoformat(), name=stage)
    return sorted({store.partition_of(path)[0] for path in paths} & known.keys())

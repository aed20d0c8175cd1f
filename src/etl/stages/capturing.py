"""Capture: the pages of a source-day land as WARC, and the captures table follows from what has landed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import chain

from etl.capture import collect, landing
from etl.capture.fetch import refusal
from etl.dataset import reader, store
from etl.errors import UsageError
from etl.records import Reject, StageReport
from etl.schedule import MODES
from etl.settings import Settings
from etl.stages import days, past
from etl.stages.gather import Gathered
from etl.stages.partition import Clock, Run, stored_row, write


def capture_day(
    source_id: str,
    day: date,
    *,
    mode: str = "incremental",
    settings: Settings,
    clock: Clock,
    tell: Callable[[int], None] = lambda _: None,
) -> StageReport:
    """Land what `source_id` lists for `day`, and write the partition of `captures`, `rejects` and `runs`.

    Mode incremental asks conditionally for pages that landed before, refetch asks for all of them in full; a
    body that landed before, on this day or an earlier one, never lands twice. Mode replay stays off the
    network. In any mode the captures table is derived from the landing zone, so a WARC file that a killed
    run left without rows is taken up. `tell` is called with 1 for each link. Raises `UsageError` for an
    unknown source or mode and a day in the future, `UnavailableError` where the source's host answers
    nothing, `DataError` for a broken landing file.
    """
    if mode not in MODES:
        raise UsageError(f"there is no mode {mode!r}; the modes are {', '.join(MODES)}")
    source, run = days.begin("capture", source_id, day, settings, clock)
    gathered = Gathered(run.key)
    if mode == "replay":
        _remember(run, gathered, settings)
    else:
        previous = chain(past.captures(settings, source_id, day), landing.index(settings, source_id, day))
        pages = collect(
            source, day, settings=settings, clock=clock, previous=previous, refetch=mode == "refetch"
        )
        with landing.Writer(settings, source_id, day) as writer:
            for page in pages:
                gathered.taken += 1
                if isinstance(page, Reject):
                    gathered.reject(page, day)
                else:
                    writer.append(page)
                    if page.refused:
                        gathered.reject(refusal(page), day)
                tell(1)
    for landed in landing.index(settings, source_id, day):
        gathered.capture(landed, day)
    return write(run, gathered, ("captures",), settings, clock)


def _remember(run: Run, gathered: Gathered, settings: Settings) -> None:
    """Take count and rejects from the run that went to the site: a replay learns nothing new about them."""
    row = stored_row(settings, run)
    if row is None:
        landed = sum(1 for _ in landing.index(settings, run.source_id, run.day))
        if not landed:
            days.require_capture(run, settings)
        gathered.taken = landed
        return
    gathered.taken = row["taken"]
    path = store.partition_path(settings.data, "rejects", run.source_id, run.day, run.name)
    fields = ("stage", "reason", "detail", "source_id", "day", "url", "capture_id")
    for reject in reader.read_file(path, "rejects", fields).to_pylist() if store.exists(path) else []:
        gathered.reject(Reject(**reject), run.day)

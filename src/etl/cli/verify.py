"""`etl verify`: whether what landed is whole, the captures table is what it gives, and imports are done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from etl.cli import options
from etl.errors import DataError

if TYPE_CHECKING:
    from etl.capture.landing import Fault
    from etl.settings import Settings

COLUMNS = ("capture_id", "warc_file", "warc_offset", "warc_length", "body_sha256", "refers_to")


@click.command("verify")
@click.argument("source", required=False)
@options.period
@options.data
@options.as_json
def command(
    source: str | None, since: datetime | None, until: datetime | None, data: str | None, as_json: bool
) -> None:
    """Check what landed from SOURCE (default: all): digests, indexes, the captures table; and imports.

    Each fault is named with its file; the exit code is 3 if there is any.
    """
    from etl.capture import landing
    from etl.stages import resume

    settings = options.settings_of(data)
    first, last = options.day_of(since), options.day_of(until)
    wanted = [
        (source_id, day)
        for source_id, day in landing.partitions(settings)
        if source in (None, source_id) and _within(day, first, last)
    ]
    faults = [fault for source_id, day in wanted for fault in _faults(settings, source_id, day)]
    imports = [] if source or first or last else list(resume.unfinished(settings))
    faults += [
        landing.Fault(found[1], f"an import into {found[0]} is not finished, or changed since; run it again")
        for found in imports
        if found is not None
    ]
    if as_json:
        options.print_json({"source_days": len(wanted), "imports": len(imports), "faults": faults})
    else:
        for fault in faults:
            click.echo(f"{fault.path}: {fault.detail}")
        click.echo(f"{len(wanted)} source-days, {len(imports)} imports, {len(faults)} faults")
    if faults:
        raise DataError(f"{len(faults)} faults below {settings.data}; what is wrong stands above")


def _within(day: date | None, first: date | None, last: date | None) -> bool:
    if day is None:
        return first is None and last is None
    return (first is None or first <= day) and (last is None or day <= last)


def _faults(settings: Settings, source_id: str, day: date | None) -> Iterator[Fault]:
    """Yield the faults of one source-day: those of its files, then those of its table."""
    from etl.capture import landing

    found = list(landing.verify(settings, source_id, day))
    yield from found
    if not found:
        yield from _table_faults(settings, source_id, day)


def _table_faults(settings: Settings, source_id: str, day: date | None) -> Iterator[Fault]:
    """Yield a fault for each capture that landed and is not so in the table, or the other way round."""
    from etl.capture import landing
    from etl.dataset import reader, store

    landed = {
        tuple(getattr(one, name) for name in COLUMNS) for one in landing.index(settings, source_id, day)
    }
    stored = set()
    path = f"{settings.data}/captures"
    for path in store.partition_files(settings.data, "captures", source_id=source_id, name="part-0"):
        if store.partition_of(path)[1] == day:
            break
    else:
        yield landing.Fault(path, f"the captures of {source_id} on {day} have no file; run the day again")
        return
    for row in reader.read_file(path, "captures", COLUMNS).to_pylist():
        stored.add(tuple(row[name] for name in COLUMNS))
    for one in sorted(landed - stored, key=str):
        yield landing.Fault(path, f"capture {one[0]} landed and is not in the table as it landed")
    for one in sorted(stored - landed, key=str):
        yield landing.Fault(path, f"capture {one[0]} is in the table and did not land so")

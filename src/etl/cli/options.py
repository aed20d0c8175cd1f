"""Options that several commands share, and what they mean."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from etl import settings
from etl.errors import UsageError
from etl.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

F = TypeVar("F", bound=Callable[..., Any])

PIPE_COLUMNS = 160
DAY = click.DateTime(formats=["%Y-%m-%d"])


def data(function: F) -> F:
    """Add `--data DIR`, the folder or URL of the tables."""
    return click.option(
        "--data", metavar="DIR", help="Folder or s3:// URL of the data [ETL_DATA or var/data]."
    )(function)


def as_json(function: F) -> F:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")(function)


def gold(what: str) -> Callable[[F], F]:
    """Return what adds `--gold`, the folder that holds `what`, and `--predictions`, a file to write."""
    folder = click.Path(path_type=Path, file_okay=False, exists=True)
    file = click.Path(path_type=Path, dir_okay=False)

    def add(function: F) -> F:
        """Add both options."""
        written = click.option("--predictions", type=file, help="Write what was read there, a line each.")
        return click.option("--gold", "folder", type=folder, required=True, help=f"Folder with {what}.")(
            written(function)
        )

    return add


def period(function: F) -> F:
    """Add `--from DAY` and `--to DAY`, a range with both ends in it."""
    last = click.option("--to", "until", type=DAY, metavar="DAY", help="Last day, YYYY-MM-DD.")
    return click.option("--from", "since", type=DAY, metavar="DAY", help="First day, YYYY-MM-DD.")(
        last(function)
    )


def settings_of(folder: str | None) -> Settings:
    """Return the settings of the environment, with the data in `folder` where one was given."""
    found = settings.load()
    return replace(found, data=folder) if folder else found


def days(day: datetime | None, since: datetime | None, until: datetime | None) -> list[date]:
    """Return the days that `--day`, or `--from` and `--to`, mean; raise `UsageError` for anything else."""
    if day and not since and not until:
        return [day.date()]
    if day or not since or not until:
        raise UsageError("give either --day DAY, or --from DAY and --to DAY (both included)")
    if since > until:
        raise UsageError(f"--from {since.date()} lies after --to {until.date()}; swap them")
    return [since.date() + timedelta(days=n) for n in range((until - since).days + 1)]


def day_of(value: datetime | None) -> date | None:
    """Return the day of an option's value."""
    return value.date() if value else None


def now() -> datetime:
    """Return the present time in UTC: the clock of the commands."""
    return datetime.now(UTC)


def console() -> Console:
    """Return the console of standard output; a pipe has no width of its own and gets room for long names.

    What is printed comes from the web, so nothing in it is taken for markup.
    """
    from rich.console import Console

    found = Console(markup=False, highlight=False)
    if not found.is_terminal and "COLUMNS" not in os.environ:
        found.width = PIPE_COLUMNS
    return found


def print_json(value: Any) -> None:
    """Print records, mappings and dates as JSON, indented, in UTF-8."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())

"""`etl run`: capture and parse the days of a source, without Airflow."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from etl.cli import options
from etl.errors import DataError
from etl.schedule import MODES

if TYPE_CHECKING:
    from etl.records import StageReport
    from etl.settings import Settings


@click.command("run")
@click.argument("source")
@click.option("--day", type=options.DAY, metavar="DAY", help="One day, YYYY-MM-DD.")
@options.period
@click.option(
    "--mode",
    type=click.Choice(list(MODES)),
    default="incremental",
    show_default=True,
    help="replay stays off the network, refetch asks for every page in full again.",
)
@options.data
@options.as_json
def command(
    source: str,
    day: datetime | None,
    since: datetime | None,
    until: datetime | None,
    mode: str,
    data: str | None,
    as_json: bool,
) -> None:
    """Fetch the pages that SOURCE lists for a day or for each day of a range, and write their tables.

    A day whose stored data is broken is reported and does not stop the others.
    """
    days, settings = options.days(day, since, until), options.settings_of(data)
    reports: list[tuple[StageReport, StageReport]] = []
    faults: list[DataError] = []
    for one in days:
        try:
            reports.append(_run(source, one, mode, settings))
        except DataError as error:
            faults.append(error)
            click.echo(f"etl: {error}", err=True)
    if as_json:
        options.print_json([report for pair in reports for report in pair])
    else:
        _print(reports)
    if faults:
        raise DataError(f"{len(faults)} of {len(days)} days could not be done; what is wrong stands above")


def _run(source: str, day: date, mode: str, settings: Settings) -> tuple[StageReport, StageReport]:
    """Return the reports of capture and parse of one day, showing progress on standard error."""
    from rich.console import Console

    from etl import stages
    from etl.cli.progress import counting

    console = Console(stderr=True)
    with counting(console, f"{source} {day} capture") as tell:
        captured = stages.capture_day(source, day, mode=mode, settings=settings, clock=options.now, tell=tell)
    with counting(console, f"{source} {day} parse", total=captured.tables["captures"]) as tell:
        return captured, stages.parse_day(source, day, settings=settings, clock=options.now, tell=tell)


def _print(reports: list[tuple[StageReport, StageReport]]) -> None:
    from rich.table import Table

    table = Table(box=None, header_style="bold")
    for name in ("day", "links", "captured", "articles", "meetings", "rejects", "seconds", "files"):
        table.add_column(name, justify="left" if name in ("day", "files") else "right")
    for captured, parsed in reports:
        table.add_row(
            str(captured.day),
            str(captured.taken),
            str(captured.tables["captures"]),
            str(parsed.tables["articles"]),
            str(parsed.tables["meeting_reports"]),
            str(sum(captured.rejects.values()) + sum(parsed.rejects.values())),
            f"{captured.seconds + parsed.seconds:.1f}",
            "changed" if captured.changed or parsed.changed else "unchanged",
        )
    options.console().print(table)

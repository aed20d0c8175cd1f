"""`etl import`: saved pages, folders and WARC files into the same tables."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from etl.cli import options

if TYPE_CHECKING:
    from etl.records import StageReport


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("--out", metavar="DIR", help="Folder or s3:// URL of the data [ETL_DATA or var/data].")
@click.option("--source", default="files", show_default=True, help="Source whose definition applies.")
@options.as_json
def command(paths: tuple[Path, ...], out: str | None, source: str, as_json: bool) -> None:
    """Read saved pages, text files, WARC files, or folders of them, and write their tables."""
    from rich.console import Console

    from etl import stages
    from etl.cli.progress import counting

    settings = options.settings_of(out)
    with counting(Console(stderr=True), "pages") as tell:
        reports = stages.import_paths(
            paths, settings=settings, clock=options.now, source_id=source, tell=tell
        )
    if as_json:
        options.print_json(reports)
    else:
        _print(reports, settings.data)


def _print(reports: list[StageReport], folder: str) -> None:
    """Print how many pages became what, and why the others did not."""
    rows: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for report in reports:
        rows.update(report.tables)
        reasons.update(report.rejects)
    click.echo(
        f"{sum(report.taken for report in reports)} pages: {rows['articles']} articles, "
        f"{rows['meeting_reports']} meetings, {sum(reasons.values())} rejects; the tables are in {folder}"
    )
    for reason, count in reasons.most_common():
        click.echo(f"  {count} × {reason}")

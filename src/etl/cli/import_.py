"""`etl import`: saved pages, folders and WARC files into the same tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from etl.cli import options

if TYPE_CHECKING:
    from etl.records import StageReport


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--host", "hosts", multiple=True, metavar="HOST", help="Only pages of HOST or below it.")
@click.option("--match", "patterns", multiple=True, metavar="REGEX", help="Only addresses that match REGEX.")
@click.option("--language", type=click.Choice(["zh"]), help="Only pages that may be in that language.")
@click.option("--root", metavar="PLACE", help="Folder or s3:// URL from which names in lists count.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--again", is_flag=True, help="Import what is finished already, too.")
@click.option("--out", metavar="DIR", help="Folder or s3:// URL of the data [ETL_DATA or var/data].")
@click.option("--source", default="files", show_default=True, help="Source whose definition applies.")
@options.as_json
def command(
    paths: tuple[str, ...],
    hosts: tuple[str, ...],
    patterns: tuple[str, ...],
    language: str | None,
    root: str | None,
    workers: int,
    again: bool,
    out: str | None,
    source: str,
    as_json: bool,
) -> None:
    """Read saved pages, text files and WARC files into the tables.

    PATH is a file, a folder of them, an s3:// URL of either, or a list that names a file a line (.paths,
    .paths.gz, as Common Crawl has them). Several --host or --match want any of them. A run that was
    interrupted goes on from the last finished file when it is started again.
    """
    from rich.console import Console

    from etl import stages
    from etl.capture import files
    from etl.cli.progress import counting

    settings = options.settings_of(out)
    choice = files.choose(hosts, patterns, [language] if language else [])
    with counting(Console(stderr=True), "pages") as tell:
        reports = stages.import_paths(
            paths,
            settings=settings,
            clock=options.now,
            source_id=source,
            root=root,
            choice=choice,
            again=again,
            workers=workers,
            tell=tell,
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

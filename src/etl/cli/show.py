"""`etl show`: the meetings of the data folder as a short table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from etl.cli import options

TYPES = ("meeting", "talks", "inspection", "ceremony")


@click.command("show")
@options.data
@click.option("--source", help="Id of a source.")
@options.period
@click.option("--person", help="Name of a participant, as printed.")
@click.option("--name", help="Part of the meeting's name.")
@click.option("--type", "kind", type=click.Choice(TYPES), help="Type of event.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many meetings.")
@options.as_json
def command(
    data: str | None,
    source: str | None,
    since: datetime | None,
    until: datetime | None,
    person: str | None,
    name: str | None,
    kind: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List meetings: date, name, chair, speakers, how many participants and directives, source.

    --from and --to are days on which the articles came out; the meetings may have been before.
    """
    from etl.cli import listing

    wanted = listing.Wanted(
        source_id=source,
        since=options.day_of(since),
        until=options.day_of(until),
        person=person,
        name=name,
        type=kind,
        limit=limit,
    )
    folder = options.settings_of(data).data
    found = listing.meetings(folder, wanted)
    if as_json:
        options.print_json(found)
    elif found:
        print_meetings(found)
    else:
        click.echo(f"No meetings below {folder} match.")


WIDE = 120
"""Columns of a terminal from which on there is room for the source and the article's id."""


def print_meetings(found: list[dict[str, Any]]) -> None:
    """Print rows of `listing.meetings` as a table on standard output."""
    from rich import box
    from rich.table import Table

    console = options.console()
    table = Table(box=box.SIMPLE, header_style="bold", pad_edge=False)
    table.add_column("date", no_wrap=True)
    table.add_column("meeting", ratio=5, overflow="fold")
    table.add_column("chair", ratio=2, overflow="fold")
    table.add_column("speakers", ratio=3, overflow="fold")
    table.add_column("people", justify="right", no_wrap=True)
    table.add_column("directives", justify="right", no_wrap=True)
    wide = console.width >= WIDE
    for name in ("source", "article") if wide else ():
        table.add_column(name, no_wrap=True)
    for row in found:
        cells = [
            str(row["date"] or "?"),
            row["name"] or f"({row['type']})",
            "、".join(dict.fromkeys(row["chairs"])),
            "、".join(dict.fromkeys(row["speakers"])),
            str(row["participants"]),
            str(row["directives"]),
        ]
        table.add_row(*cells, *((row["source"], row["article_id"]) if wide else ()))
    console.print(table)

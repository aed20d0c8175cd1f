"""`etl merge`: the catalog of a month, from the days that were parsed."""

from __future__ import annotations

from datetime import datetime

import click

from etl.cli import options


@click.command("merge")
@click.argument("month", type=click.DateTime(formats=["%Y-%m"]), metavar="MONTH")
@options.data
@options.as_json
def command(month: datetime, data: str | None, as_json: bool) -> None:
    """Tell the same meetings, persons and offices apart over all sources of MONTH (YYYY-MM).

    Writes the tables meetings, persons, organizations, posts and memberships of the month. Days that come
    later are taken up by merging the month again.
    """
    from etl import stages

    report = stages.merge_month(month.date(), settings=options.settings_of(data), clock=options.now)
    if as_json:
        options.print_json(report)
        return
    counts = ", ".join(f"{count} {name}" for name, count in report.tables.items())
    changed = "" if report.changed else "; nothing changed"
    click.echo(f"{month:%Y-%m}: {counts} from {report.taken} reports in {report.seconds:.1f} s{changed}")

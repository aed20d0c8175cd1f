"""What the demo prints in the end: the meetings, the counts, the rejects, and how to read the tables."""

from __future__ import annotations

from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from etl import dataset
from etl.cli import listing
from etl.cli.show import print_meetings

READING = """
The tables are in [bold]{data}[/bold]

[bold]pandas[/bold]
  import pandas as pd
  meetings = pd.read_parquet("{data}/meeting_reports")
  people = pd.read_parquet("{data}/participants")

[bold]DuckDB[/bold]
  import duckdb
  people = duckdb.sql("FROM '{data}/participants/**/*.parquet'")
  duckdb.sql("SELECT name, role, count(*) FROM people GROUP BY ALL ORDER BY ALL").show()
"""


def show(data: Path) -> None:
    """Print the tables of the data folder on standard output."""
    root, console = str(data), Console()
    print_meetings(listing.meetings(root, listing.Wanted()))
    console.print(_counts(root))
    console.print(_rejects(root))
    console.print(READING.format(data=data), soft_wrap=True)


def _counts(root: str) -> Table:
    runs = dataset.read(
        root, "runs", columns=["source_id", "stage", "taken", "rows", "rejects", "lost_chars"]
    )
    table = Table(box=box.SIMPLE, header_style="bold", title="What each stage did", title_justify="left")
    for name in ("source", "stage", "days", "taken in", "rows written", "rejects", "characters lost"):
        table.add_column(name, justify="left" if name in ("source", "stage") else "right")
    for (source, stage), group in runs.groupby(["source_id", "stage"], observed=True):
        written = sum(entry["rows"] for rows in group["rows"] for entry in rows)
        rejected = sum(entry["rows"] for rows in group["rejects"] for entry in rows)
        counts = (len(group), int(group["taken"].sum()), written, rejected, int(group["lost_chars"].sum()))
        table.add_row(str(source), str(stage), *map(str, counts))
    return table


def _rejects(root: str) -> Table:
    rejects = dataset.read(root, "rejects", columns=["stage", "reason", "detail"])
    table = Table(
        box=box.SIMPLE, header_style="bold", title="Pages that became no rows", title_justify="left"
    )
    for name in ("stage", "reason", "pages", "for example"):
        table.add_column(name, justify="right" if name == "pages" else "left")
    for (stage, reason), group in rejects.groupby(["stage", "reason"], observed=True):
        table.add_row(str(stage), str(reason), str(len(group)), str(group["detail"].iloc[0]))
    return table

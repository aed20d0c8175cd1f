"""`etl demo`: the whole pipeline on the sample site, run by a real Airflow through a backfill."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from etl import sample
from etl.cli import demo_report
from etl.cli.signals import end_on_terminate
from etl.launch.api import Api
from etl.launch.embedded import running
from etl.launch.environment import Embedded, checkout, free_port
from etl.launch.follow import wait_for_partitions
from etl.sample.server import serve


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="Folder that is made anew [default: var/demo].")
def command(out: Path | None) -> None:
    """Run capture and parse for the sample site's five days through Airflow, and show what came out."""
    end_on_terminate()
    console = Console(stderr=True)
    root = checkout()
    folder = (out or root / "var" / "demo").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    data = folder / "data"
    with ExitStack() as stack:
        site = stack.enter_context(serve())
        console.print(f"The sample site answers on {site}")
        embedded = Embedded(root, folder / "airflow", str(data), free_port(), site)
        with console.status("Airflow: starting"):
            stack.enter_context(running(embedded, tell=lambda what: console.print(f"Airflow: {what}")))
        console.print(f"Airflow is up on {embedded.url}")
        _backfill(embedded, console)
    demo_report.show(data)


def _backfill(embedded: Embedded, console: Console) -> None:
    """Backfill both sample sources over the site's days and follow until parse is done too."""
    keys = {day.isoformat() for day in sample.DAYS}
    expected = {f"{kind}_{source}": keys for kind in ("capture", "parse") for source in sample.SOURCES}
    api = Api(embedded)
    api.sign_in()
    api.wait_for_dags(list(expected))
    for dag_id in expected:
        api.unpause(dag_id)
    for source in sample.SOURCES:
        api.backfill(f"capture_{source}", min(sample.DAYS), max(sample.DAYS))
    columns = (TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        bars = {dag_id: progress.add_task(dag_id, total=len(keys)) for dag_id in expected}

        def tell(done: dict[str, int]) -> None:
            """Show how many days of each DAG are done."""
            for dag_id, count in done.items():
                progress.update(bars[dag_id], completed=count)

        wait_for_partitions(api, expected, tell)

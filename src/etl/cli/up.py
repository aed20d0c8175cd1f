"""`etl up`: Airflow with its UI on loopback, the sample site beside it, until Ctrl-C."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

import click
from rich.console import Console

from etl import sample, settings
from etl.cli.signals import end_on_terminate
from etl.launch.api import credentials
from etl.launch.embedded import running, tend
from etl.launch.environment import Embedded, checkout
from etl.sample.server import serve

HELP = """
[bold]Airflow[/bold]      {url}   user [bold]{user}[/bold]   password [bold]{password}[/bold]
[bold]Sample site[/bold]  {site}
[bold]Data[/bold]         {data}

To see it work: open the DAG [bold]capture_{source}[/bold], unpause it and [bold]parse_{source}[/bold], then
Trigger → Backfill from {first} to {last} (set the UI's timezone to Asia/Shanghai first).
Ctrl-C stops everything.
"""


@click.command()
@click.option("--port", default=8080, show_default=True, help="Port of the UI on loopback.")
@click.option("--site-port", default=8765, show_default=True, help="Port of the sample site on loopback.")
@click.option("--home", type=click.Path(path_type=Path), help="Airflow's folder [default: var/airflow].")
def command(port: int, site_port: int, home: Path | None) -> None:
    """Open the Airflow UI on this machine, ready for backfills of the sample site."""
    end_on_terminate()
    console = Console()
    root = checkout()
    data = settings.load().data
    data = data if "://" in data else str(Path(data).resolve())

    def tell(what: str) -> None:
        console.print(f"Airflow: {what}", highlight=False, markup=False)

    with ExitStack() as stack:
        site = stack.enter_context(serve(port=site_port))
        embedded = Embedded(root, (home or root / "var" / "airflow").resolve(), data, port, site)
        with console.status("Airflow: starting"):
            components = stack.enter_context(running(embedded, tell=tell))
        user, password = credentials(embedded)
        facts = {"url": embedded.url, "user": user, "password": password, "site": site, "data": data}
        days = {"source": sample.SOURCES[0], "first": min(sample.DAYS), "last": max(sample.DAYS)}
        console.print(HELP.format(**facts, **days))
        # In a thread: Ctrl-C would fall into a finalizer of the HTTP client now and then, and be lost (seen).
        ended: SimpleQueue[Exception] = SimpleQueue()

        def watch() -> None:
            """Tend the components until that fails, and hand on why."""
            try:
                tend(embedded, components, tell)
            except Exception as error:
                ended.put(error)

        threading.Thread(target=watch, daemon=True).start()
        raise ended.get()

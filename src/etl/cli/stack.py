"""`etl stack`: the services of docker-compose.yml as processes of this machine, until Ctrl-C."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import click
from rich.console import Console

from etl.cli.signals import end_on_terminate

HELP = """
[bold]Airflow[/bold]   http://127.0.0.1:{port}   user [bold]admin[/bold]   password [bold]{password}[/bold]
[bold]Logs[/bold]      {logs}
[bold]Data[/bold]      s3://huiyi/data at {store}, in memory: it ends with the stack

Ctrl-C stops everything.
"""


@click.command()
@click.option("--port", default=8080, show_default=True, help="Port of the UI on loopback.")
@click.option("--workers", default=2, show_default=True, help="Number of Celery workers.")
@click.option("--home", type=click.Path(path_type=Path), help="Folder of the stack [default: var/stack].")
def command(port: int, workers: int, home: Path | None) -> None:
    """Run docker-compose.yml without a container engine: PostgreSQL, Redis, S3, Airflow on Celery workers."""
    from etl.launch.environment import checkout
    from etl.launch.stack import compose, native, runner

    end_on_terminate()
    console = Console()
    root = checkout()
    folder = (home or root / "var" / "stack").resolve()
    values = os.environ | compose.env_file(root / ".env") | {"UI_PORT": str(port), "WORKERS": str(workers)}
    services = compose.read(root / "docker-compose.yml", values)
    specs = native.processes(services, root, folder)
    with (
        console.status(f"Starting {len(specs)} processes; their logs go to {folder}/logs"),
        runner.running(specs) as tended,
    ):
        password = (folder / "volumes" / "secrets" / "admin_password").read_text(encoding="ascii")
        store = tended["api-server"].spec.environment["AWS_ENDPOINT_URL"]
        console.print(HELP.format(port=port, password=password, logs=folder / "logs", store=store))
        threading.Event().wait()

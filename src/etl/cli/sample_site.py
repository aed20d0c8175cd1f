"""`etl sample-site`: serve the made-up newspaper and government portal until Ctrl-C."""

from __future__ import annotations

import signal
import threading

import click

from etl.errors import UnavailableError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
def command(host: str, port: int) -> None:
    """Serve the sample newspaper and government portal until Ctrl-C."""
    from etl.sample.server import serve

    try:
        with serve(host, port) as base:
            click.echo(f"Sample site on {base}/ (Ctrl-C ends it)")
            _wait()
    except OSError as error:
        raise UnavailableError(
            f"the sample site cannot listen on {host}:{port} ({error}); choose another --port"
        ) from error


def _wait() -> None:
    """Sleep until Ctrl-C or SIGTERM."""
    done = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: done.set())
    try:
        done.wait()
    except KeyboardInterrupt:
        click.echo()

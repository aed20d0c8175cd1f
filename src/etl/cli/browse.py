"""`etl browse`: the record browser on this machine, without Airflow."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import click

from etl.cli import options
from etl.errors import UnavailableError

HOSTS = ["127.0.0.1", "localhost", "[::1]"]
"""Names under which the server answers, so that no page of another site can ask it (DNS rebinding)."""


@click.command("browse")
@options.data
@click.option(
    "--port", default=8081, show_default=True, type=click.IntRange(0, 65535), help="0: any free one."
)
@click.option(
    "--cache", type=click.Path(path_type=Path), help="Folder of the index [ETL_CACHE or var/cache]."
)
def command(data: str | None, port: int, cache: Path | None) -> None:
    """Show the meetings in a web browser: days, reports with their evidence, people, rejects.

    Serves on loopback only, until Ctrl-C. Pages that are new in the data appear by themselves.
    """
    import uvicorn
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from etl.browser.app import create_app

    settings = options.settings_of(data)
    app = create_app(replace(settings, cache=cache) if cache else settings)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)
    listener = _listen(port)
    shown = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    click.echo(f"Meetings of {settings.data} on {shown} (Ctrl-C ends it)")
    config = uvicorn.Config(app, log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    """Return a listening socket on loopback; raise `UnavailableError` where the port is taken."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)  # before the address is printed, so that nobody who follows it is refused
    except OSError as error:
        listener.close()
        raise UnavailableError(
            f"port {port} is taken ({error.strerror}); choose another with --port"
        ) from None
    return listener

"""The command line: `etl …`. Each command is a module of its own, loaded only when it is called."""

from __future__ import annotations

import sys

import click

from etl import __version__
from etl.cli.lazy import LazyGroup
from etl.errors import EtlError

COMMANDS = {
    "run": "run",
    "import": "import_",
    "merge": "merge",
    "show": "show",
    "browse": "browse",
    "explain": "explain",
    "repair": "repair",
    "sources": "sources",
    "verify": "verify",
    "evaluate": "evaluate",
    "sample-site": "sample_site",
    "demo": "demo",
    "up": "up",
    "stack": "stack",
}
"""Command name to the module of this package whose `command` it is, in the order of a newcomer's needs."""

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@click.group(cls=LazyGroup, modules=COMMANDS, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="etl")
def cli() -> None:
    """Chinese news pages in, Parquet tables of meetings out."""


def main() -> None:
    """Run the command line; print an `EtlError` as one sentence and exit with its code."""
    try:
        cli()
    except EtlError as error:
        click.echo(f"etl: {error}", err=True)
        sys.exit(error.exit_code)

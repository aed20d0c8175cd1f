"""The command line: `etl …`. Each command is a module of its own, loaded only when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from etl import __version__
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
"""Command name to the module of this package whose `command` it is."""


class LazyGroup(click.Group):
    """A command group that imports a command's module when it is needed, so that `etl --help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names in the order of a newcomer's needs."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, or None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"etl.cli.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
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

"""`etl evaluate`: what the program reaches on gold and on clean text, one subcommand for each question."""

from __future__ import annotations

import importlib

import click

SUBCOMMANDS = {"repair": "evaluate_repair", "pages": "evaluate_pages", "meetings": "evaluate_meetings"}
"""Subcommand to the module of `etl.cli` whose `command` it is."""


class _Group(click.Group):
    """A group that imports a subcommand's module when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the subcommands, without importing any."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the subcommand of that name, None where there is none."""
        if cmd_name not in SUBCOMMANDS:
            return None
        command: click.Command = importlib.import_module(f"etl.cli.{SUBCOMMANDS[cmd_name]}").command
        return command


@click.group("evaluate", cls=_Group)
def command() -> None:
    """Measure repair, page extraction and meeting extraction."""

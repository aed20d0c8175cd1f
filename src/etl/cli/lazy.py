"""A command group that imports a command's module when it is needed, so that `etl --help` stays quick."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """A group over `modules`: command name to the module of `etl.cli` whose `command` it is."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names in the order of `modules`, without importing any."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, or None where there is none."""
        if cmd_name not in self.modules:
            return None
        command: click.Command = importlib.import_module(f"etl.cli.{self.modules[cmd_name]}").command
        return command

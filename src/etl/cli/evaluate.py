"""`etl evaluate`: what the program reaches on gold and on clean text, one subcommand for each question."""

from __future__ import annotations

import click

from etl.cli.lazy import LazyGroup

MODULES = {"repair": "evaluate_repair", "pages": "evaluate_pages", "meetings": "evaluate_meetings"}


@click.group("evaluate", cls=LazyGroup, modules=MODULES)
def command() -> None:
    """Measure repair, page extraction and meeting extraction."""

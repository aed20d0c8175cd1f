"""`etl sources`: which sources there are, and which definitions are broken."""

from __future__ import annotations

import json
import sys

import click

from etl import settings as settings_
from etl import sources
from etl.errors import UsageError
from etl.sources import Loaded, Source


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object with `sources` and `faults`.")
def command(as_json: bool) -> None:
    """List the sources with how their pages are found.

    Definitions are TOML files: those shipped, and those in the folders that ETL_SOURCES names. A broken one
    is shown with file and field; the command then ends with exit code 2, and the others can be used.
    """
    loaded = sources.load_all(settings_.load())
    if as_json:
        click.echo(json.dumps(_plain(loaded), ensure_ascii=False, indent=2))
    else:
        _table(loaded)
    if loaded.faults:
        for fault in loaded.faults:
            click.echo(f"etl: {fault.path}: {fault.detail}", err=True)
        sys.exit(UsageError.exit_code)


def _ways(source: Source) -> str:
    """Return the kinds of discovery, each once, in the order in which they are tried."""
    return ", ".join(dict.fromkeys(str(type(way).__struct_config__.tag) for way in source.discovery))


def _table(loaded: Loaded) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("source", "name", "level", "found by", "state"):
        table.add_column(heading, no_wrap=heading == "source")
    for source in sorted(loaded.sources.values(), key=lambda one: one.id):
        table.add_row(
            source.id,
            source.name,
            source.level,
            _ways(source),
            ("enabled" if source.enabled else "disabled")
            + ("" if source.tested_live else ", not tested live"),
        )
    Console().print(table)


def _plain(loaded: Loaded) -> dict[str, list[dict[str, object]]]:
    import msgspec

    return {
        "sources": [msgspec.to_builtins(one) for _, one in sorted(loaded.sources.items())],
        "faults": [{"path": fault.path, "detail": fault.detail} for fault in loaded.faults],
    }

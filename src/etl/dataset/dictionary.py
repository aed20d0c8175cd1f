"""The data dictionary, generated from the schemas so that it can't drift from them."""

from __future__ import annotations

from pathlib import Path

from etl.dataset import schemas, store
from etl.records import SCHEMA_VERSION

PAGE = Path(__file__).with_name("DICTIONARY.md")
"""The generated page: `python -m etl.dataset.dictionary` writes it, a test compares it."""


def markdown() -> str:
    """Return the data dictionary as Markdown: tables with their grain, columns with type and meaning."""
    parts = [
        f"Schema version {SCHEMA_VERSION}. Every table also has the partition columns `source_id` (text) and "
        f"`day` (date; {store.UNKNOWN_DAY} where unknown), tables of the catalog `month` (text, YYYY-MM), "
        "which stand in the path. A span is "
        "`struct<start:int32,end:int32>`, half open, in code points of `articles.text`."
    ]
    parts += [_table(table) for table in schemas.tables().values()]
    return "\n\n".join(["# Data dictionary", *parts, _closed_sets()]) + "\n"


def _table(table: schemas.Table) -> str:
    lines = [f"## {table.name}", "", f"Layer {table.layer}; one row: {table.grain}.", ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    for column in table.columns:
        notes = [column.meaning]
        if column.need == "key":
            notes.append("part of the key")
        if column.closed_set:
            notes.append(f"one of {', '.join(schemas.closed_sets()[column.closed_set])}")
        if column.reproduces:
            notes.append(f"its characters are `{column.reproduces}`")
        need = "" if column.need else "?"
        lines.append(f"| `{column.name}` | {column.type}{need} | {'; '.join(notes)} |")
    return "\n".join(lines)


def _closed_sets() -> str:
    lines = ["## Closed sets", "", "| set | value | meaning |", "|---|---|---|"]
    for name, values in schemas.closed_sets().items():
        lines += [f"| {name} | `{value}` | {meaning} |" for value, meaning in values.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(markdown(), encoding="utf-8")

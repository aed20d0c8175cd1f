"""Arrow schemas of every table, read from `tables.tsv`, `columns.tsv` and `closed_sets.tsv`.

The partition columns, source_id and day or month, stand in the path only (Hive layout), never in a file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pyarrow as pa

from etl.errors import UsageError
from etl.records import EXTRACTOR_VERSION, SCHEMA_VERSION

_PARTITION: dict[str, pa.DataType] = {"source_id": pa.string(), "day": pa.date32()}
PARTITION = pa.schema(_PARTITION)
"""What the path of a file says about all of its rows."""

_MONTH: dict[str, pa.DataType] = {"month": pa.string()}
MONTH = pa.schema(_MONTH)
"""What the path of a file of the catalog says about all of its rows: the month as YYYY-MM."""

SPAN = pa.struct([pa.field("start", pa.int32()), pa.field("end", pa.int32())])

_SIMPLE: dict[str, pa.DataType] = {
    "string": pa.string(),
    "category": pa.dictionary(pa.int32(), pa.string()),
    "bool": pa.bool_(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "uint64": pa.uint64(),
    "float64": pa.float64(),
    "date": pa.date32(),
    "span": SPAN,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `closed_set` names the values it may hold, `reproduces` what column a span covers."""

    name: str
    type: str
    need: str
    closed_set: str
    reproduces: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its grain in words, its columns in file order, and the Arrow schema with versions."""

    name: str
    layer: str
    grain: str
    columns: tuple[Column, ...]
    schema: pa.Schema
    partition: pa.Schema = PARTITION

    @property
    def key(self) -> list[str]:
        """Names of the columns that tell rows of one partition apart; empty where rows may repeat."""
        return [column.name for column in self.columns if column.need == "key"]


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of the table file `name` beside this module as column name to text."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def closed_sets() -> dict[str, dict[str, str]]:
    """Return the closed sets: set name to its values, each with its meaning."""
    sets: dict[str, dict[str, str]] = {}
    for row in rows_of("closed_sets.tsv"):
        sets.setdefault(row["closed_set"], {})[row["value"]] = row["meaning"]
    return sets


@cache
def tables() -> dict[str, Table]:
    """Return every table by name, in the order in which a page passes through them."""
    columns: dict[str, list[Column]] = {}
    for row in rows_of("columns.tsv"):
        table, _, name = row.pop("column").partition(".")
        columns.setdefault(table, []).append(Column(name=name, **row))
    found = {}
    for row in rows_of("tables.tsv"):
        own = tuple(columns[row["table"]])
        partition = MONTH if row["partition"] == "month" else PARTITION
        found[row["table"]] = Table(row["table"], row["layer"], row["grain"], own, _schema(own), partition)
    return found


def daily() -> dict[str, Table]:
    """Return the tables that are partitioned by source and day: all but those of the catalog."""
    return {name: table for name, table in tables().items() if table.partition is PARTITION}


def table(name: str) -> Table:
    """Return the table called `name`; raise `UsageError` naming the known ones where there is none."""
    try:
        return tables()[name]
    except KeyError:
        raise UsageError(f"there is no table {name!r}; the tables are {', '.join(tables())}") from None


def _schema(columns: tuple[Column, ...]) -> pa.Schema:
    versions: dict[bytes | str, bytes | str] = {
        "schema_version": str(SCHEMA_VERSION),
        "extractor_version": EXTRACTOR_VERSION,
    }
    return pa.schema([pa.field(c.name, arrow_type(c.type)) for c in columns], metadata=versions)


def arrow_type(text: str) -> pa.DataType:
    """Return the Arrow type written as a simple name, timestamp[ZONE], list<…> or struct<name:type,…>."""
    if text in _SIMPLE:
        return _SIMPLE[text]
    if text.startswith("timestamp["):
        return pa.timestamp("us", tz=text[len("timestamp[") : -1])
    kind, _, rest = text.partition("<")
    if kind == "list":
        return pa.list_(pa.field("element", arrow_type(rest[:-1])))  # as Parquet names it
    if kind == "struct":
        fields = (field.partition(":") for field in _split(rest[:-1]))
        return pa.struct([pa.field(name, arrow_type(inner)) for name, _, inner in fields])
    raise ValueError(f"unknown column type {text!r}")


def _split(text: str) -> Iterator[str]:
    """Yield the parts of `text` between commas that stand outside of angle brackets."""
    depth = start = 0
    for position, char in enumerate(text):
        depth += (char == "<") - (char == ">")
        if char == "," and depth == 0:
            yield text[start:position]
            start = position + 1
    yield text[start:]

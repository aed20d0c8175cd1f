"""Tables back from their partitions, as pandas frames or Arrow tables with the partition columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from etl.dataset import parquet, schemas, store
from etl.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd


def read(
    root: str,
    table: str,
    *,
    source_id: str | None = None,
    day: date | None = None,
    since: date | None = None,
    until: date | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the rows of `table` below `root` as a frame; source_id (text) and day (date) are columns.

    `day` selects one day, `since` and `until` a range with both ends in it; any of them leaves out rows of an
    unknown day. Of tables of the catalog, which have month (text) as column, they select the months.
    `columns` names the columns wanted, in that order. Without files it gives an empty frame.
    Raises `UsageError` for unknown tables and columns, `DataError` for files of a newer schema version.
    """
    data = read_table(root, table, source_id=source_id, day=day, since=since, until=until, columns=columns)
    return data.to_pandas()


def read_table(
    root: str,
    table: str,
    *,
    source_id: str | None = None,
    day: date | None = None,
    since: date | None = None,
    until: date | None = None,
    columns: Sequence[str] | None = None,
) -> pa.Table:
    """Return what `read` returns as an Arrow table."""
    schema = full_schema(table)
    names = list(columns or schema.names)
    if unknown := [name for name in names if name not in schema.names]:
        raise UsageError(f"{table} has no column {unknown[0]!r}; its columns are {', '.join(schema.names)}")
    if source_id and schemas.table(table).partition is schemas.MONTH:
        raise UsageError(f"{table} is not kept by source; select rows by its columns")
    since, until = (day, day) if day else (since, until)
    parts = [read_file(path, table, names) for path in _paths(root, table, source_id or "*", since, until)]
    return pa.concat_tables(parts) if parts else _only(schema, names).empty_table()


def full_schema(table: str) -> pa.Schema:
    """Return the schema of a table's files with the partition columns behind it."""
    return pa.schema([*schemas.table(table).schema, *schemas.table(table).partition])


def _paths(root: str, table: str, source_id: str, since: date | None, until: date | None) -> list[str]:
    if schemas.table(table).partition is schemas.MONTH:
        first, last = (f"{day:%Y-%m}" if day else None for day in (since, until))
        return [
            path
            for path in store.month_files(root, table)
            if (first is None or first <= store.month_of(path))
            and (last is None or store.month_of(path) <= last)
        ]
    return [
        path
        for path in store.partition_files(root, table, source_id=source_id)
        if _within(store.partition_of(path)[1], since, until)
    ]


def _within(day: date | None, since: date | None, until: date | None) -> bool:
    if day is None:
        return since is None and until is None
    return (since is None or since <= day) and (until is None or day <= until)


def read_file(path: str, table: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the rows of one file of `table` with the partition columns; columns that it lacks are null.

    Raises `DataError` where the file can't be read or comes from a newer schema version.
    """
    schema = full_schema(table)
    names = list(columns or schema.names)
    fs, inner = store.filesystem(path)
    with fs.open(inner, "rb") as handle:
        file = parquet.open_file(path, handle)
        stored = [name for name in names if name in file.schema_arrow.names]
        data = file.read(columns=stored)
    values = _partition_values(path, table)
    arrays = []
    for field in _only(schema, names):
        if field.name in stored:
            arrays.append(data[field.name].cast(field.type))
        else:
            arrays.append(pa.array([values.get(field.name)] * data.num_rows, type=field.type))
    return pa.Table.from_arrays(arrays, schema=_only(schema, names))


def _partition_values(path: str, table: str) -> dict[str, object]:
    if schemas.table(table).partition is schemas.MONTH:
        return {"month": store.month_of(path)}
    return dict(zip(schemas.PARTITION.names, store.partition_of(path), strict=True))


def _only(schema: pa.Schema, names: list[str]) -> pa.Schema:
    return pa.schema([schema.field(name) for name in names])

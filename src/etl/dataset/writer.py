"""Partitions as Parquet files: the same rows give the same bytes, and an unchanged file is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import pyarrow as pa

from etl.dataset import checks, parquet, schemas, store
from etl.errors import DataError

Row = Mapping[str, Any]
"""Column name to value; nested structs are mappings, a column that is left out is null."""

BATCH_ROWS = 512


@dataclass(frozen=True, slots=True)
class Written:
    """A partition's file: its path, the SHA-256 of its bytes, whether they differ from before, its rows."""

    path: str
    digest: str
    changed: bool
    rows: int


def batches(name: str, rows: Iterable[Row], size: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
    """Yield the rows of table `name` as Arrow batches of `size` rows with the table's schema."""
    schema = schemas.table(name).schema
    pending = iter(rows)
    while part := list(islice(pending, size)):
        columns = [pa.array([row.get(field.name) for row in part], type=field.type) for field in schema]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def to_table(name: str, rows: Iterable[Row]) -> pa.Table:
    """Return the rows of table `name` as one Arrow table with the table's schema."""
    return pa.Table.from_batches(batches(name, rows), schema=schemas.table(name).schema)


def write_partition(
    root: str,
    table: str,
    source_id: str,
    day: date | None,
    rows: Iterable[Row] | pa.Table,
    *,
    name: str = "part-0",
    synced: bool = True,
) -> Written:
    """Write the whole partition `source_id` + `day` of `table` below `root` as one file, in the given order.

    With `synced` off the file survives a power cut only after `store.sync`. Raises `DataError` for structural
    faults in the rows and where the file on disk was written by a newer schema version; the file on disk is
    then untouched.
    """
    return _write(store.partition_path(root, table, source_id, day, name), table, rows, synced)


def write_month(root: str, table: str, month: date, rows: Iterable[Row] | pa.Table) -> Written:
    """Write the whole month (any day of it) of a table of the catalog below `root`, in the given order.

    Raises `DataError` as `write_partition` does.
    """
    return _write(store.month_path(root, table, month), table, rows)


def _write(path: str, table: str, rows: Iterable[Row] | pa.Table, synced: bool = True) -> Written:
    data = rows if isinstance(rows, pa.Table) else to_table(table, rows)
    faults = checks.faults(table, data)
    if faults:
        raise DataError(f"{path} was not written: {'; '.join(faults)}")
    new, old = parquet.encode(data), store.read_bytes(path)
    if old:  # a file of no bytes is what a power cut left
        parquet.open_file(path, pa.BufferReader(old))
    if new != old:
        store.replace(path, new, synced=synced)
    return Written(path, hashlib.sha256(new).hexdigest(), new != old, data.num_rows)

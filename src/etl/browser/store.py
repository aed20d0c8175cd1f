"""The tables as DuckDB views, opened anew for each request, with limits on memory and threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow.dataset as ds

from etl.dataset import reader, schemas, store

if TYPE_CHECKING:
    import duckdb

LIMITS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "400MB", "threads": 2}


@contextmanager
def views(root: str, *tables: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection in which each of `tables` is a view with source_id and day (NULL: unknown).

    Files are read lazily: only the columns and partitions that a query needs. A table without files is empty.
    """
    import duckdb

    connection = duckdb.connect(config=LIMITS)
    try:
        for table in tables:
            _view(connection, root, table)
        yield connection
    finally:
        connection.close()


def rows(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
    """Return the rows of a parameterised query as dicts by column name."""
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _view(connection: duckdb.DuckDBPyConnection, root: str, table: str) -> None:
    files = store.partition_files(root, table)
    if not files:
        connection.register(table, reader.full_schema(table).empty_table())
        return
    if store.is_local(root):
        source = f"read_parquet({_literal(files)}, hive_partitioning=true, union_by_name=true)"
    else:
        fs, _ = store.filesystem(root)
        inner = [store.filesystem(path)[1] for path in files]
        partitioning = ds.partitioning(schemas.PARTITION, flavor="hive")
        connection.register(f"{table}_files", ds.dataset(inner, filesystem=fs, partitioning=partitioning))
        source = f"{table}_files"
    unknown = f"NULLIF(CAST(day AS DATE), DATE '{store.UNKNOWN_DAY}')"
    connection.execute(f"CREATE VIEW {table} AS SELECT * REPLACE ({unknown} AS day) FROM {source}")


def _literal(files: list[str]) -> str:
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in files) + "]"

"""One month of the index from that month's partitions: each query of `sql/` gives one file."""

from __future__ import annotations

import shutil
import tempfile
from importlib import resources
from pathlib import Path

import duckdb

from etl.browser.index.listing import TABLES, Month
from etl.dataset import reader, schemas, store

QUERIES = {
    entry.name.removesuffix(".sql"): entry.read_text(encoding="utf-8")
    for entry in resources.files(__package__).joinpath("sql").iterdir()
    if entry.name.endswith(".sql")
}
"""Name of a table of the index to the query that makes it."""

FORMAT = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384"

FILES = 64
"""So many partition files are open at a time: a month of many sources has thousands, each of 100 kB."""

LIMITS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "120MB", "threads": 1}
"""One thread: the other processor answers requests meanwhile."""


def build(root: str, month: Month, target: Path) -> None:
    """Write the index of `month` of the tables below `root` as the folder `target`, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".building-", dir=target.parent))
    try:
        with duckdb.connect(config=LIMITS | {"temp_directory": str(scratch / "spill")}) as connection:
            for table in TABLES:
                gather(connection, root, table, month.files.get(table, []), scratch / "gathered")
            for name, query in QUERIES.items():
                path = literal(str(scratch / f"{name}.parquet"))
                connection.execute(f"COPY ({query}) TO {path} ({FORMAT})")
        for folder in ("spill", "gathered"):
            shutil.rmtree(scratch / folder, ignore_errors=True)
        scratch.chmod(0o755)
        scratch.rename(target)
    except OSError:
        if not target.exists():  # else another process was quicker, with the same content
            raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def gather(
    connection: duckdb.DuckDBPyConnection, root: str, table: str, files: list[str], folder: Path
) -> None:
    """Make `table` a view over what the queries need of `files`, copied into `folder` as few files."""
    folder.mkdir(exist_ok=True)
    copies = []
    for start in range(0, len(files), FILES):
        view(connection, root, table, files[start : start + FILES])
        copies.append(literal(str(folder / f"{table}-{start}.parquet")))
        columns = f"source_id, day, {TABLES[table]}"
        connection.execute(f"COPY (SELECT {columns} FROM {table}) TO {copies[-1]} (FORMAT parquet)")
    if copies:
        sql = f"SELECT * FROM read_parquet([{', '.join(copies)}])"
        connection.execute(f"CREATE OR REPLACE VIEW {table} AS {sql}")
    else:
        view(connection, root, table, [])


def view(connection: duckdb.DuckDBPyConnection, root: str, table: str, files: list[str]) -> None:
    """Make `table` a view over `files`, with source_id and day (NULL: unknown); without files it is empty.

    Only the columns that a query names are read. Columns that older files lack are NULL.
    """
    connection.register(f"{table}_none", reader.full_schema(table).empty_table())
    source = f"SELECT * FROM {table}_none"
    if files and store.is_local(root):
        listed = ", ".join(map(literal, files))
        types = "hive_types={'source_id': VARCHAR, 'day': DATE}"
        source += f" UNION ALL BY NAME SELECT * FROM read_parquet([{listed}], union_by_name=true, {types})"
    elif files:
        import pyarrow.dataset as ds  # brings in pandas, 50 MB, which local files do without

        fs, _ = store.filesystem(root)
        inner = [store.filesystem(path)[1] for path in files]
        partitioning = ds.partitioning(schemas.PARTITION, flavor="hive")
        schema = reader.full_schema(table)
        data = ds.dataset(inner, filesystem=fs, partitioning=partitioning, schema=schema, format="parquet")
        connection.register(f"{table}_files", data)
        source = f"SELECT * FROM {table}_files"
    unknown = f"NULLIF(day, DATE '{store.UNKNOWN_DAY}')"
    connection.execute(
        f"CREATE OR REPLACE VIEW {table} AS SELECT * REPLACE ({unknown} AS day) FROM ({source})"
    )


def literal(text: str) -> str:
    """Return `text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"

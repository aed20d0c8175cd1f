"""Arrow tables as bytes of Parquet files, and back, with the schema version checked."""

from __future__ import annotations

from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import DataError
from etl.records import SCHEMA_VERSION

ROW_GROUP_ROWS = 20_000


def encode(table: pa.Table) -> bytes:
    """Return `table` as the bytes of a Parquet file; equal rows in equal order give equal bytes.

    Parquet format 2.6, zstd level 3. Columns are made one chunk each: chunk borders would show in the pages.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.unify_dictionaries().combine_chunks(),
        sink,
        version="2.6",
        compression="zstd",
        compression_level=3,
        row_group_size=ROW_GROUP_ROWS,
        write_statistics=True,
        store_schema=True,
    )
    data: bytes = sink.getvalue().to_pybytes()
    return data


def open_file(path: str, source: BinaryIO | pa.BufferReader) -> pq.ParquetFile:
    """Return the opened Parquet file of `source`; `path` is for messages.

    Raises `DataError` where it can't be read or was written by a newer schema version than this one.
    """
    try:
        file = pq.ParquetFile(source)
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError(
            f"{path} is not a readable Parquet file ({error}); move it away and run again"
        ) from None
    version = int((file.schema_arrow.metadata or {}).get(b"schema_version", b"0"))
    if version > SCHEMA_VERSION:
        raise DataError(
            f"{path} was written by schema version {version} and this program knows {SCHEMA_VERSION}; "
            "upgrade huiyi-etl to read or rewrite it"
        )
    return file

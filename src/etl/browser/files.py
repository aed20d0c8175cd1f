"""Arrow batches as Parquet, CSV or JSON, a piece of bytes at a time."""

from __future__ import annotations

import csv as csv_format
import io
import json as json_format
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is a formula for a spreadsheet (OWASP, CSV injection); full-width forms are, too."""


class _Piecewise(io.RawIOBase):
    """A file that is written to and taken from piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.length = 0

    def writable(self) -> bool:
        """Return that it can be written to, which Arrow asks before it writes."""
        return True

    def tell(self) -> int:
        """Return how many bytes were written, those that were taken included."""
        return self.length

    def write(self, data: Any) -> int:
        """Keep the bytes of `data`; return how many they are."""
        piece = bytes(data)
        self.pieces.append(piece)
        self.length += len(piece)
        return len(piece)

    def take(self) -> bytes:
        """Return what was written since the last call, and forget it."""
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def parquet(batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """Yield the batches as one Parquet file, a row group for each."""
    sink = _Piecewise()
    file = pa.PythonFile(sink, mode="w")
    writer = None
    for batch in batches:
        writer = writer or pq.ParquetWriter(file, batch.schema, compression="zstd")
        writer.write_batch(batch)
        yield sink.take()
    if writer is None:
        writer = pq.ParquetWriter(file, pa.schema([]))
    writer.close()
    yield sink.take()


def csv(batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """Yield the batches as CSV (RFC 4180) in UTF-8 with a BOM, for Excel; no cell can act as a formula."""
    names: list[str] | None = None
    for batch in batches:
        text = io.StringIO()
        writer = csv_format.writer(text)
        if names is None:
            names = batch.schema.names
            text.write("\ufeff")
            writer.writerow(names)
        columns = [column.to_pylist() for column in batch.columns]
        writer.writerows([_cell(value) for value in row] for row in zip(*columns, strict=True))
        yield text.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    """Return a cell; text that a spreadsheet would calculate gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def json(batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    """Yield the batches as one JSON array of objects, one a line, dates as YYYY-MM-DD."""
    begin = "["
    for batch in batches:
        lines = [json_format.dumps(row, ensure_ascii=False, default=str) for row in batch.to_pylist()]
        if lines:
            yield (begin + "\n" + ",\n".join(lines)).encode("utf-8", "replace")
            begin = ","
    yield b"\n]\n" if begin == "," else b"[]\n"

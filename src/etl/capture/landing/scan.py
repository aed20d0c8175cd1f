"""Going through the records of a landed WARC file."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from etl.capture.coding import CodingError
from etl.capture.landing.paths import Place
from etl.errors import DataError

T = TypeVar("T")


def _check_end(last: bytes) -> None:
    """Raise ValueError unless the last member of a file is whole: fastwarc takes a cut-off one for it."""
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpack.decompress(last)
    except zlib.error as error:
        raise ValueError(f"the last record is broken: {error}") from error
    if not unpack.eof or unpack.unused_data:
        raise ValueError("the file is cut off or continued by something else")


def scan(where: Place, name: str, make: Callable[[Any], T | None]) -> Iterator[tuple[T, int, int]]:
    """Yield what `make` makes of each record of the file `name`, unless it is None, with offset and length.

    `make` gets a fastwarc record, must be done with it when it returns, and raises ValueError for what must
    not be. DataError names file and offset of a record that cannot be read.
    """
    from fastwarc.warc import ArchiveIterator

    path = where.path(name)
    offset = 0
    pending: tuple[T, int] | None = None
    with where.fs.open(path, "rb") as stream:
        try:
            for record in ArchiveIterator(stream, parse_http=False):
                offset = record.stream_pos
                if pending is not None:
                    yield (*pending, offset - pending[1])
                made = make(record)
                pending = None if made is None else (made, offset)
            _check_end(where.fs.cat_file(path, start=offset))
        except (OSError, ValueError, CodingError) as error:
            raise DataError(
                f"{path} cannot be read at offset {offset} ({error}); restore it or fetch the day again"
            ) from error
    if pending is not None:
        yield (*pending, where.fs.size(path) - pending[1])

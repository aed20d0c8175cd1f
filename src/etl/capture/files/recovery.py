"""Where records of a WARC file end and begin: what is needed to name a broken one and to go on behind it."""

from __future__ import annotations

import re
import zlib

from etl.capture.files.blob import Blob

WINDOW = 1 << 20
STEP = 1 << 14
"""Bytes that are inflated at a time: even a bomb unfolds to no more than a thousand times that."""

STARTS = {
    ".warc.gz": re.compile(rb"\x1f\x8b\x08"),
    ".warc.zst": re.compile(rb"\x28\xb5\x2f\xfd"),
    ".warc": re.compile(rb"(?<=\r\n\r\n)WARC/1\.\d\r\n"),
}
"""How a record begins in each form of WARC file."""

LENGTH = re.compile(rb"(?i)\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n")


def form(name: str) -> str | None:
    """Return the form of a WARC file by its name, as in `STARTS`, or None if it is none."""
    return next((suffix for suffix in STARTS if name.lower().endswith(suffix)), None)


def end(blob: Blob, start: int, kind: str) -> int | None:
    """Return where the record that starts at `start` ends, or None if the file ends before it does.

    In a Zstandard file that cannot be told without the decoder, so the next start counts as the end.
    """
    size = blob.size
    if kind == ".warc.zst":
        return next_start(blob, start + 1, kind)
    with blob.open() as stream:
        stream.seek(start)
        if kind == ".warc.gz":
            unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
            while not unpack.eof:
                data = stream.read(STEP)
                if not data:
                    return None
                try:
                    unpack.decompress(data)
                except zlib.error:
                    return None
            return stream.tell() - len(unpack.unused_data)
        head, mark, _ = stream.read(65536).partition(b"\r\n\r\n")
        length = LENGTH.search(head + b"\r\n")
        stop = start + len(head) + len(mark) + int(length[1]) + 4 if mark and length else size + 1
        return stop if stop <= size else None


def next_start(blob: Blob, position: int, kind: str) -> int:
    """Return the offset of the next record at or behind `position`, or the file's size if there is none."""
    size = blob.size
    with blob.open() as stream:
        while position < size:
            stream.seek(max(position - 4, 0))
            lead = position - stream.tell()
            window = stream.read(WINDOW)
            for match in STARTS[kind].finditer(window, lead):
                if kind != ".warc.gz" or _opens_record(window[match.start() : match.start() + 4096]):
                    return position - lead + match.start()
            position += max(len(window) - lead - 16, 1)
    return size


def _opens_record(data: bytes) -> bool:
    """Tell whether a gzip member at the start of `data` holds a WARC record."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False

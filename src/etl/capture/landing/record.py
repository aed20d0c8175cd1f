"""WARC/1.1 records as bytes (ISO 28500:2017), one gzip member each.

The same input gives the same bytes: record ids are UUIDs made of a digest, the gzip header carries no time.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime

Headers = Iterable[tuple[str, str]]

REVISIT_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
REVISIT_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NAMESPACE = uuid.UUID("6f1b3f0a-5d0c-5a50-9a53-2b9d7c1e4a11")
LEVEL = 6


def record(kind: str, fields: Headers, block: bytes) -> bytes:
    """Return a whole record: version line, WARC-Type, `fields`, Content-Length, the block and its end."""
    head = ["WARC/1.1", f"WARC-Type: {kind}"]
    head += [f"{name}: {one_line(value)}" for name, value in fields]
    head += [f"Content-Length: {len(block)}", "", ""]
    return "\r\n".join(head).encode("utf-8") + block + b"\r\n\r\n"


def member(data: bytes) -> bytes:
    """Return `data` as one gzip member whose header names neither time nor system-dependent fields."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(data) + packer.flush()


def record_id(*parts: object) -> str:
    """Return `<urn:uuid:…>` made of the parts (UUID version 5), so that the same exchange has the same id."""
    return f"<urn:uuid:{uuid.uuid5(NAMESPACE, chr(31).join(map(str, parts)))}>"


def digest(data: bytes) -> str:
    """Return the labelled SHA-1 digest in base 32 that WARC readers verify."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")


def stamp(moment: datetime) -> str:
    """Return a WARC-Date: UTC with microseconds where there are any (W3C date and time format)."""
    return moment.astimezone(UTC).isoformat(timespec="auto").replace("+00:00", "Z")


def http_block(start_line: str, headers: Headers, body: bytes) -> bytes:
    """Return an HTTP message as it goes into a block."""
    lines = [start_line, *(f"{name}: {one_line(value)}" for name, value in headers), "", ""]
    return b"\r\n".join(_wire(line) for line in lines) + body


def _wire(line: str) -> bytes:
    """Return header text as bytes: it was read as Latin-1 (RFC 9110), so it goes back as Latin-1."""
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "replace")


def one_line(value: str) -> str:
    """Return `value` without line breaks, which would let a header add others."""
    return " ".join(value.splitlines()) if "\n" in value or "\r" in value else value

"""Content codings (RFC 9110, 8.4) undone within limits: no bomb gets to unfold, no cut-off stream passes."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO

TOO_LARGE = "the compressed body unfolds beyond the limit"
TOO_SHORT = "the compressed body ends too early"
CHUNK = 1 << 20
MAX_CODINGS = 3


class CodingError(Exception):
    """A coded body that cannot be undone: `reason` is bad-encoding, unknown-encoding or too-large."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def undo(body: bytes, coding: str, limit: int) -> bytes:
    """Return `body` with the codings of a Content-Encoding header undone, last one first.

    Raise CodingError for an unknown coding, for a broken or cut-off stream, and past `limit` bytes.
    """
    names = [name.strip().lower() for name in coding.split(",")]
    names = [name for name in names if name and name != "identity"]
    if len(names) > MAX_CODINGS:
        raise CodingError("bad-encoding", f"the body is said to be coded {len(names)} times over")
    for name in reversed(names):
        if name not in CODINGS:
            raise CodingError("unknown-encoding", f"Content-Encoding {name!r} is not supported")
        body = CODINGS[name](body, limit)
    return body


def _gzip(body: bytes, limit: int) -> bytes:
    """Undo gzip, of one or more members (RFC 1952); zero bytes after the last member are padding."""
    parts: list[bytes] = []
    size = 0
    while body.strip(b"\0"):
        part, body = _inflate(body, zlib.MAX_WBITS | 16, limit - size)
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _deflate(body: bytes, limit: int) -> bytes:
    """Undo deflate, which servers send with and without the zlib wrapper (RFC 9110, 8.4.1.2)."""
    wrapped = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _inflate(body, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, limit)[0] if body else b""


def _inflate(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    """Return one inflated stream and what follows it."""
    unpack = zlib.decompressobj(window)
    try:
        out = unpack.decompress(body, max(limit, 0) + 1)
    except zlib.error as error:
        raise CodingError("bad-encoding", f"the compressed body is broken ({error})") from error
    if len(out) > limit:
        raise CodingError("too-large", TOO_LARGE)
    if not unpack.eof:
        raise CodingError("bad-encoding", TOO_SHORT)
    return out, unpack.unused_data


def _brotli(body: bytes, limit: int) -> bytes:
    """Undo Brotli (RFC 7932) piece by piece, no further than past the limit."""
    import brotli  # type: ignore[import-untyped]

    unpack = brotli.Decompressor()
    try:
        parts = [unpack.process(body, output_buffer_limit=limit + 1)]
        size = len(parts[0])
        while size <= limit and not unpack.is_finished() and not unpack.can_accept_more_data():
            parts.append(unpack.process(b"", output_buffer_limit=limit + 1 - size))
            size += len(parts[-1])
    except brotli.error as error:
        raise CodingError("bad-encoding", f"the compressed body is broken ({error})") from error
    if size > limit:
        raise CodingError("too-large", TOO_LARGE)
    if not unpack.is_finished():
        raise CodingError("bad-encoding", TOO_SHORT)
    return b"".join(parts)


def _zstd(body: bytes, limit: int) -> bytes:
    """Undo Zstandard (RFC 8878), no further than past the limit."""
    from fastwarc.stream_io import ZstdReader

    parts: list[bytes] = []
    size = 0
    try:
        reader = ZstdReader(BytesIO(body))
        while part := reader.read(min(CHUNK, limit + 1 - size)):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise CodingError("too-large", TOO_LARGE)
    except OSError as error:
        raise CodingError("bad-encoding", f"the compressed body is broken ({error})") from error
    return b"".join(parts)


CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
"""The codings that are understood."""

ANNOUNCED = "gzip, deflate"
"""What requests ask for: the codings that every reader of WARC files understands."""

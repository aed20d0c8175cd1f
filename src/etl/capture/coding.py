"""Content codings (RFC 9110, 8.4) undone within limits: no bomb gets to unfold, no cut-off stream passes."""

from __future__ import annotations

import zlib
from collections.abc import Callable


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
    for name in reversed([name for name in names if name and name != "identity"]):
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
        raise CodingError("too-large", "the compressed body unfolds beyond the limit")
    if not unpack.eof:
        raise CodingError("bad-encoding", "the compressed body ends too early")
    return out, unpack.unused_data


CODINGS: dict[str, Callable[[bytes, int], bytes]] = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate}
"""The codings that are understood; requests announce exactly these."""

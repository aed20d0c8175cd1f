"""The body of a capture as text: what is no page is turned away, damage to the byte stream is read around."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.decode import statistic
from etl.records import Capture

_MARKUP = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
_UNKNOWN = ("application/octet-stream", "binary/octet-stream", "unknown/unknown", "")
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP or Office"),
    (b"\xd0\xcf\x11\xe0", "Office"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
)
_PIECES = re.compile(rb"[<>\r\n]")  # never the second byte of a GB18030 or Big5 character
_BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A body as text, with flags for what was wrong with its bytes."""

    text: str
    flags: tuple[str, ...] = ()


def fault(capture: Capture, max_html: int) -> tuple[str, str] | None:
    """Return the reason and detail for which `capture` is no page, or None."""
    body = capture.body
    if not body.strip(b" \t\r\n\x00"):
        return "empty", "the body has no bytes to read"
    if len(body) > max_html:
        return "too-large", f"the body has {len(body)} bytes, more than {max_html}"
    kind = (capture.content_type or "").split(";")[0].strip().lower()
    if kind not in _MARKUP and kind not in _UNKNOWN:
        return "not-html", f"the server calls it {kind}"
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return "not-html", f"the body is a {name} file"
    return None


def read(body: bytes, charset: str, text: str | None = None) -> Reading:
    """Read `body` with `charset`, around truncated tails, NUL bytes and pieces in another charset.

    `text` is the body read already. The byte-order mark does not appear in the text, NULs do: repair reads
    them as marks of lost bytes. U+FFFD stands for what no charset explains.
    """
    flags = []
    body = body.removeprefix(_BOMS.get(charset, b"\xef\xbb\xbf"))
    if text is not None:
        flags += ["truncated-tail"] if text.endswith("\ufffd") and not body.endswith(b"\xef\xbf\xbd") else []
        text = text.removeprefix("\ufeff")
    try:
        text = body.decode(charset) if text is None else text
    except UnicodeDecodeError as error:
        if error.end >= len(body) and error.start >= len(body) - 4:
            text = body[: error.start].decode(charset) + "\ufffd"
            flags.append("truncated-tail")
        elif charset.startswith("utf-16"):
            text = body.decode(charset, "replace")
        else:
            text, mixed = _by_pieces(body, charset)
            flags += ["mixed-charsets"] if mixed else []
    if b"\x00" in body and "\x00" in text:
        flags.append("nul-bytes")
    return Reading(text, tuple(flags))


def _by_pieces(body: bytes, charset: str) -> tuple[str, bool]:
    """Read each stretch between tags and line ends on its own; a stretch may be in another charset."""
    other = "gb18030" if charset == "utf-8" else "utf-8"
    out: list[str] = []
    mixed = False
    start = 0
    for match in (*_PIECES.finditer(body), None):
        end = match.end() if match else len(body)
        piece = body[start:end]
        start = end
        if piece.isascii():
            out.append(piece.decode("ascii"))
            continue
        text, foreign = _piece(piece, charset, other)
        mixed = mixed or foreign
        out.append(text)
    return "".join(out), mixed


def _piece(piece: bytes, charset: str, other: str) -> tuple[str, bool]:
    try:
        text = piece.decode(charset)
        if other != "utf-8" or not _is_long_utf8(piece) or statistic.commonness(text) > 0.5:
            return text, False
    except UnicodeDecodeError:
        text = piece.decode(charset, "replace")
    try:
        second = piece.decode(other)
    except UnicodeDecodeError:
        return text, False
    if statistic.commonness(second) > statistic.commonness(text):
        return second, True
    return text, False


def _is_long_utf8(piece: bytes) -> bool:
    """Tell whether `piece` could be UTF-8: GB18030 text is so by chance only in short stretches."""
    return sum(byte >= 0x80 for byte in piece) >= 6 and statistic.as_utf8(piece) is not None

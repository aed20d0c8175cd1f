"""WARC files made by anyone: .warc, .warc.gz, .warc.zst; what is broken is named and stepped over."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from etl.capture.coding import CodingError, undo
from etl.capture.files.blob import Blob
from etl.capture.files.choice import EVERYTHING, Choice
from etl.capture.files.recovery import end, form, next_start
from etl.capture.landing import redact
from etl.records import Capture, Reject, make_id

Headers = tuple[tuple[str, str], ...]
PAGES = ("text/html", "text/plain", "application/xhtml")


def is_archive(name: str) -> bool:
    """Tell whether a file of this name is a WARC archive."""
    return form(name) is not None


def read(
    blob: Blob, source_id: str, max_body: int, skipped: Counter[str], choice: Choice = EVERYTHING
) -> Iterator[Capture | Reject]:
    """Yield the pages of a WARC file: its text responses with status 200, and resource records that are text.

    Other records are counted in `skipped`. A broken record gives a Reject that names file and offset; reading
    goes on at the next record that can be found.
    """
    shape = form(blob.name) or ".warc"
    start = 0
    size = blob.size
    while start < size:
        last: int | None = None
        held: Reject | None = None
        detail = "the file ends within it, or is no WARC file"
        try:
            for offset, item in _records(blob, source_id, max_body, skipped, choice, start):
                yield from filter(None, (held,))
                last, held = offset, item if isinstance(item, Reject) else None
                if isinstance(item, Capture):
                    yield item
        except (OSError, ValueError) as error:
            detail = _short(error)
        failed = start if last is None else end(blob, last, shape)
        # What was wrong with the last page is told only if its record is whole: else the record is the fault.
        if held and failed is not None:
            yield held
        if failed == size:
            return
        if failed is None:
            failed = last if last is not None else start
        yield _reject(source_id, blob.name, failed, "broken-record", f"the record cannot be read ({detail})")
        start = next_start(blob, failed + 1, shape)


def _records(
    blob: Blob, source_id: str, max_body: int, skipped: Counter[str], choice: Choice, start: int
) -> Iterator[tuple[int, Capture | Reject | None]]:
    """Yield the offset of each record from `start` on, with the page or the reject that it is, if any."""
    from fastwarc.warc import ArchiveIterator

    with blob.open() as stream:
        stream.seek(start)
        for record in ArchiveIterator(stream, parse_http=False):
            offset = record.stream_pos
            kind = str(record.record_type).rpartition(".")[2].lower()
            if kind not in ("response", "resource"):
                skipped[kind] += 1
                yield offset, None
                continue
            if not _wanted(record, choice):
                skipped["not wanted"] += 1
                yield offset, None
                continue
            if "Content-Length" not in record.headers:
                raise ValueError("it has no Content-Length")
            if record.content_length > max_body + 65536:
                detail = f"the record has {record.content_length} bytes, allowed are {max_body}"
                yield offset, _reject(source_id, blob.name, offset, "too-large", detail)
                continue
            item = _page(record, kind, blob.name, source_id, max_body, offset)
            if item is None:
                skipped[f"{kind} that is no page"] += 1
            elif isinstance(item, Capture) and not choice.wants_body(item.body):
                skipped["not wanted"] += 1
                item = None
            yield offset, item


def _wanted(record: Any, choice: Choice) -> bool:
    """Tell whether a record is wanted by its header alone: its block is neither read nor undone for that."""
    fields = record.headers
    return choice.wants_url((fields.get("WARC-Target-URI") or "").strip("<>")) and choice.wants_language(
        fields.get("WARC-Identified-Content-Language")
    )


def _page(
    record: Any, kind: str, name: str, source_id: str, max_body: int, offset: int
) -> Capture | Reject | None:
    """Return the page in a record, None if it holds none, or the reject if its body cannot be undone."""
    url = redact.url((record.headers.get("WARC-Target-URI") or "").strip("<>"))
    found = _entity(record, kind)
    if found is None:
        return None
    headers, wire = found
    try:
        if "chunked" in (_header(headers, "transfer-encoding") or "").lower():
            wire = _unchunked(wire)
        body = undo(wire, _header(headers, "content-encoding") or "", max_body)
    except CodingError as error:
        return _reject(source_id, name, offset, error.reason, str(error), url)
    if not body:
        return _reject(source_id, name, offset, "empty", "the body is empty", url)
    sha256 = hashlib.sha256(body).hexdigest()
    return Capture(
        capture_id=make_id(source_id, url, sha256),
        source_id=source_id,
        day=None,
        url=url,
        final_url=url,
        http_status=200,
        headers=redact.headers(headers),
        fetched_at=_moment(record.headers.get("WARC-Date") or ""),
        body=body,
        body_sha256=sha256,
        content_type=_header(headers, "content-type"),
        etag=_header(headers, "etag"),
        last_modified=_header(headers, "last-modified"),
        warc_file=name,
        warc_offset=offset,
        wire_body=None if wire == body else wire,
    )


def _entity(record: Any, kind: str) -> tuple[Headers, bytes] | None:
    """Return headers and body of a record that is a page by its label and status, else None.

    ValueError if the file ends within the record.
    """
    label = record.headers.get("Content-Type") or ""
    if kind == "response" and "application/http" not in label:
        return None
    if kind == "resource" and not label.lower().startswith(PAGES):
        return None
    raw = record.reader.read()
    if len(raw) < record.content_length:
        raise ValueError(f"{len(raw)} of {record.content_length} bytes are there")
    if kind == "resource":
        return (("Content-Type", label),), raw
    status, headers, wire = _message(raw)
    page = (_header(headers, "content-type") or "text/html").strip().lower().startswith(PAGES)
    return (headers, wire) if status == 200 and page else None


def _message(raw: bytes) -> tuple[int, Headers, bytes]:
    """Return status, headers and body of an HTTP response; status 0 where it is none."""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    found = re.match(r"HTTP/\d(?:\.\d)? (\d{3})", first)
    pairs = (line.partition(":") for line in lines if ":" in line)
    return int(found[1]) if found else 0, tuple((key.strip(), value.strip()) for key, _, value in pairs), body


def _unchunked(wire: bytes) -> bytes:
    """Return a chunked body (RFC 9112, 7.1) as a whole; one that is not chunked is left as it is."""
    parts: list[bytes] = []
    position = 0
    while True:
        end = wire.find(b"\r\n", position, position + 1024)
        digits = wire[position:end].partition(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", digits):
            if not parts and position == 0:
                return wire
            raise CodingError("bad-encoding", "the chunked body is broken or cut off")
        length = int(digits, 16)
        if length == 0:
            return b"".join(parts)
        parts.append(wire[end + 2 : end + 2 + length])
        position = end + 2 + length + 2


def _moment(text: str) -> datetime:
    """Return a WARC-Date in UTC; the epoch where it cannot be read, because a record must have one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _header(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name), None)


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__


def _reject(
    source_id: str, name: str, offset: int, reason: str, detail: str, url: str | None = None
) -> Reject:
    where = f"{name} at offset {offset}: {detail}"
    return Reject("capture", reason, where, source_id, None, url or f"file:{quote(name)}#{offset}")

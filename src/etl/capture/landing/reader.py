"""Reading landed WARC files back: `index` for the captures table, `replay` for the bodies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from etl.capture.coding import CodingError, undo
from etl.capture.landing.exchange import BODY_DIGEST, REQUESTED
from etl.capture.landing.paths import Place, place
from etl.errors import DataError
from etl.records import Capture, make_id
from etl.settings import Settings

REDIRECTS = frozenset([301, 302, 303, 307, 308])


def index(settings: Settings, source_id: str, day: date | None) -> Iterator[Capture]:
    """Yield each distinct capture of a source-day without its body, in landing order, with its WARC place.

    A capture that landed twice is yielded once, as it landed last. These are the rows of the captures table.
    DataError names file and offset of a record that cannot be read.
    """
    latest: dict[str, Capture] = {}
    for capture in _captures(place(settings, source_id, day), bodies=None):
        latest.pop(capture.capture_id, None)
        latest[capture.capture_id] = capture
    yield from latest.values()


def replay(settings: Settings, source_id: str, day: date | None) -> Iterator[Capture]:
    """Yield the latest capture of each address of a source-day with its body, Content-Encoding undone.

    Memory stays bounded by one page and the list of addresses. DataError names file and offset of a record
    that cannot be read or whose body is not the one that landed.
    """
    latest = {capture.url: capture for capture in index(settings, source_id, day)}
    wanted = {(str(capture.warc_file), int(capture.warc_offset or 0)) for capture in latest.values()}
    del latest
    yield from _captures(place(settings, source_id, day), bodies=wanted)


def _captures(where: Place, bodies: set[tuple[str, int]] | None) -> Iterator[Capture]:
    """Yield the landed captures: all without bodies, or those at given files and offsets with them."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    for name in where.runs().values():
        path = where.path(name)
        if bodies is not None and not any(file == name for file, _ in bodies):
            continue
        offset = 0
        with where.fs.open(path, "rb") as stream:
            try:
                pending: Capture | None = None
                for record in ArchiveIterator(stream, parse_http=False):
                    offset = record.stream_pos
                    if pending is not None:
                        yield replace(pending, warc_length=offset - int(pending.warc_offset or 0))
                        pending = None
                    if record.record_type != WarcRecordType.response:
                        continue
                    if bodies is not None and (name, offset) not in bodies:
                        continue
                    pending = _capture(record, where, name, with_body=bodies is not None)
                if pending is not None:
                    yield replace(pending, warc_length=where.fs.size(path) - int(pending.warc_offset or 0))
            except (OSError, ValueError, CodingError) as error:
                raise DataError(
                    f"{path} cannot be read at offset {offset} ({error}); restore it or fetch the day again"
                ) from error


def _capture(record: Any, where: Place, name: str, *, with_body: bool) -> Capture | None:
    """Return the capture that a response record holds, or None for a redirect on the way to one."""
    fields = record.headers
    sha256 = (fields.get(BODY_DIGEST) or "").removeprefix("sha256:")
    if not sha256:
        return None
    record.parse_http(auto_decode="none")
    headers = tuple((str(key), str(value)) for key, value in record.http_headers.astuples())
    body = b""
    wire = None
    if with_body:
        wire = record.reader.read()
        body = undo(wire, header(headers, "content-encoding") or "", MAX_REPLAY)
        if hashlib.sha256(body).hexdigest() != sha256:
            raise ValueError("the body is not the one that landed")
    url = fields.get(REQUESTED) or fields["WARC-Target-URI"]
    return Capture(
        capture_id=make_id(where.source_id, url, sha256),
        source_id=where.source_id,
        day=where.day,
        url=url,
        final_url=fields["WARC-Target-URI"],
        http_status=int(record.http_headers.status_code),
        headers=headers,
        fetched_at=datetime.fromisoformat(fields["WARC-Date"]),
        body=body,
        body_sha256=sha256,
        content_type=header(headers, "content-type"),
        etag=header(headers, "etag"),
        last_modified=header(headers, "last-modified"),
        warc_file=name,
        warc_offset=record.stream_pos,
        wire_body=None if wire == body else wire,
    )


def header(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    """Return the first value of a header, or None; `name` is in lower case."""
    return next((value for key, value in headers if key.lower() == name), None)


MAX_REPLAY = 1 << 30
"""Bytes up to which a landed body unfolds; what landed was held against the limit of its time."""

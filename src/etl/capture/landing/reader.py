"""Reading landed WARC files back: `index` for the captures table, `replay` for the bodies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from etl.capture.coding import undo
from etl.capture.landing.exchange import BODY_DIGEST, CONTINUES, REFUSED, REQUESTED
from etl.capture.landing.paths import Place, place
from etl.capture.landing.scan import scan
from etl.records import Capture, make_id
from etl.settings import Settings

MAX_REPLAY = 1 << 30
"""Bytes up to which a landed body unfolds; what landed was held against the limit of its time."""


def index(settings: Settings, source_id: str, day: date | None) -> Iterator[Capture]:
    """Yield each distinct capture of a source-day without its body, in landing order, with its WARC place.

    A capture that landed twice is yielded once, as it landed last. These are the rows of the captures table.
    DataError names file and offset of a record that cannot be read.
    """
    where = place(settings, source_id, day)
    latest: dict[str, Capture] = {}
    for name in where.runs().values():
        for capture, _, length in scan(where, name, partial(_capture, where, name, with_body=False)):
            latest.pop(capture.capture_id, None)
            latest[capture.capture_id] = replace(capture, warc_length=length)
    yield from latest.values()


def replay(settings: Settings, source_id: str, day: date | None) -> Iterator[Capture]:
    """Yield the latest capture of each address of a source-day with its body, Content-Encoding undone.

    A refused answer counts only where the address never gave a page: one that is gone today was there before.
    Memory stays bounded by two pages and the list of addresses. DataError names file and offset of a record
    that cannot be read or whose body is not the one that landed.
    """
    where = place(settings, source_id, day)
    latest: dict[str, Capture] = {}
    for capture in index(settings, source_id, day):
        if capture.refused is None or latest.get(capture.url, capture).refused is not None:
            latest[capture.url] = capture
    wanted: dict[str, set[int]] = {}
    for capture in latest.values():
        wanted.setdefault(str(capture.warc_file), set()).add(int(capture.warc_offset or 0))
    for name, offsets in wanted.items():

        def body(record: Any, name: str = name, offsets: set[int] = offsets) -> Capture | None:
            return _capture(where, name, record, with_body=True) if record.stream_pos in offsets else None

        for found, _, length in scan(where, name, body):
            yield replace(found, warc_length=length)


def _capture(where: Place, name: str, record: Any, *, with_body: bool) -> Capture | None:
    """Return the capture that a record holds, or None: only responses that are no redirects hold one."""
    from fastwarc.warc import WarcRecordType

    if record.record_type != WarcRecordType.response:
        return None
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
        continues=fields.get(CONTINUES),
        refused=fields.get(REFUSED),
    )


def header(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    """Return the first value of a header, or None; `name` is in lower case."""
    return next((value for key, value in headers if key.lower() == name), None)

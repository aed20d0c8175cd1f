"""Reading landed WARC files back: `index` for the captures table, `replay` for the bodies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from io import BytesIO
from typing import Any

from etl.capture.coding import CodingError, undo
from etl.capture.landing.exchange import (
    BODY_DIGEST,
    CONTINUES,
    REFERS_TO,
    REFERS_TO_FILE,
    REFUSED,
    REQUESTED,
)
from etl.capture.landing.paths import Place, place
from etl.capture.landing.scan import scan
from etl.errors import DataError
from etl.records import Capture, make_id
from etl.settings import Settings

MAX_REPLAY = 1 << 30
"""Bytes up to which a landed body unfolds; what landed was held against the limit of its time."""


def index(settings: Settings, source_id: str, day: date | None) -> Iterator[Capture]:
    """Yield each distinct capture of a source-day without its body, in landing order, with its WARC place.

    A capture that landed twice is yielded once, as it landed last. A page whose body had landed on an earlier
    day is there as its revisit record tells of it. These are the rows of the captures table.
    DataError names file and offset of a record that cannot be read.
    """
    where = place(settings, source_id, day)
    latest: dict[str, Capture] = {}
    for name in where.runs().values():
        for capture, _, length in scan(where, name, partial(capture_of, where, name)):
            if capture.refers_to is not None and capture.capture_id in latest:
                continue
            latest.pop(capture.capture_id, None)
            latest[capture.capture_id] = replace(capture, warc_length=length)
    yield from latest.values()


def replay(settings: Settings, source_id: str, day: date | None) -> Iterator[Capture]:
    """Yield the latest capture of each address of a source-day with its body, Content-Encoding undone.

    A body that had landed on an earlier day is taken from there. A refused answer counts only where the
    address never gave a page: one that is gone today was there before.
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
            """Return the capture of a record that is wanted, with its body."""
            return capture_of(where, name, record, with_body=True) if record.stream_pos in offsets else None

        for found, _, length in scan(where, name, body):
            yield replace(found, warc_length=length)


def capture_of(where: Place, name: str, record: Any, *, with_body: bool = False) -> Capture | None:
    """Return the capture that a record holds, or None.

    Responses that are no redirects hold one, and revisits of what landed on another day; a revisit of the
    same day says nothing that its original does not.
    """
    from fastwarc.warc import WarcRecordType

    fields = record.headers
    revisit = record.record_type == WarcRecordType.revisit and REFERS_TO_FILE in fields
    sha256 = (fields.get(BODY_DIGEST) or "").removeprefix("sha256:")
    if not sha256 or not (revisit or record.record_type == WarcRecordType.response):
        return None
    record.parse_http(auto_decode="none")
    headers = tuple((str(key), str(value)) for key, value in record.http_headers.astuples())
    url = fields.get(REQUESTED) or fields["WARC-Target-URI"]
    found = Capture(
        capture_id=make_id(where.source_id, url, sha256),
        source_id=where.source_id,
        day=where.day,
        url=url,
        final_url=fields["WARC-Target-URI"],
        http_status=int(record.http_headers.status_code),
        headers=headers,
        fetched_at=datetime.fromisoformat(fields["WARC-Date"]),
        body=b"",
        body_sha256=sha256,
        content_type=header(headers, "content-type"),
        etag=header(headers, "etag"),
        last_modified=header(headers, "last-modified"),
        warc_file=name,
        warc_offset=record.stream_pos,
        continues=fields.get(CONTINUES),
        refused=fields.get(REFUSED),
        revisit_of=datetime.fromisoformat(fields["WARC-Refers-To-Date"]) if revisit else None,
        refers_to=":".join(fields[part] for part in REFERS_TO) if revisit else None,
    )
    if not with_body:
        return found
    return whole(where, found) if revisit else _with_body(found, record.reader.read())


def whole(where: Place, revisit: Capture) -> Capture:
    """Return a revisit of what landed on another day as if its body had come with it.

    A 304 confirms the page as it was, so the head of that one counts. DataError if the page is gone or is not
    the one that the revisit tells of.
    """
    original = _original(where, revisit)
    if revisit.http_status == HTTPStatus.NOT_MODIFIED:
        revisit = replace(
            revisit,
            http_status=original.http_status,
            headers=original.headers,
            content_type=original.content_type,
            etag=original.etag,
            last_modified=original.last_modified,
        )
    return replace(revisit, body=original.body, wire_body=original.wire_body)


def _original(where: Place, revisit: Capture) -> Capture:
    """Return the capture, with its body, that a revisit refers to."""
    from fastwarc.warc import ArchiveIterator

    name, offset, length = str(revisit.refers_to).split(":")
    there = where.of_file(name)
    fault = f"the capture of {revisit.url} on {revisit.day} repeats one in {name} at offset {offset}, which "
    advice = "restore that file, or move it away and capture the day again"
    if there is None or not length.isdecimal():
        raise DataError(f"{fault}is no file of a landing zone; {advice}")
    try:
        data = there.fs.cat_file(there.path(name), start=int(offset), end=int(offset) + int(length))
        record = next(iter(ArchiveIterator(BytesIO(data), parse_http=False)))
        original = capture_of(there, name, record, with_body=True)
    except FileNotFoundError:
        raise DataError(f"{fault}is gone; {advice}") from None
    except (OSError, ValueError, CodingError, StopIteration) as error:
        raise DataError(f"{fault}cannot be read ({error}); {advice}") from error
    told = (revisit.body_sha256, revisit.revisit_of, None)
    if original is None or (original.body_sha256, original.fetched_at, original.refers_to) != told:
        raise DataError(f"{fault}holds another page; {advice}")
    return original


def _with_body(capture: Capture, wire: bytes) -> Capture:
    """Return the capture with its body from the wire; ValueError if it is not the one that landed."""
    body = undo(wire, header(capture.headers, "content-encoding") or "", MAX_REPLAY)
    if hashlib.sha256(body).hexdigest() != capture.body_sha256:
        raise ValueError("the body is not the one that landed")
    return replace(capture, body=body, wire_body=None if wire == body else wire)


def header(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    """Return the first value of a header, or None; `name` is in lower case."""
    return next((value for key, value in headers if key.lower() == name), None)

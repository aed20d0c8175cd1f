"""One link to one capture: the conditional GET and the judgement of what came back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from http import HTTPStatus

from etl.capture.answer import Answer
from etl.capture.challenge import is_challenge
from etl.capture.failure import FetchError
from etl.capture.http import Http
from etl.records import Capture, Link, Reject, make_id

NOT_MODIFIED = HTTPStatus.NOT_MODIFIED

STATUS_REASON = {
    202: "challenge",
    401: "forbidden",
    402: "forbidden",
    403: "forbidden",
    404: "not-found",
    407: "forbidden",
    410: "not-found",
    412: "challenge",
    451: "forbidden",
    521: "challenge",
}
"""Reasons of statuses; with 202, 412 and 521 Chinese portals ask for a JavaScript cookie (observed)."""

TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/json", "application/rss+xml")
BINARY_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"RIFF",
    b"\x00\x00\x00\x1cftyp",
)


def fetch(
    link: Link, http: Http, previous: Capture | None = None, *, conditional: bool = True
) -> Capture | Reject:
    """Return the page behind `link`, or why there is none (stage "fetch").

    `previous`, the latest capture of the address, makes the request conditional; if nothing changed since,
    the capture returned is a revisit of it (`revisit_of` set).
    """
    conditions = _conditions(previous) if conditional else {}
    try:
        answer = http.get(link.url, conditions)
        if answer.status == NOT_MODIFIED:
            if previous is None or not conditions:
                return reject(link, "bad-response", "the server answers 304 to a request without conditions")
            return _revisit(answer, link, http, previous)
        fault = _status_fault(answer)
        if fault is not None:
            return reject(link, *fault)
        body = http.body(answer)
        fault = _body_fault(answer, body)
        if fault is not None:
            return reject(link, *fault)
    except FetchError as error:
        return reject(link, error.reason, error.detail)
    return _capture(answer, body, link, http, previous)


def reject(link: Link, reason: str, detail: str) -> Reject:
    """Return the reject of a link at this stage."""
    return Reject("fetch", reason, detail, link.source_id, link.day, link.url)


def _conditions(previous: Capture | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it changed (RFC 9110, 13.1)."""
    if previous is None:
        return {}
    asked = {"If-None-Match": previous.etag, "If-Modified-Since": previous.last_modified}
    return {name: value for name, value in asked.items() if value}


def _status_fault(answer: Answer) -> tuple[str, str] | None:
    if answer.status == HTTPStatus.OK:
        return None
    reason = STATUS_REASON.get(answer.status, "http-status")
    return reason, f"the server answers {answer.status}"


def _body_fault(answer: Answer, body: bytes) -> tuple[str, str] | None:
    """Return why a body is no page: nothing in it, or something that is no text by label and by look."""
    if not body:
        return "empty", "the body is empty"
    label = (answer.header("content-type") or "").partition(";")[0].strip().lower()
    if body.startswith(BINARY_MAGIC):
        return "content-type", f"the body is no text, whatever its label says ({label or 'none'})"
    if (
        label
        and not label.startswith(TEXTUAL)
        and not body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    ):
        return "content-type", f"{label} is no page"
    if is_challenge(body):
        return "challenge", "the server asks for a browser's proof instead of giving the page"
    return None


def _revisit(answer: Answer, link: Link, http: Http, previous: Capture) -> Capture:
    return Capture(
        capture_id=previous.capture_id,
        source_id=link.source_id,
        day=link.day,
        url=link.url,
        final_url=answer.final_url,
        http_status=answer.status,
        headers=answer.headers,
        fetched_at=http.clock(),
        body=b"",
        body_sha256=previous.body_sha256,
        content_type=previous.content_type,
        etag=previous.etag,
        last_modified=previous.last_modified,
        warc_file=previous.warc_file,
        warc_offset=previous.warc_offset,
        warc_length=previous.warc_length,
        request_headers=answer.request_headers,
        redirects=answer.redirects,
        revisit_of=previous.fetched_at,
    )


def _capture(answer: Answer, body: bytes, link: Link, http: Http, previous: Capture | None) -> Capture:
    sha256 = hashlib.sha256(body).hexdigest()
    if previous is not None and previous.body_sha256 == sha256:
        again = _revisit(answer, link, http, previous)
        return replace(again, body=body, wire_body=None if body == answer.wire else answer.wire)
    return Capture(
        capture_id=make_id(link.source_id, link.url, sha256),
        source_id=link.source_id,
        day=link.day,
        url=link.url,
        final_url=answer.final_url,
        http_status=answer.status,
        headers=answer.headers,
        fetched_at=http.clock(),
        body=body,
        body_sha256=sha256,
        content_type=answer.header("content-type"),
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        request_headers=answer.request_headers,
        wire_body=None if body == answer.wire else answer.wire,
        redirects=answer.redirects,
    )

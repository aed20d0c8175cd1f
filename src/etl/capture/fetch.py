"""One link to one capture: the conditional GET and the judgement of what came back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus

from etl import decode
from etl.capture.answer import Answer
from etl.capture.challenge import is_challenge
from etl.capture.failure import FetchError
from etl.capture.http import Http
from etl.capture.retry import RETRY_STATUS, StatusError
from etl.page import kinds
from etl.records import Capture, Link, Page, Reject, make_id

NOT_MODIFIED = HTTPStatus.NOT_MODIFIED
RETRIED = {
    status: "rate-limited" if status == HTTPStatus.TOO_MANY_REQUESTS else "server-error"
    for status in RETRY_STATUS
}

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
    link: Link, http: Http, earlier: Sequence[Capture] = (), *, conditional: bool = True
) -> Capture | Reject:
    """Return what is behind `link`, or why there is nothing (stage "fetch").

    An answer that is no page is a capture too, with the reason in `refused`: whatever came lands. `earlier`
    are the captures of the address; the latest page among them makes the request conditional. If nothing
    changed since, the capture returned is a revisit (`revisit_of` set).
    """
    previous = next((one for one in reversed(earlier) if one.refused is None), None)
    conditions = _conditions(previous) if conditional else {}
    try:
        answer = _answer(http, link.url, conditions)
        if answer.status == NOT_MODIFIED:
            if previous is None or not conditions:
                return reject(link, "bad-response", "the server answers 304 to a request without conditions")
            return _revisit(answer, link, http, previous)
        body = http.body(answer)
    except FetchError as error:
        return reject(link, error.reason, error.detail)
    found = _capture(answer, body, link, http)
    found = replace(found, refused=_refused(found))
    if not body:
        return replace(refusal(found), capture_id=None)
    same = [one for one in earlier if one.refused is not None] if found.refused else [previous]
    for one in same:
        if one is not None and one.body_sha256 == found.body_sha256:
            again = replace(_revisit(answer, link, http, one), refused=found.refused)
            return replace(again, body=body, wire_body=found.wire_body)
    return found


def refusal(capture: Capture) -> Reject:
    """Return the reject of a capture whose answer is no page."""
    label = (capture.content_type or "no content type").partition(";")[0]
    why = {
        "challenge": " and asks for a browser's proof instead of giving the page",
        "login-wall": " and asks to log in",
        "empty": " with an empty body",
        "content-type": f" with what is no page (labelled {label})",
    }.get(str(capture.refused), "")
    detail = f"the server answers {capture.http_status}{why}"
    reason = capture.refused or "http-status"
    return Reject("fetch", reason, detail, capture.source_id, capture.day, capture.url, capture.capture_id)


def reject(link: Link, reason: str, detail: str) -> Reject:
    """Return the reject of a link at this stage."""
    return Reject("fetch", reason, detail, link.source_id, link.day, link.url)


def _conditions(previous: Capture | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it changed (RFC 9110, 13.1)."""
    if previous is None:
        return {}
    asked = {"If-None-Match": previous.etag, "If-Modified-Since": previous.last_modified}
    return {name: value for name, value in asked.items() if value}


def _answer(http: Http, url: str, conditions: dict[str, str]) -> Answer:
    """Return the answer to a request, also one that asked to come back until all tries were used up."""
    try:
        return http.get(url, conditions)
    except StatusError as error:
        if not error.answer.wire:
            raise
        return error.answer


def _refused(found: Capture) -> str | None:
    """Return why an answer is no page, as it shows itself or else by its status; None for a page."""
    body = found.body
    if found.http_status != HTTPStatus.OK:
        text = decode.decode(found)
        reason = kinds.of_answer(found.http_status, text.html if isinstance(text, Page) else "").reason
        return RETRIED.get(found.http_status, reason) if reason == "http-status" else reason
    if not body:
        return "empty"
    label = (found.content_type or "").partition(";")[0].strip().lower()
    marked = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    if body.startswith(BINARY_MAGIC) or (label and not label.startswith(TEXTUAL) and not marked):
        return "content-type"
    return "challenge" if is_challenge(body) else None


def _revisit(answer: Answer, link: Link, http: Http, previous: Capture) -> Capture:
    place = f"{previous.warc_file}:{previous.warc_offset}:{previous.warc_length}"
    return replace(
        _capture(answer, b"", link, http),
        capture_id=previous.capture_id,
        body_sha256=previous.body_sha256,
        content_type=previous.content_type,
        etag=previous.etag,
        last_modified=previous.last_modified,
        warc_file=previous.warc_file,
        warc_offset=previous.warc_offset,
        warc_length=previous.warc_length,
        wire_body=None,
        revisit_of=previous.revisit_of or previous.fetched_at,
        refers_to=previous.refers_to or (place if previous.day != link.day else None),
    )


def _capture(answer: Answer, body: bytes, link: Link, http: Http) -> Capture:
    sha256 = hashlib.sha256(body).hexdigest()
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

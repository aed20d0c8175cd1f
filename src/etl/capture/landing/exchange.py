"""Captures as WARC/1.1 records: warcinfo, response, revisit, request; secrets are masked on the way."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from etl import __version__
from etl.capture.landing import redact
from etl.capture.landing.record import (
    REVISIT_NOT_MODIFIED,
    REVISIT_SAME_PAYLOAD,
    digest,
    http_block,
    record,
    record_id,
    stamp,
)
from etl.records import Capture

HTTP_RESPONSE = "application/http; msgtype=response"
HTTP_REQUEST = "application/http; msgtype=request"
REQUESTED = "Huiyi-Requested-URI"
"""Extension field: the address that was asked, where redirects led elsewhere (readers ignore it)."""

BODY_DIGEST = "Huiyi-Body-Digest"
"""Extension field: SHA-256 in hex of the body, its Content-Encoding undone: `Capture.body_sha256`."""

CONTINUES = "Huiyi-Continues"
"""Extension field: the address of the page that this page of an article follows."""

REFUSED = "Huiyi-Refused"
"""Extension field: why the answer is no page, a reason code."""

REFERS_TO_FILE = "WARC-Refers-To-Filename"
REFERS_TO = (REFERS_TO_FILE, "WARC-Refers-To-File-Offset", "Huiyi-Refers-To-File-Length")
"""Where the body of a revisit lies, if it landed on another day (the names are Heritrix's, but the last)."""

PHRASES = {status.value: status.phrase for status in HTTPStatus}
CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def warcinfo(first: Capture, name: str, user_agent: str) -> bytes:
    """Return the record that opens the file `name`, dated by its first capture."""
    lines = {
        "software": f"huiyi-etl/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS,
        "http-header-user-agent": user_agent,
        "isPartOf": f"{first.source_id} {first.day}",
    }
    date = stamp(first.fetched_at)
    fields = [
        ("WARC-Record-ID", record_id("warcinfo", name, date)),
        ("WARC-Date", date),
        ("WARC-Filename", name),
        ("Content-Type", "application/warc-fields"),
    ]
    block = "".join(f"{key}: {value}\r\n" for key, value in lines.items())
    return record("warcinfo", fields, block.encode())


def response(capture: Capture) -> bytes:
    """Return the response: its head as served but for secrets, its body as it came over the wire."""
    body = capture.body if capture.wire_body is None else capture.wire_body
    block = _block(capture.http_status, capture.headers, body)
    fields = [*_fields("response", capture, capture.final_url, block), ("WARC-Payload-Digest", digest(body))]
    fields.append((BODY_DIGEST, f"sha256:{capture.body_sha256}"))
    return record("response", [*fields, *_ours(capture)], block)


def revisit(capture: Capture) -> bytes:
    """Return the revisit of a capture whose body landed before (WARC/1.1, section 6.7)."""
    if capture.revisit_of is None:
        raise ValueError("a capture without `revisit_of` is no revisit")
    block = _block(capture.http_status, capture.headers, b"")
    fields = _fields("revisit", capture, capture.final_url, block)
    if capture.http_status == HTTPStatus.NOT_MODIFIED:
        fields.append(("WARC-Profile", REVISIT_NOT_MODIFIED))
    else:
        body = capture.body if capture.wire_body is None else capture.wire_body
        fields += [("WARC-Profile", REVISIT_SAME_PAYLOAD), ("WARC-Payload-Digest", digest(body))]
    fields += [
        ("WARC-Refers-To-Target-URI", redact.url(capture.final_url)),
        ("WARC-Refers-To-Date", stamp(capture.revisit_of)),
        (BODY_DIGEST, f"sha256:{capture.body_sha256}"),
    ]
    if capture.refers_to is not None:
        fields += zip(REFERS_TO, capture.refers_to.split(":"), strict=True)
    return record("revisit", [*fields, *_ours(capture)], block)


def request(capture: Capture) -> bytes:
    """Return the request that belongs to a capture's response or revisit."""
    parts = urlsplit(capture.final_url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    block = http_block(f"GET {target} HTTP/1.1", redact.headers(capture.request_headers), b"")
    kind = "response" if capture.revisit_of is None else "revisit"
    fields = _fields("request", capture, capture.final_url, block)
    fields.append(("WARC-Concurrent-To", _id(kind, capture, capture.final_url)))
    return record("request", fields, block)


def redirects(capture: Capture) -> Iterator[bytes]:
    """Yield a response without a body for each redirect that led to the capture."""
    for hop in capture.redirects:
        block = _block(hop.http_status, hop.headers, b"")
        fields = [*_fields("response", capture, hop.url, block), ("WARC-Payload-Digest", digest(b""))]
        yield record("response", fields, block)


def _ours(capture: Capture) -> Iterator[tuple[str, str]]:
    """Yield the extension fields that say more of a capture than its exchange does."""
    if capture.url != capture.final_url:
        yield REQUESTED, redact.url(capture.url)
    if capture.continues is not None:
        yield CONTINUES, redact.url(capture.continues)
    if capture.refused is not None:
        yield REFUSED, capture.refused


def _fields(kind: str, capture: Capture, target: str, block: bytes) -> list[tuple[str, str]]:
    """Return the fields that every HTTP record has."""
    return [
        ("WARC-Record-ID", _id(kind, capture, target)),
        ("WARC-Date", stamp(capture.fetched_at)),
        ("WARC-Target-URI", redact.url(target)),
        ("WARC-Block-Digest", digest(block)),
        ("Content-Type", HTTP_REQUEST if kind == "request" else HTTP_RESPONSE),
    ]


def _id(kind: str, capture: Capture, target: str) -> str:
    return record_id(kind, target, capture.url, stamp(capture.fetched_at), capture.body_sha256)


def _block(status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> bytes:
    """Return the response as a block; secrets are masked whoever made the capture."""
    phrase = PHRASES.get(status, "Unknown")
    return http_block(f"HTTP/1.1 {status} {phrase}", redact.headers(headers), body)

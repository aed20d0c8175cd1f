"""Pages that a person or a program saved, one file each."""

from __future__ import annotations

import hashlib
import re
from email import message_from_bytes
from email.policy import default as mail_policy
from pathlib import Path
from urllib.parse import quote

from etl.capture.coding import CodingError, undo
from etl.capture.files.blob import Blob
from etl.records import Capture, Reject, make_id

TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".shtm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
}

SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{4}\)(https?://[^\s>]{1,2000}) -->")
"""The Mark of the Web with which browsers note where a saved page came from."""


def is_page(name: str) -> bool:
    """Tell whether a file of this name is a page, plain or gzipped."""
    return _suffix(name) in TYPES


def read(blob: Blob, source_id: str, max_body: int) -> Capture | Reject:
    """Return the page in a file. Its address is the one noted in it, else `file:` and the name."""
    name = blob.name
    url = f"file:{quote(name)}"
    try:
        size = blob.size
        if size > max_body:
            return _reject(source_id, url, "too-large", f"{name} has {size} bytes, allowed are {max_body}")
        body = blob.read()
        if name.lower().endswith(".gz"):
            body = undo(body, "gzip", max_body)
    except CodingError as error:
        return _reject(source_id, url, error.reason, f"{name}: {error}")
    except OSError as error:
        return _reject(source_id, url, "unreadable", f"{name} cannot be read ({error.strerror or error})")
    kind = TYPES[_suffix(name)]
    if kind == "multipart/related":
        page = _from_mhtml(body)
        if page is None:
            return _reject(source_id, url, "not-html", f"{name} holds no page")
        kind, url, body = page[0], page[1] or url, page[2]
    elif (mark := SAVED_FROM.search(body, 0, 4096)) is not None:
        url = mark[1].decode("ascii", "replace")
    if not body:
        return _reject(source_id, url, "empty", f"{name} is empty")
    sha256 = hashlib.sha256(body).hexdigest()
    return Capture(
        capture_id=make_id(source_id, url, sha256),
        source_id=source_id,
        day=None,
        url=url,
        final_url=url,
        http_status=200,
        headers=(("Content-Type", kind),),
        fetched_at=blob.modified,
        body=body,
        body_sha256=sha256,
        content_type=kind,
    )


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(".gz")).suffix


def _from_mhtml(data: bytes) -> tuple[str, str | None, bytes] | None:
    """Return type, address and bytes of the page in an MHTML file (RFC 2557), or None."""
    message = message_from_bytes(data, policy=mail_policy)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                location = part.get("Content-Location") or message.get("Snapshot-Content-Location")
                return str(part.get("Content-Type")), str(location) if location else None, body
    return None


def _reject(source_id: str, url: str, reason: str, detail: str) -> Reject:
    return Reject("capture", reason, detail, source_id, None, url)

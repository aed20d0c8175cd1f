"""A page on its way from a link to a draft, before repair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Link:
    """An address that discovery found for a source-day; `title` and `published` are what the listing says."""

    source_id: str
    day: date
    url: str
    found_by: str
    title: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop on the way to a capture's `final_url`: the address that was asked, and the answer's head."""

    url: str
    http_status: int
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange (or saved file) with its body as served, before anything interprets it.

    `headers` holds the response headers in order, names as served. `fetched_at` is UTC. `capture_id` is
    `make_id(source_id, url, body_sha256)`, so the same bytes at the same address are the same capture.
    `body` is the entity with its Content-Encoding undone; `wire_body` is what came over the wire where that
    differs. A body that was there before (304, or the same digest again) is a revisit: `revisit_of` is the
    `fetched_at` of the capture that holds it, `refers_to` its place (`FILE:OFFSET:LENGTH`) where that is of
    another day; after a 304 `body` is empty. `continues` is the address of the
    page that a further page of an article follows; `refused` says why an answer is no page, None for a page.
    """

    capture_id: str
    source_id: str
    day: date | None
    url: str
    final_url: str
    http_status: int
    headers: tuple[tuple[str, str], ...]
    fetched_at: datetime
    body: bytes
    body_sha256: str
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    warc_length: int | None = None
    request_headers: tuple[tuple[str, str], ...] = ()
    wire_body: bytes | None = None
    redirects: tuple[Redirect, ...] = ()
    revisit_of: datetime | None = None
    continues: str | None = None
    refused: str | None = None
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class CharsetVote:
    """One opinion on a page's charset: `witness` is bom, header, meta, xml, source, strict or statistic."""

    witness: str
    charset: str
    weight: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page decoded to text. `charset_used` is a Python codec; `lost` counts U+FFFD that decoding left."""

    capture: Capture
    html: str
    charset_declared: str | None
    charset_used: str
    votes: tuple[CharsetVote, ...]
    lost: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What the page's structure tells, before repair. Paragraphs of `text` are separated by one U+000A.

    `published_precision` is minute, day, month or year; `published_basis` is meta, byline, url or dateline.
    `published_at` carries an offset (+08:00 unless the page says otherwise). `layout` is the id of the CMS
    profile that fired, or the heuristic's name.
    """

    text: str
    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    published_basis: str | None = None
    media_source: str | None = None
    reporters: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    page_no: str | None = None
    canonical_url: str | None = None
    next_url: str | None = None
    layout: str = ""

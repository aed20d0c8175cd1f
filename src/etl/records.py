"""The records that travel through the pipeline: one frozen dataclass for each thing that a hop hands on.

Every hop from `decode` on is a pure function of these records. Offsets are half-open spans of code points
in `Article.text`, which is frozen once repair is done: `text[span.start:span.end]` reproduces the value
read there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

SCHEMA_VERSION = 1
"""Bumped when the meaning of a column changes; added columns do not bump it."""

EXTRACTOR_VERSION = "0.1.0"
"""Version of the rules that decode, repair and extract: rows made by other rules can be told apart."""


def make_id(*parts: object) -> str:
    """Return the 16 hex digits of BLAKE2b over a natural key, its parts joined by U+001F."""
    key = "\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(key, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code points in `Article.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that this span covers in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reject:
    """A page, or a part of one, that did not become a row: where it stopped and why.

    `reason` is a short kebab-case code of a closed set per stage, `detail` one sentence for a person.
    """

    stage: str
    reason: str
    detail: str
    source_id: str
    day: date | None
    url: str | None = None
    capture_id: str | None = None


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
    `fetched_at` of the capture that holds it; after a 304 `body` is empty.
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


@dataclass(frozen=True, slots=True)
class Step:
    """One recorded change of a text by repair.

    Steps come in passes: `start` and `end` are code points in the text as it stood before pass `pass_no`,
    where `before` stood; `after` replaces it. Steps of one pass are ordered and do not overlap, so
    replaying them pass by pass over the original gives the repaired text. `candidates` are the characters
    among which a lost one could not be decided.
    """

    rule: str
    pass_no: int
    start: int
    end: int
    before: str
    after: str
    confidence: float
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """Result of repair. `lost` counts U+FFFD in `text`; `script` is hans, hant or mixed, before conversion.

    `flags` is a sorted tuple out of spun, injected, masked, lost. `simplified` is the Simplified form of a
    genuinely Traditional text, else None.
    """

    text: str
    steps: tuple[Step, ...]
    lost: int
    script: str
    flags: tuple[str, ...] = ()
    simplified: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One page as a repaired text with its byline; `text` is frozen, and every span refers to it."""

    article_id: str
    capture_id: str
    source_id: str
    day: date | None
    url: str
    title: str | None
    text: str
    text_original: str
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
    charset_declared: str | None = None
    charset_used: str = "utf-8"
    charset_votes: tuple[CharsetVote, ...] = ()
    script: str = "hans"
    text_simplified: str | None = None
    repair_steps: tuple[Step, ...] = ()
    lost_chars: int = 0
    flags: tuple[str, ...] = ()
    simhash: int = 0
    duplicate_of: str | None = None
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """One office as printed (`text`), split into organ and post where the lexicon can, at `span`."""

    text: str
    span: Span
    org: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """One person in one role; a person with two roles is two records with the same `seq`.

    `seq` counts persons from 0 in printed order, which is protocol order. `role` is chair, speaker,
    presenter or attendee; `role_raw` is the verb as printed at `role_span`. `titles_span` covers the
    offices printed at the first mention that has any.
    """

    seq: int
    name: str
    name_span: Span
    titles: tuple[Title, ...]
    titles_span: Span | None
    role: str
    role_raw: str
    role_span: Span | None
    confidence: float
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """An organ, or unnamed office-holders of one, in one role."""

    seq: int
    name: str
    name_span: Span
    role: str
    role_raw: str
    role_span: Span | None
    confidence: float
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of business. `classification` is 传达学习, 审议, 听取汇报, 研究, 部署, 通报 or 人事."""

    order: int
    classification: str
    text: str
    span: Span
    decision: str | None = None
    documents: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Directive:
    """Something that was ordered. `marker` is the printed 一要, 二是, 第三 …, `ordinal` its number or None.

    `cue` is the attributed lead-in (会议强调, 田禾指出) at `cue_span`; `speaker_seq` points at the
    participant.
    """

    seq: int
    text: str
    span: Span
    marker: str | None = None
    ordinal: int | None = None
    parent_seq: int | None = None
    cue: str | None = None
    cue_span: Span | None = None
    speaker_seq: int | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """An attributed statement: `cue` as printed (田禾指出), `kind` direct (in quotes) or indirect."""

    position: int
    cue: str
    cue_span: Span
    kind: str
    text: str
    span: Span
    speaker_seq: int | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingReport:
    """A meeting (or talks, inspection, ceremony) as one article reports it.

    `date_text` is the date as printed at `date_span`; an unresolvable year leaves `start_date` None.
    `date_basis` is explicit, relative, dateline or published. `part_of_day` is 上午, 中午, 下午, 晚上 … as
    the event's own. `participants_complete` is False after 等.
    """

    report_id: str
    article_id: str
    event_type: str
    name: str | None = None
    name_span: Span | None = None
    kind: str | None = None
    session_no: int | None = None
    date_text: str | None = None
    date_span: Span | None = None
    start_date: date | None = None
    end_date: date | None = None
    date_basis: str | None = None
    part_of_day: str | None = None
    location_name: str | None = None
    location_span: Span | None = None
    attendance_mode: str | None = None
    organizer: str | None = None
    level: str | None = None
    division_code: str | None = None
    participants_complete: bool = True
    participants: tuple[Participant, ...] = ()
    groups: tuple[Group, ...] = ()
    agenda_items: tuple[AgendaItem, ...] = ()
    directives: tuple[Directive, ...] = ()
    quotes: tuple[Quote, ...] = ()
    confidence: float = 0.0
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageReport:
    """What one stage did for one partition: what DAGs pass on and the `runs` table keeps.

    `tables` maps table name to rows written, `rejects` reason to count, `digest` is over the written files,
    so an unchanged rerun shows the same digest. `changed` is False when no file had to be rewritten.
    """

    stage: str
    source_id: str
    day: date | None
    taken: int
    tables: dict[str, int] = field(default_factory=dict)
    rejects: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    path: str = ""
    digest: str = ""
    changed: bool = True
    lost_chars: int = 0

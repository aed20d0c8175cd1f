"""A meeting as one article reports it, each value with the characters that it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from etl.records.base import Span


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

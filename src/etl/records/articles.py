"""A repaired text with the steps that repaired it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from etl.records.pages import CharsetVote


class Step(msgspec.Struct, frozen=True, gc=False):
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


class Repaired(msgspec.Struct, frozen=True):
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

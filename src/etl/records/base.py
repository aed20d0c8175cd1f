"""What every layer speaks of: ids, spans of characters, rejects, and what a stage did."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

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

"""What a family of damage proposes: edits of the text it was given, ordered and without overlaps.

Every family module has one pure function `find(text: str) -> list[Edit]`. It answers sound text with an
empty list after one C-backed scan, and never raises, whatever the text holds (NULs, lone surrogates, 50 MB
of one character).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from etl.records import Step

HANZI = "〇" + "".join(
    map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00), *range(0xD840, 0xD8C0)))
)
"""The hanzi of the Basic Multilingual Plane, and lead surrogates of the others."""
LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that was there and cannot be restored."""


class Edit(msgspec.Struct, frozen=True, gc=False):
    """Replace `text[start:end]` (code points) by `after`; `rule` is the family's id, such as S1 or G2.

    `confidence` lies in 0…1. `candidates` are the characters among which a U+FFFD in `after` could not be
    decided.
    """

    start: int
    end: int
    after: str
    rule: str
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()


def apply_edits(text: str, edits: Iterable[Edit | Step]) -> str:
    """Return `text` with ordered, non-overlapping `edits` carried out."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += (text[position : edit.start], edit.after)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


def without_overlaps(edits: list[Edit]) -> list[Edit]:
    """Return `edits` in order; of two that overlap the more confident stays, then the longer one."""
    end = 0
    for edit in edits:
        if edit.start < end:
            break
        end = edit.end
    else:
        return edits
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if kept and edit.start < kept[-1].end:
            last = kept[-1]
            if (edit.confidence, edit.end - edit.start) > (last.confidence, last.end - last.start):
                kept[-1] = edit
            continue
        kept.append(edit)
    return kept


def as_steps(text: str, edits: Iterable[Edit], pass_no: int) -> list[Step]:
    """Return those `edits` that change `text`, as the steps of pass `pass_no`."""
    return [
        Step(e.rule, pass_no, e.start, e.end, before, e.after, e.confidence, e.candidates)
        for e in edits
        if (before := text[e.start : e.end]) != e.after
    ]

"""Cut a text at the borders of spans, so that a template can mark what each stretch of it proves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A field and the stretch of text that it was read from; `key` ties it to its row, `kind` colours it."""

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks."""

    text: str
    kinds: tuple[str, ...]
    keys: tuple[str, ...]


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Yield the stretches of `text` in order; joined they are `text` again. Marks may overlap."""
    inside = sorted((m for m in marks if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end))
    borders = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    active: list[Mark] = []
    upcoming = iter([*inside, None])
    following = next(upcoming)
    for start, end in pairwise(borders):
        active = [mark for mark in active if mark.end > start]
        while following and following.start == start:
            active.append(following)
            following = next(upcoming)
        yield Piece(text[start:end], tuple(m.kind for m in active), tuple(m.key for m in active))


def marks_of(found: Mapping[str, Any]) -> list[Mark]:
    """Return the marks of a report (`queries.report.find`); long spans come before what lies in them."""
    marks: list[Mark] = []

    def add(span: Mapping[str, int] | None, kind: str, key: str) -> None:
        """Mark a span, unless the record has none."""
        if span:
            marks.append(Mark(span["start"], span["end"], kind, key))

    for item in found["agenda_items"]:
        add(item["span"], "agenda", f"agenda-{item['order']}")
    for directive in found["directives"]:
        key = f"directive-{directive['seq']}"
        add(directive["span"], "directive", key)
        add(directive["cue_span"], "cue", key)
    for quote in found["quotes"]:
        add(quote["span"], "quote", f"quote-{quote['position']}")
        add(quote["cue_span"], "cue", f"quote-{quote['position']}")
    for field in ("name", "date", "location"):
        add(found["meeting"][f"{field}_span"], field, field)
    for group in found["groups"]:
        add(group["name_span"], "group", f"group-{group['seq']}")
        add(group["role_span"], "act", f"group-{group['seq']}")
    for person in found["participants"]:
        key = f"person-{person['seq']}"
        add(person["titles_span"], "titles", key)
        add(person["role_span"], "act", key)
        add(person["name_span"], f"person {person['role']}", key)
    return marks


def with_anchors(cut: Iterable[Piece]) -> list[tuple[Piece, tuple[str, ...], str]]:
    """Return each piece with the keys that appear in it first, and the number that is printed before it.

    Directives are numbered where their text begins.
    """
    seen: set[str] = set()
    numbered: set[str] = set()
    found = []
    for piece in cut:
        new = tuple(dict.fromkeys(key for key in piece.keys if key not in seen))
        seen.update(new)
        number = ""
        for kind, key in zip(piece.kinds, piece.keys, strict=True):
            if kind == "directive" and key not in numbered:
                numbered.add(key)
                number = str(int(key.rpartition("-")[2]) + 1)
        found.append((piece, new, number))
    return found

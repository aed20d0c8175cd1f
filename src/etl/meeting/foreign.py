"""Names that are not Han: with dots, by foreign syllables, by the parts of minority names."""

from __future__ import annotations

import re
from functools import cache

from etl.lexicon.tables import rows
from etl.meeting.boundary import Name, boundary, free, lexicon

_DOTS = "·•‧∙・．?？"
DOTS = frozenset(_DOTS)
"""The dots that stand inside foreign names."""

DOTTED = re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:[{_DOTS}][\u4e00-\u9fff]{{1,8}}){{1,4}}")
"""A name with dots and what may follow it."""

_FIRST = re.compile(f"[{_DOTS}]")
_AFTER_DOTTED = frozenset("在对向同与和就从为等以将率及说")


def dotted(text: str) -> bool:
    """Tell whether a text holds a dot as it stands inside foreign names."""
    return any(dot in text for dot in _DOTS)  # a search for each is far faster than a look at every letter


@cache
def units() -> re.Pattern[str]:
    """Return the pattern of a minority name without ·: two parts or more, or a long one."""
    parts = sorted((row["text"] for row in rows("units")), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(parts)}){{2,4}}|(?:{'|'.join(part for part in parts if len(part) > 2)})")


@cache
def opening() -> frozenset[str]:
    """Return the first characters of the parts of minority names."""
    return frozenset(row["text"][0] for row in rows("units"))


def dotted_at(text: str, pos: int) -> Name | None:
    """Return the name with · at `pos`, up to the first boundary behind its last dot."""
    match = DOTTED.match(text, pos)
    if match is None or not free(_FIRST.split(match.group(), maxsplit=1)[0]):
        return None
    last = max(text.rfind(mark, pos, match.end()) for mark in _DOTS)
    for end in range(last + 2, match.end() + 1):
        if boundary(text, end) == 3 or (text[end] in _AFTER_DOTTED and boundary(text, end)):
            return Name(end, 3, "dotted")
    return None


def at(text: str, pos: int) -> Name | None:
    """Return the foreign or minority name at `pos`: syllables up to the right boundary that is farthest."""
    lex, high = lexicon(), pos
    while high < pos + 9 and text[high : high + 1] in lex.syllables and high < len(text):
        high += 1
    weak: Name | None = None
    for end in range(high, pos + 1, -1):
        score = boundary(text, end)
        if score and text[pos:end] not in lex.countries and text[pos:end] not in lex.common:
            if score == 3:
                return Name(end, 3, "foreign")
            weak = weak or Name(end, 1, "foreign")
    return weak

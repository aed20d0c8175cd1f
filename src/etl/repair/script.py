"""T1, T2: which script a text is in, and whether a converter or its author wrote the Traditional.

Mirrors run Simplified pages through one-to-one tables (T1); that is damage and is converted back. What an
author in Hong Kong, Taiwan or Macau wrote (T2) stays, and `simplify` gives its Simplified form beside it.
Cues with weights (`script_cues.tsv`) decide between the two; a text without any cue counts as converted,
since this package reads mainland sources.
"""

from __future__ import annotations

import re

from etl.repair import script_tables as tables
from etl.repair.edits import Edit
from etl.repair.script_convert import convert

TRIGGERS = tables.telling()["hant"]
MIXED_SHARE = 0.1
"""Below this share of the other script among the telling characters a text counts as one script."""
LINE_SHARE = 0.5
"""A line with no larger share of Traditional is Simplified, with something Traditional quoted in it."""
GENUINE = -3
"""A text whose cues add up to this or less is its author's own."""
CUE_LIMIT = 3
"""How many times one cue may count."""


def judge(text: str) -> str:
    """Return hans, hant or mixed after the characters that only one of the scripts has."""
    if not tables.traditional().search(text):
        return "hans"
    share = _traditional_share(text)
    if share < MIXED_SHARE:
        return "hans"
    return "hant" if share > 1 - MIXED_SHARE else "mixed"


def find(text: str) -> list[Edit]:
    """Return the edits that give machine-converted Traditional its Simplified characters back (T1)."""
    if judge(text) == "hans" or is_genuine(text):
        return []
    edits: list[Edit] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if _traditional_share(line) > LINE_SHARE:
            edits += _changes(line, convert(line), start)
        start += len(line)
    return edits


def simplify(text: str) -> str | None:
    """Return the Simplified form of a genuinely Traditional text (T2), None for any other."""
    return convert(text) if is_own_traditional(text) else None


def is_own_traditional(text: str) -> bool:
    """Tell whether `text` is Traditional (or mixed), and its author's own (T2)."""
    return judge(text) != "hans" and is_genuine(text)


def is_genuine(text: str) -> bool:
    """Tell whether the cues of an author's own Traditional outweigh those of a converter."""
    weight = sum(
        cue_weight * min(CUE_LIMIT, text.count(cue)) for cue, cue_weight in tables.cues() if cue in text
    )
    return weight <= GENUINE


def _traditional_share(text: str) -> float:
    """Return the share of Traditional characters among those that only one script has (0 for none)."""
    traditional = len(tables.traditional().findall(text))
    simplified = len(tables.simplified().findall(text))
    return traditional / (traditional + simplified) if traditional else 0.0


def _changes(before: str, after: str, offset: int) -> list[Edit]:
    """Return the edits from `before` to `after`, which are equally long, at `offset`."""
    differs = bytes(old != new for old, new in zip(before, after, strict=True))
    return [
        Edit(offset + run.start(), offset + run.end(), after[run.start() : run.end()], "T1")
        for run in re.finditer(b"\x01+", differs)
    ]

"""T1, T2: which script a text is in, and whether a converter or its author wrote the Traditional.

Mirrors run Simplified pages through one-to-one tables (T1); that is damage and is converted back. What an
author in Hong Kong, Taiwan or Macau wrote (T2) stays, and `simplify` gives its Simplified form beside it.
Cues with weights (`script_cues.tsv`) decide between the two; a text without any cue counts as converted,
since this package reads mainland sources.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from etl.repair import script_tables as tables
from etl.repair.edits import Edit
from etl.repair.script_convert import convert

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HANS, HANT = 1, 2
TRIGGERS = tables.telling()["hant"]
MIXED_SHARE = 0.1
"""Below this share of the other script among the telling characters a text counts as one script."""
LINE_SHARE = 0.5
"""A line with no larger share of Traditional is Simplified, with something Traditional quoted in it."""
GENUINE = -3
"""A text whose cues add up to this or less is its author's own."""
CUE_LIMIT = 3
"""How many times one cue may count."""
GAP = 3
"""Unchanged characters that a step may span between changed ones: phrases read well, and are fewer."""


def judge(text: str) -> str:
    """Return hans, hant or mixed after the characters that only one of the scripts has."""
    share = _traditional_share(text)
    if share < MIXED_SHARE:
        return "hans"
    return "hant" if share > 1 - MIXED_SHARE else "mixed"


def find(text: str) -> list[Edit]:
    """Return the edits that give machine-converted Traditional its Simplified characters back (T1).

    Changed characters that are at most `GAP` apart share an edit, which is as long as what it replaces.
    """
    script = judge(text)
    if script == "hans" or is_genuine(text):
        return []
    if script == "hant":
        return _changes(text, convert(text))
    lines = text.splitlines(keepends=True)
    return _changes(
        text, "".join(convert(line) if _traditional_share(line) > LINE_SHARE else line for line in lines)
    )


def simplify(text: str) -> str | None:
    """Return the Simplified form of a genuinely Traditional text (T2), None for any other."""
    return convert(text) if is_own_traditional(text) else None


def is_own_traditional(text: str) -> bool:
    """Tell whether `text` is Traditional (or mixed), and its author's own (T2)."""
    return judge(text) != "hans" and is_genuine(text)


def is_genuine(text: str) -> bool:
    """Tell whether the cues of an author's own Traditional outweigh those of a converter."""
    scanner, weights = tables.cues()
    found = scanner.find_matches_as_indexes(tables.without_surrogates(text))
    counts = Counter(weights[index] for index, _, _ in found)
    return sum(weight * min(CUE_LIMIT, count) for (_, weight), count in counts.items()) <= GENUINE


@lru_cache(maxsize=1)
def _traditional_share(text: str) -> float:
    """Return the share of Traditional characters among those that only one script has (0 for none)."""
    scripts = of_characters(text)
    hans, hant = scripts.count(HANS), scripts.count(HANT)
    return hant / (hant + hans) if hant else 0.0


def of_characters(text: str) -> bytes:
    """Return a byte for each character of `text`: `HANS` or `HANT` if only that script has it, else 0."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _scripts().take(codes, mode="clip").tobytes()


@lru_cache(maxsize=1)
def _scripts() -> NDArray[np.uint8]:
    import numpy as np

    scripts = np.zeros(0x10000, np.uint8)
    for number, name in ((HANS, "hans"), (HANT, "hant")):
        scripts[[ord(character) for character in tables.telling()[name]]] = number
    return scripts


def _changes(before: str, after: str) -> list[Edit]:
    """Return the edits from `before` to `after`, which are equally long."""
    import numpy as np

    old, new = (np.frombuffer(t.encode("utf-32-le", "surrogatepass"), np.uint32) for t in (before, after))
    places = np.flatnonzero(old != new)
    if not places.size:
        return []
    breaks = np.flatnonzero(np.diff(places) > GAP + 1)
    starts = places[np.concatenate(([0], breaks + 1))].tolist()
    ends = (places[np.concatenate((breaks, [-1]))] + 1).tolist()
    return [Edit(start, end, after[start:end], "T1") for start, end in zip(starts, ends, strict=True)]

"""The plan: in which order the families look at a text, and what of it is recorded.

One family that finds something is one pass. A round runs all families once; rounds repeat until nothing
changes, since one repair lays bare the next (a slip's end frees `</span>`, which then goes as a fragment).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from etl.records import Repaired, Step
from etl.repair import (
    entities,
    fragments,
    gloss,
    invisible,
    junk,
    masked,
    mojibake_big5,
    punctuation,
    punctuation_width,
    replacement,
    reversal,
    slip,
    slip_signs,
    spun,
)
from etl.repair import script as scripts
from etl.repair.binary import is_binary
from etl.repair.edits import LOST, Edit, apply_edits, as_steps, effective, without_overlaps

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROUNDS = 4
"""At most so many rounds: three suffice for every observed page."""


LAYERS = 3
"""So many wrong readings on top of each other are peeled off before any other family sees the text."""
FLAGGED = {"K1": "masked", "Y1": "injected"}
"""Rule to the flag of an article that it had to change."""


class Family(NamedTuple):
    """A family's `find`, what it needs to find anything, and its switch.

    It needs one of the characters `triggers`, or one of `pairs`: neighbours out of two sets of characters.
    """

    find: Callable[[str], list[Edit]]
    triggers: str | Callable[[], str] = ""
    pairs: Callable[[], Sequence[tuple[str, str]]] = tuple
    switch: str = ""


FAMILIES = (
    *[Family(reversal.find, reversal.triggers)] * LAYERS,
    Family(mojibake_big5.find, slip_signs.rare),
    Family(slip.find, slip_signs.triggers),
    Family(replacement.find, replacement.TRIGGERS),  # what neither of them explains
    Family(junk.find, junk.TRIGGERS),  # before glosses go, which tell the page's characters from junk
    Family(gloss.find, pairs=gloss.pairs),
    Family(entities.find, entities.TRIGGERS),
    Family(fragments.find, fragments.TRIGGERS),
    Family(invisible.find, invisible.TRIGGERS),
    Family(masked.find, masked.TRIGGERS),
    Family(spun.find, pairs=spun.pairs),
    Family(punctuation.find_doubled, pairs=punctuation.doubled_pairs),
    Family(punctuation.find_split, pairs=punctuation.split_pairs),
    Family(punctuation_width.find, punctuation_width.TRIGGERS, punctuation_width.pairs, switch="punctuation"),
    Family(scripts.find, scripts.TRIGGERS, switch="script"),
)


_SEARCHES = frozenset((reversal.find, mojibake_big5.find, slip.find))
"""The families that search for what a text said: bytes of no text said nothing."""
_BITS = {find: bit for bit, find in enumerate(dict.fromkeys(family.find for family in FAMILIES))}
"""The bit of each family in the table, 16 at most."""
_FIRST, _SECOND = 16, 40
"""Bits of the table from which on it says that a unit begins, and that it ends, a pair."""


@lru_cache(maxsize=1)
def _table() -> tuple[NDArray[np.uint64], tuple[int, ...]]:
    """Return what each UTF-16 unit triggers (a bit a family, two a pair), and whose the pairs are."""
    import numpy as np

    table = np.zeros(0x10000, np.uint64)
    owners: list[int] = []
    for family in FAMILIES:
        bit = _BITS[family.find]
        triggers = family.triggers if isinstance(family.triggers, str) else family.triggers()
        table[_units(triggers)] |= np.uint64(1 << bit)
        for first, second in family.pairs():
            table[_units(first)] |= np.uint64(1 << (_FIRST + len(owners)))
            table[_units(second)] |= np.uint64(1 << (_SECOND + len(owners)))
            owners.append(bit)
    return table, tuple(owners)


def _units(characters: str) -> list[int]:
    return sorted({min(ord(character), 0xFFFF) for character in characters})


def _called(text: str) -> int:
    """Return the bits of the families whose needs `text` meets: one table look-up per character."""
    import numpy as np

    bits = pairs = 0
    table, owners = _table()
    for start in range(0, len(text), 1 << 20):
        chunk = text[start : start + (1 << 20) + 1]
        found = table[np.frombuffer(chunk.encode("utf-16-le", "surrogatepass"), np.uint16)]
        bits |= int(np.bitwise_or.reduce(found))
        both = (found[:-1] >> np.uint64(_FIRST)) & (found[1:] >> np.uint64(_SECOND))
        pairs |= int(np.bitwise_or.reduce(both)) if both.size else 0
    return bits & ((1 << _FIRST) - 1) | sum({1 << bit for n, bit in enumerate(owners) if pairs >> n & 1})


def repair(text: str, *, script: bool = True, punctuation: bool = True) -> Repaired:
    """Return `text` with its damage undone, every change recorded as a step that can be replayed.

    Sound text comes back as it is. What is gone for good stands as U+FFFD and is counted in `lost`. With
    `script` machine-converted Traditional text becomes Simplified again (T), with `punctuation` half-width
    marks between hanzi become full width (P3). Never raises, whatever `text` holds.
    """
    off = {name for name, on in (("script", script), ("punctuation", punctuation)) if not on}
    steps: list[Step] = []
    flags: set[str] = set()
    judged = None
    idle: set[Callable[[str], list[Edit]]] = set()  # found nothing in the text as it stands
    called = _called(text)
    binary = bool(called >> _BITS[invisible.find] & 1) and is_binary(text)
    spared = _SEARCHES if binary else frozenset()
    for _ in range(ROUNDS):
        before = text
        for family in FAMILIES:
            bit = _BITS[family.find]
            if family.find is spun.find and called >> bit & 1:
                flags |= spun.flags(text)
            if family.find is scripts.find:
                flags |= masked.flags(text)
                if called >> bit & 1:
                    judged = judged or scripts.judge(text)
                    flags |= junk.flags(text)
            if not called >> bit & 1 or family.switch in off or family.find in idle | spared:
                continue
            found = family.find(text)
            edits = effective(text, without_overlaps(found)) if found else []
            if not edits:
                idle.add(family.find)
            else:
                idle.clear()
                pass_no = steps[-1].pass_no + 1 if steps else 0
                steps.extend(as_steps(text, edits, pass_no))
                text = apply_edits(text, edits)
                called = _called(text)
        if text == before:
            break
    lost = text.count(LOST)
    flags |= {"lost"} if lost else set()
    flags |= {FLAGGED[step.rule] for step in steps if step.rule in FLAGGED}
    simplified = scripts.simplify(text) if judged in ("hant", "mixed") else None
    return Repaired(text, tuple(steps), lost, judged or "hans", tuple(sorted(flags)), simplified)

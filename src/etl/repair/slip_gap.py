"""Pairs that vanished from a slipped text since GBK does not define them, and the words they were part of."""

from __future__ import annotations

import math
from functools import lru_cache

from etl.repair import judge
from etl.repair.variants import traditional

TRAILS, LEADS = frozenset([*range(0xA1, 0xB0), *range(0xF8, 0xFF)]), frozenset(range(0xA1, 0xFF))
"""The bytes of such pairs: the trail of one character and the lead of the next."""


@lru_cache(maxsize=1)
def _by_outer_bytes() -> dict[tuple[int, int], float]:
    """Return the nats of the likeliest word by its outer bytes, where the others can vanish."""
    words = [word for word in judge.words() if len(word) == 2]
    values = [judge.words()[word] for word in words] * 2
    forms = "\n".join(words)
    forms += "\n" + traditional(forms)
    found: dict[tuple[int, int], float] = {}
    for value, raw in zip(values, forms.encode("gb18030").split(b"\n"), strict=True):
        if len(raw) == 4 and raw[1] in TRAILS and raw[2] in LEADS:
            found[raw[0], raw[3]] = max(found.get((raw[0], raw[3]), value), value)
    return found


def word_value(leads: frozenset[int], trail: int) -> float:
    """Return the nats of the likeliest word of a character with one of `leads` and one with `trail`."""
    table = _by_outer_bytes()
    return max((table.get((lead, trail), -math.inf) for lead in leads), default=-math.inf)

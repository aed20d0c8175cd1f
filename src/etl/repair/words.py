"""Which hanzi the words of the judge's model put beside others: to join split words and to fill masks."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from etl.repair import judge, marginals
from etl.repair.variants import simplified

COMMON = -14.25
"""Log probability of a word that occurs about forty times in jieba's corpus; rarer ones are often fragments.
"""
DECISIVE = 5.0
"""Nats by which a character must lead the next one to be filled in for a mask."""
FREQUENT = -12.0
"""Log probability that a word of three must have for that; of four it has to be `COMMON` only."""
_PREFIXES = frozenset("副省市县区镇总")
_HANZI = re.compile("[一-龥]")


def joins(left: str, right: str) -> bool:
    """Tell whether a common word begins at the end of `left` and goes on into `right` (both Simplified)."""
    known = judge.words()
    for size in range(2, judge.LONGEST + 1):
        for taken in range(max(1, size - len(right)), min(size - 1, len(left)) + 1):
            if known.get(left[-taken:] + right[: size - taken], COMMON - 1) > COMMON:
                return True
    return left[-1:] in _PREFIXES and known.get(right[:2], COMMON - 1) > COMMON


@lru_cache(maxsize=4096)
def fitting(left: str, right: str) -> tuple[str, tuple[str, ...]]:
    """Return the character that stood between `left` and `right`, and all that complete a word there.

    The first is "" unless a long word decides for it, `DECISIVE` nats before the next; the likeliest of the
    others comes first.
    """
    left, right = simplified(left), simplified(right)
    candidates = _candidates(left[-3:], right[:3])
    if not candidates:
        return "", ()
    [values] = marginals.alone([marginals.Place(left, candidates, right)])
    ranked = sorted(zip(values.round(2).tolist(), candidates, strict=True), key=lambda p: (-p[0], p[1]))
    chars = tuple(char for _, char in ranked)
    leads = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] >= DECISIVE)
    return chars[0] if leads and _inside_word(left[-3:], chars[0], right[:3]) else "", chars


def _inside_word(left: str, char: str, right: str) -> bool:
    """Tell whether a word of four, or a frequent one of three, has `char` in it and goes beyond it."""
    known = judge.words()
    for before in range(len(left) + 1):
        for behind in range(len(right) + 1):
            word = left[len(left) - before :] + char + right[:behind]
            value = known.get(word, COMMON - 1) if len(word) in (3, 4) else COMMON - 1
            if value > COMMON and (len(word) == 4 or (before and behind and value > FREQUENT)):
                return True
    return False


def _candidates(left: str, right: str) -> str:
    """Return the hanzi that make a common word with what stands directly before and behind."""
    fitting = (
        _by_the_rest().get(f"{left[len(left) - before :]}*{right[:behind]}", "")
        for before in range(len(left) + 1)
        for behind in range(len(right) + 1)
    )
    return "".join(sorted(set().union(*fitting)))


@lru_cache(maxsize=1)
def _by_the_rest() -> dict[str, str]:
    """Return for each common word with `*` for one of its characters the hanzi that stand there in words."""
    found: defaultdict[str, str] = defaultdict(str)
    for word, value in judge.words().items():
        if value > COMMON and len(word) > 1:
            for place, character in enumerate(word):
                if _HANZI.match(character):
                    found[f"{word[:place]}*{word[place + 1 :]}"] += character
    return dict(found)

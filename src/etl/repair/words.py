"""Which hanzi the words of the judge's model put beside others: to join split words and to fill masks."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.repair import judge
from etl.repair.variants import simplified

COMMON = -14.25
"""Log probability of a word that occurs about forty times in jieba's corpus; rarer ones are often fragments.
"""
DECISIVE = 6.0
"""Nats by which a character must lead the next one to be filled in for a mask (see `evaluate.masks`)."""
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
def fitting(left: str, right: str) -> tuple[str, ...]:
    """Return the characters that complete a word between `left` and `right`, the likeliest first.

    Only the first one is returned where it leads by `DECISIVE` nats; empty where no word fits.
    """
    left, right = simplified(left), simplified(right)
    values = ((judge.total(left + char + right), char) for char in _candidates(left[-3:], right[:3]))
    ranked = sorted(values, key=lambda pair: (-pair[0], pair[1]))
    if len(ranked) == 1 or (ranked and ranked[0][0] - ranked[1][0] >= DECISIVE):
        return (ranked[0][1],)
    return tuple(char for _, char in ranked)


def _candidates(left: str, right: str) -> list[str]:
    """Return the hanzi that make a common word with what stands directly before and behind."""
    known = judge.words()
    windows = [
        (left[len(left) - before :], right[:behind])
        for before in range(len(left) + 1)
        for behind in range(len(right) + 1)
        if 1 <= before + behind < judge.LONGEST
    ]
    return [
        char
        for char in _characters()
        if any(known.get(before + char + behind, COMMON - 1) > COMMON for before, behind in windows)
    ]


@lru_cache(maxsize=1)
def _characters() -> tuple[str, ...]:
    return tuple(sorted(key for key in judge.words() if len(key) == 1 and _HANZI.match(key)))

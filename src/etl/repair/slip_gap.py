"""Words of two characters by their outer bytes: what may have stood where the pair between them vanished."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from etl.repair import gbk, judge
from etl.repair.variants import traditional


class Word(NamedTuple):
    """A word of two characters and its log probability."""

    value: float
    text: str


@lru_cache(maxsize=1)
def _by_outer_bytes() -> dict[tuple[int, int], tuple[Word, ...]]:
    """Return the words of both scripts by the first and last of their four bytes, the likeliest first."""
    simple = [(value, word) for word, value in judge.words().items() if len(word) == 2]
    converted = [(value, traditional(word)) for value, word in simple]
    found: defaultdict[tuple[int, int], list[Word]] = defaultdict(list)
    for value, word in dict.fromkeys([*simple, *converted]):
        raw = word.encode("gb18030")
        if len(raw) == 4:
            found[raw[0], raw[3]].append(Word(value, word))
    return {key: tuple(sorted(words, key=lambda w: (-w.value, w.text))) for key, words in found.items()}


@lru_cache(maxsize=4096)
def words(first: tuple[str, ...], second: tuple[str, ...], most: int = 3) -> tuple[str, ...]:
    """Return the likeliest words of a `first` and a `second`; all of `second` have the same trail."""
    pair, firsts, seconds = gbk.pair(second[0]), frozenset(first), frozenset(second)
    trail = pair[1] if pair else -1
    leads = {lead[0] for character in first if (lead := gbk.pair(character))}
    table = _by_outer_bytes()
    fitting = (
        word
        for lead in leads
        for word in table.get((lead, trail), ())
        if word.text[0] in firsts and word.text[1] in seconds
    )
    return tuple(word.text for word in nsmallest(most, fitting, key=lambda w: (-w.value, w.text)))

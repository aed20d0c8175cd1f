"""Which two bytes a printed character of a slipped text may have been, and which characters bytes may be."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.repair import gbk, judge, readings
from etl.repair.edits import LOST
from etl.repair.variants import simplified, sources


class Stream(NamedTuple):
    """What the bytes were: `variants` gives the pairs that a printed character may have been.

    `simplified` tells that they were Simplified GBK.
    """

    variants: Callable[[str], Sequence[tuple[int, int]]]
    simplified: bool


@lru_cache(maxsize=1)
def compatible() -> dict[str, tuple[tuple[int, int], ...]]:
    """Return for what NFKC makes of GBK's symbols (`?`, `13.`, `(1)`) the byte pairs of those symbols."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for lead in (0xA1, 0xA2, 0xA3, 0xA8, 0xA9):
        for trail in sorted(gbk.TRAILS):
            text = gbk.decode(lead, trail)
            flat = unicodedata.normalize("NFKC", text)
            if text and flat != text:
                found[flat].append((lead, trail))
    return {text: tuple(pairs) for text, pairs in found.items()}


@lru_cache(maxsize=8192)
def as_printed(text: str) -> tuple[tuple[int, int], ...]:
    """Return the byte pairs that `text` may have been: its own, or of symbols that NFKC flattens to it."""
    own = gbk.pair(text) if len(text) == 1 else None
    return (*((own,) if own else ()), *compatible().get(text, ()))


@lru_cache(maxsize=8192)
def as_converted(text: str) -> tuple[tuple[int, int], ...]:
    """Return the byte pairs that `text` may have been before a converter made it Traditional."""
    pairs = [pair for source in sources().get(text, ()) if (pair := gbk.pair(source))]
    own = as_printed(text)
    return tuple(dict.fromkeys((*pairs, *own)))


PRINTED, SIMPLIFIED = Stream(as_printed, False), Stream(as_printed, True)
"""The slip came last: the printed characters are what the shifted bytes say."""
CONVERTED = Stream(as_converted, True)
"""The slip came in Simplified GBK, and a converter made the slipped text Traditional."""


@lru_cache(maxsize=8192)
def fitting(
    leads: frozenset[int], trails: frozenset[int], reading: str, simplified_only: bool
) -> tuple[str, ...]:
    """Return the characters with one of `leads` and of `trails`, and with the toneless `reading` if given."""
    if len(leads) == len(trails) == 1:
        text = gbk.decode(*leads, *trails)
        found = [text] if text else []
    else:
        table = gbk.table(simplified_only)
        pairs = (p for lead in sorted(leads) for p in table.by_lead.get(lead, ()))
        found = [p.text for p in pairs if p.trail in trails]
    return tuple(text for text in found if not reading or reading in readings.of(text))


@lru_cache(maxsize=8192)
def debt(candidates: tuple[str, ...]) -> float:
    """Return by how much an unknown character is less likely than usual if it is one of `candidates`."""
    words = judge.words()
    return min(0.0, max(map(words.__getitem__, simplified("".join(candidates))), default=-10.0) - words[LOST])

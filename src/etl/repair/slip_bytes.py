"""Which two bytes a printed character of a slipped text may have been."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import lru_cache

from etl.repair import gbk
from etl.repair.variants import sources


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

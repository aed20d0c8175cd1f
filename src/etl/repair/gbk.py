"""The two-byte characters of GBK, by lead and by trail byte."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from etl.repair import judge
from etl.repair.variants import is_traditional, simplified

LEADS = frozenset(range(0x81, 0xFF))
TRAILS = frozenset([*range(0x40, 0x7F), *range(0x80, 0xFF)])


class Pair(NamedTuple):
    """One character and its two bytes."""

    lead: int
    trail: int
    text: str


class Table(NamedTuple):
    """The characters that text may hold (that the judge knows) by their bytes; `gaps` are undefined pairs."""

    by_lead: dict[int, tuple[Pair, ...]]
    by_trail: dict[int, tuple[Pair, ...]]
    gaps: frozenset[tuple[int, int]]


def pair(character: str) -> tuple[int, int] | None:
    """Return the two bytes of `character` in GB18030 (private use too), None where it has not two."""
    try:
        raw = character.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return (raw[0], raw[1]) if len(raw) == 2 else None


def decode(lead: int, trail: int) -> str:
    """Return the character of GBK with these bytes, "" where there is none."""
    text = bytes((lead, trail)).decode("gbk", "ignore") if trail >= 0x40 else ""
    return text if text > "\x7f" else ""  # of an undefined pair the codec keeps the ASCII byte


@lru_cache(maxsize=2)
def table(simplified_only: bool = False) -> Table:
    """Return the tables; `simplified_only` leaves out what only Traditional text has."""
    known = judge.words()
    by_lead: defaultdict[int, list[Pair]] = defaultdict(list)
    by_trail: defaultdict[int, list[Pair]] = defaultdict(list)
    gaps: set[tuple[int, int]] = set()
    for lead in sorted(LEADS):
        for trail in sorted(TRAILS):
            text = decode(lead, trail)
            if not text:
                gaps.add((lead, trail))
            elif not (simplified_only and is_traditional(text)) and simplified(text) in known:
                by_lead[lead].append(Pair(lead, trail, text))
                by_trail[trail].append(Pair(lead, trail, text))
    return Table(
        {lead: tuple(pairs) for lead, pairs in by_lead.items()},
        {trail: tuple(pairs) for trail, pairs in by_trail.items()},
        frozenset(gaps),
    )

"""The words by which groups end: heads (负责同志), organs (局, 公司) and places, looked up by suffix."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from etl.lexicon.tables import rows


class _Endings(NamedTuple):
    heads: frozenset[str]
    droppable: frozenset[str]
    organs: frozenset[str]
    places: frozenset[str]
    letters: frozenset[str]


@cache
def _endings() -> _Endings:
    """Return the tables as sets; an office ends a group too (各支部书记)."""
    heads = rows("heads")
    offices = {row["text"] for row in rows("posts") if row["kind"] == "post"}
    ending = {row["text"] for row in heads} | offices
    organs = {row["text"] for row in rows("organs")}
    places = {name for row in rows("places") for name in (row["text"], row["short"])}
    return _Endings(
        heads=frozenset(ending),
        droppable=frozenset(row["text"] for row in heads if row["strip"] == "1"),
        organs=frozenset(organs),
        places=frozenset(places),
        letters=frozenset(word[-1] for word in ending | organs | places) | set("等人名位）) "),
    )


def may_end(letter: str) -> bool:
    """Tell whether a list of groups can end with a character."""
    return letter in _endings().letters


def _suffix(word: str, endings: frozenset[str]) -> str:
    """Return the longest ending of `word` of at most ten characters, or an empty string."""
    return next((word[-n:] for n in range(min(10, len(word)), 0, -1) if word[-n:] in endings), "")


def head(word: str) -> str:
    """Return the head by which `word` ends (市教育局负责同志 -> 负责同志), or an empty string."""
    return _suffix(word, _endings().heads)


def droppable(ending: str) -> bool:
    """Tell whether a head drops behind a named organ."""
    return ending in _endings().droppable


def organ(word: str) -> bool:
    """Tell whether `word` ends like the name of an organ."""
    return bool(_suffix(word, _endings().organs))


def place(word: str) -> bool:
    """Tell whether `word` is a division's name, in full or short."""
    return word in _endings().places

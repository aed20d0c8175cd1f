"""The words by which groups end: heads (负责同志), organs (局, 公司) and places, looked up by suffix."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from etl.lexicon.tables import rows

_LONGEST = 10


class _Endings(NamedTuple):
    """The tables as sets; for heads and organs with the lengths, longest first, by last character."""

    heads: frozenset[str]
    head_lengths: dict[str, tuple[int, ...]]
    droppable: frozenset[str]
    organs: frozenset[str]
    organ_lengths: dict[str, tuple[int, ...]]
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
        head_lengths=_lengths(ending),
        droppable=frozenset(row["text"] for row in heads if row["strip"] == "1"),
        organs=frozenset(organs),
        organ_lengths=_lengths(organs),
        places=frozenset(places),
        letters=frozenset(word[-1] for word in ending | organs | places) | set("等人名位）) "),
    )


def may_end(letter: str) -> bool:
    """Tell whether a list of groups can end with a character."""
    return letter in _endings().letters


def _lengths(endings: set[str]) -> dict[str, tuple[int, ...]]:
    """Return last character -> the lengths of the endings that it closes, longest first."""
    found: dict[str, set[int]] = {}
    for ending in endings:
        if len(ending) <= _LONGEST:
            found.setdefault(ending[-1], set()).add(len(ending))
    return {letter: tuple(sorted(lengths, reverse=True)) for letter, lengths in found.items()}


def _suffix(word: str, endings: frozenset[str], lengths: dict[str, tuple[int, ...]]) -> str:
    """Return the longest ending of `word`, or an empty string."""
    for length in lengths.get(word[-1:], ()):
        if word[-length:] in endings and length <= len(word):
            return word[-length:]
    return ""


def head(word: str) -> str:
    """Return the head by which `word` ends (市教育局负责同志 -> 负责同志), or an empty string."""
    tables = _endings()
    return _suffix(word, tables.heads, tables.head_lengths)


def droppable(ending: str) -> bool:
    """Tell whether a head drops behind a named organ."""
    return ending in _endings().droppable


def organ(word: str) -> bool:
    """Tell whether `word` ends like the name of an organ."""
    tables = _endings()
    return bool(_suffix(word, tables.organs, tables.organ_lengths))


def place(word: str) -> bool:
    """Tell whether `word` is a division's name, in full or short."""
    return word in _endings().places

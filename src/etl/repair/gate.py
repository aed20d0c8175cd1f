"""The gate: one table look-up per character tells which families have anything to look for in a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pairs = Sequence[tuple[str, str]]
"""Neighbours: a character out of the first set, and one out of the second right behind it."""
_CHUNK = 1 << 20
CROWD, WITHIN = 3, 40
"""So many characters of a crowd, the last at most so far behind the first."""


class Need(NamedTuple):
    """What a family needs to find anything: one of `triggers`, one of `pairs`, or a crowd out of `crowd`."""

    triggers: str | Callable[[], str] = ""
    pairs: Callable[[], Pairs] = tuple
    crowd: Callable[[], str] = str


class Gate(NamedTuple):
    """For each UTF-16 unit a word of bits: those of the needs that it meets alone, then one for each pair.

    `first` has the bits of pairs that it begins and of crowds that it belongs to, `second` of pairs that it
    ends; `owners` are the needs of the pairs, `crowds` number and needs of each crowd's bit, `alone` the
    bits of the needs.
    """

    first: NDArray[np.uint64]
    second: NDArray[np.uint64]
    owners: tuple[int, ...]
    crowds: tuple[tuple[int, int], ...]
    alone: int


def build(needs: Sequence[Need]) -> Gate:
    """Return the gate of `needs`: need number n has bit n. At most 64 bits serve needs, pairs and crowds."""
    import numpy as np

    first, second = np.zeros(0x10000, np.uint64), np.zeros(0x10000, np.uint64)
    owners: list[int] = []
    for number, need in enumerate(needs):
        triggers = need.triggers if isinstance(need.triggers, str) else need.triggers()
        first[_units(triggers)] |= np.uint64(1 << number)
        for begin, end in need.pairs():
            bit = np.uint64(1 << (len(needs) + len(owners)))
            first[_units(begin)] |= bit
            second[_units(end)] |= bit
            owners.append(number)
    crowds: dict[str, int] = {}
    for number, need in enumerate(needs):
        if crowd := need.crowd():
            crowds[crowd] = crowds.get(crowd, 0) | 1 << number
    for place, crowd in enumerate(crowds, len(needs) + len(owners)):
        first[_units(crowd)] |= np.uint64(1 << place)
    by_bit = tuple(enumerate(crowds.values(), len(needs) + len(owners)))
    return Gate(first, second, tuple(owners), by_bit, (1 << len(needs)) - 1)


def met(gate: Gate, text: str) -> int:
    """Return the bits of the needs that `text` meets, in one C-backed scan."""
    import numpy as np

    bits = pairs = found = 0
    for start in range(0, len(text), _CHUNK):
        chunk = text[start : start + _CHUNK + 1] if len(text) > _CHUNK else text
        units = np.frombuffer(chunk.encode("utf-16-le", "surrogatepass"), np.uint16)
        begins = gate.first.take(units)
        here = int(np.bitwise_or.reduce(begins))
        bits |= here
        for bit, those in gate.crowds:
            if here >> bit & 1 and _crowded(begins, bit, chunk is text):
                found |= those
        begins[:-1] &= gate.second.take(units[1:])
        pairs |= int(np.bitwise_or.reduce(begins[:-1]))
    found |= bits & gate.alone
    pairs >>= gate.alone.bit_length()
    while pairs:
        found |= 1 << gate.owners[(pairs & -pairs).bit_length() - 1]
        pairs &= pairs - 1
    return found


def _crowded(begins: NDArray[np.uint64], bit: int, whole: bool) -> bool:
    """Tell whether a crowd is in `begins`; in a part of a text, which may cut one, one character will do."""
    import numpy as np

    places = np.flatnonzero(begins & np.uint64(1 << bit))
    return not whole or bool((places[CROWD - 1 :] - places[: 1 - CROWD] <= WITHIN).any())


def _units(characters: str) -> list[int]:
    return sorted({min(ord(character), 0xFFFF) for character in characters})

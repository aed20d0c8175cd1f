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


class Need(NamedTuple):
    """What a family needs to find anything: one of the characters `triggers`, or one of `pairs`."""

    triggers: str | Callable[[], str] = ""
    pairs: Callable[[], Pairs] = tuple


class Gate(NamedTuple):
    """For each UTF-16 unit a word of bits: those of the needs that it meets alone, then one for each pair.

    `first` has the bits of pairs that it begins, `second` of those that it ends; `owners` are the needs of
    the pairs, `alone` the bits of the needs.
    """

    first: NDArray[np.uint64]
    second: NDArray[np.uint64]
    owners: tuple[int, ...]
    alone: int


def build(needs: Sequence[Need]) -> Gate:
    """Return the gate of `needs`: need number n has bit n. At most 64 bits serve needs and pairs."""
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
    return Gate(first, second, tuple(owners), (1 << len(needs)) - 1)


def met(gate: Gate, text: str) -> int:
    """Return the bits of the needs that `text` meets, in one C-backed scan."""
    import numpy as np

    bits = pairs = 0
    for start in range(0, len(text), _CHUNK):
        chunk = text[start : start + _CHUNK + 1] if len(text) > _CHUNK else text
        units = np.frombuffer(chunk.encode("utf-16-le", "surrogatepass"), np.uint16)
        begins = gate.first.take(units)
        bits |= int(np.bitwise_or.reduce(begins))
        begins[:-1] &= gate.second.take(units[1:])
        pairs |= int(np.bitwise_or.reduce(begins[:-1]))
    found = bits & gate.alone
    pairs >>= gate.alone.bit_length()
    while pairs:
        found |= 1 << gate.owners[(pairs & -pairs).bit_length() - 1]
        pairs &= pairs - 1
    return found


def _units(characters: str) -> list[int]:
    return sorted({min(ord(character), 0xFFFF) for character in characters})

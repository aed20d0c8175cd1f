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
CROWD, WITHIN = 3, 14
"""So many odd characters are a crowd, the last at most so far behind the first."""
_ODD = 1 << 63
"""The highest bit: what has it is found by a comparison, at half the time of a mask."""


class Need(NamedTuple):
    """What a family needs to find anything: a trigger, `least` of the `pairs`, or a `crowd`."""

    triggers: str | Callable[[], str] = ""
    pairs: Callable[[], Pairs] = tuple
    crowd: bool = False
    least: int = 1


class Gate(NamedTuple):
    """For each UTF-16 unit a word of bits: those of the needs that it meets alone, then one for each pair.

    `first` has the bits of pairs that it begins, and `_ODD`, `second` those of pairs that it ends and all
    others, so that neighbours share what the first meets alone. `alone` are the bits of the needs, `crowded`
    those that a crowd meets, `paired` the bits of the pairs of each need, with how many it takes and the
    need's own bit.
    """

    first: NDArray[np.uint64]
    second: NDArray[np.uint64]
    alone: int
    crowded: int
    paired: tuple[tuple[int, int, int], ...]


def build(needs: Sequence[Need], odd: str) -> Gate:
    """Return the gate of `needs`, where `odd` characters make crowds: need number n has bit n.

    At most 63 bits serve needs and pairs.
    """
    import numpy as np

    first, second = np.zeros(0x10000, np.uint64), np.zeros(0x10000, np.uint64)
    first[_units(odd)] = _ODD
    bits = (1 << n for n in range(len(needs), 63))
    paired: list[tuple[int, int, int]] = []
    for number, need in enumerate(needs):
        triggers = need.triggers if isinstance(need.triggers, str) else need.triggers()
        first[_units(triggers)] |= np.uint64(1 << number)
        mask = 0
        for begin, end in need.pairs():
            bit = next(bits)
            first[_units(begin)] |= np.uint64(bit)
            second[_units(end)] |= np.uint64(bit)
            mask |= bit
        if mask:
            paired.append((mask, need.least, 1 << number))
    alone = (1 << len(needs)) - 1
    second |= np.uint64(alone | _ODD)
    crowded = sum(1 << number for number, need in enumerate(needs) if need.crowd)
    return Gate(first, second, alone, crowded, tuple(paired))


def met(gate: Gate, text: str) -> int:
    """Return the bits of the needs that `text` meets, in one C-backed scan."""
    import numpy as np

    bits = 0
    padded = text + "\0"  # the last character needs a neighbour, too
    for start in range(0, len(text), _CHUNK):
        chunk = padded[start : start + _CHUNK + 1]
        units = np.frombuffer(chunk.encode("utf-16-le", "surrogatepass"), np.uint16)
        shared = gate.first.take(units[:-1])
        shared &= gate.second.take(units[1:])
        here = int(np.bitwise_or.reduce(shared))
        if here & _ODD and len(text) <= _CHUNK and not _crowded(shared):
            here ^= _ODD
        bits |= here
    found = bits & gate.alone | (gate.crowded if bits & _ODD else 0)
    if bits >> gate.alone.bit_length():
        for mask, least, need in gate.paired:
            if (bits & mask).bit_count() >= least:
                found |= need
    return found


def _crowded(units: NDArray[np.uint64]) -> bool:
    """Tell whether odd characters stand in a crowd; only a text in one part shows it."""
    places = (units >= _ODD).nonzero()[0]
    return len(places) >= CROWD and bool((places[CROWD - 1 :] - places[: 1 - CROWD]).min() <= WITHIN)


def _units(characters: str) -> NDArray[np.uint32]:
    """Return the code points of `characters`, one beyond the plane as its last."""
    import numpy as np

    points = np.frombuffer(characters.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(points, np.uint32(0xFFFF))

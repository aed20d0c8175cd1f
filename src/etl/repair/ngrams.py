"""Where words may stand: a Bloom filter over the model's words of two to five hanzi, asked by the array.

Most neighbours are no word, above all in damaged text, and a dictionary of 300,000 strings answers each with
a miss of the cache. The filter says no to 98 of 100 of them at a fraction of that; its yes may be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BITS = 22
_MASK = (1 << _BITS) - 1
_FACTOR, _MIX = 0x5851F42D4C957F2D, 0x2545F4914F6CDD1D
"""Odd multipliers with bits all over (Knuth's MMIX generator, Marsaglia's xorshift)."""
SIZES = range(2, 6)
"""Characters of the words that the filter knows."""


def codes(text: str) -> NDArray[np.int64]:
    """Return the code points of `text`."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)


def build(text: str) -> NDArray[np.bool_]:
    """Return the filter of the words in `text`, with anything but hanzi between them."""
    import numpy as np

    points = codes(text)
    hanzi = np.concatenate(([False], points >= 0x3400, [False]))
    starts = np.flatnonzero(hanzi[1:] & ~hanzi[:-1])
    lengths = np.flatnonzero(hanzi[:-1] & ~hanzi[1:]) - starts
    found = np.zeros(1 << _BITS, np.bool_)
    for size, hashes in zip(SIZES, _hashes(points), strict=True):
        for bit in _places(hashes[starts[lengths == size]]):
            found[bit] = True
    return found


def spots(known: NDArray[np.bool_], points: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Yield for each size whether a word of the filter `known` may start at each place of code `points`.

    The last axis runs along the text.
    """
    for size, hashes in zip(SIZES, _hashes(points), strict=False):
        first, second = _places(hashes)
        yield size, known.take(first) & known.take(second)


def _hashes(points: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield the hashes of the stretches of each size, by where they start."""
    found = points
    for size in SIZES[: max(0, points.shape[-1] - 1)]:
        found = found[..., :-1] * _FACTOR + points[..., size - 1 :]
        yield found


def _places(hashes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    mixed = hashes * _MIX
    return mixed >> (64 - _BITS) & _MASK, mixed >> (62 - 2 * _BITS) & _MASK

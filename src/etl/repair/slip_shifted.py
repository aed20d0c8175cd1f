"""What each character of a text reads one byte off, and how much likelier that is than what is printed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from etl.repair import gbk, judge
from etl.repair.variants import simplified

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PART = 5
"""Characters in a row that must gain one byte off: else a slip ends or begins among them."""
_NO_CHARACTER = -25.0


class Tables(NamedTuple):
    """By code point (below 65536) both bytes and the nats; by both bytes the code point."""

    leads: NDArray[np.int32]
    trails: NDArray[np.int32]
    nats: NDArray[np.float32]
    points: NDArray[np.uint16]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Return the tables of the two-byte characters of GB18030."""
    import numpy as np

    pairs = [(lead, trail) for lead in sorted(gbk.LEADS) for trail in sorted(gbk.TRAILS)]
    text = "".join([bytes(pair).decode("gb18030") for pair in pairs])
    points = np.frombuffer(text.encode("utf-16-le"), np.uint16)
    found = Tables(
        np.zeros(0x10000, np.int32),
        np.zeros(0x10000, np.int32),
        np.full(0x10000, _NO_CHARACTER, np.float32),
        np.zeros(0x10000, np.uint16),
    )
    found.leads[points], found.trails[points] = np.array(pairs, np.int32).T
    found.points[found.leads[points] << 8 | found.trails[points]] = points
    known = judge.words()
    found.nats[points] = [known.get(c, judge.UNKNOWN_HANZI) for c in simplified(text)]
    found.nats[0xE000:0xF900] = _NO_CHARACTER
    return found


class Shifted(NamedTuple):
    """A text one byte off: `said` is each character as it reads together with the one before it.

    The others are sums up to each character: of nats, of gains, and of the parts that do not gain.
    """

    off: NDArray[np.float64]
    gain: NDArray[np.float64]
    bad: NDArray[np.int64]
    said: str


def shifted(text: str) -> Shifted:
    """Return `text`, of `PART` characters at least, one byte off."""
    import numpy as np

    table = tables()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = np.minimum(codes, 0xFFFF)
    points = table.points.take(table.trails.take(codes[:-1]) << 8 | table.leads.take(codes[1:]))
    off, printed = table.nats.take(points), table.nats.take(codes[1:])
    sums = np.zeros((2, len(text) + 1))
    np.cumsum((off, off - printed), axis=1, out=sums[:, 2:])
    bad = np.cumsum(sums[1, PART:] < sums[1, :-PART])
    said = points.tobytes().decode("utf-16-le", "surrogatepass")
    return Shifted(sums[0], sums[1], np.concatenate(([0], bad, bad[-1].repeat(PART))), " " + said)

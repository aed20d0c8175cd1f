"""What a search for slipped text works with: the byte stream, hypotheses, and how they grow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.repair import gbk, judge, readings
from etl.repair.edits import LOST
from etl.repair.holes import Unit
from etl.repair.slip_bytes import as_converted, as_printed
from etl.repair.variants import simplified

BYTE = tuple(frozenset((byte,)) for byte in range(256))
"""Each byte as the set of what may be pending, or follow."""
_HOPELESS = 1000
"""More candidates than this are as good as none."""


class Stream(NamedTuple):
    """What the bytes were: `variants` gives the pairs that a printed character may have been.

    `simplified` tells that they were Simplified GBK.
    """

    variants: Callable[[str], Sequence[tuple[int, int]]]
    simplified: bool

    @property
    def table(self) -> gbk.Table:
        """Return the characters that the stream may hold."""
        return gbk.table(self.simplified)


PRINTED, SIMPLIFIED = Stream(as_printed, False), Stream(as_printed, True)
"""The slip came last: the printed characters are what the shifted bytes say."""
CONVERTED = Stream(as_converted, True)
"""The slip came in Simplified GBK, and a converter made the slipped text Traditional."""


class Chain(NamedTuple):
    """The characters so far, newest first, and the judge's prefix and the debt before each."""

    unit: Unit
    before: Chain | None
    prefix: judge.Prefix
    debt: float

    @property
    def candidates(self) -> tuple[str, ...]:
        """Return what the character may be."""
        return self.unit.candidates


class Path(NamedTuple):
    """A hypothesis: bytes that may be pending (none: aligned), its value, the characters so far.

    `debt` are the penalties for unknown characters that can only be rare ones.

    `last` is the last byte read, -1 if unknown; `since` where the text begins that is in no unit yet.
    """

    pending: frozenset[int]
    prefix: judge.Prefix
    cost: float
    debt: float
    last: int
    since: int
    chain: Chain | None
    slipped: bool

    @property
    def value(self) -> float:
        """Return how likely the text so far is, in nats, penalties included."""
        return self.prefix.values[-1] + self.cost + self.debt


def characters(path: Path) -> list[Unit]:
    """Return the characters of `path` in order."""
    found: list[Unit] = []
    chain = path.chain
    while chain:
        found.append(chain.unit)
        chain = chain.before
    return found[::-1]


def put(path: Path, text: str, end: int, candidates: tuple[str, ...] = (), marked: bool = False) -> Path:
    """Return `path` with one more character, "" for an unknown one, that takes the text up to `end`."""
    prefix = judge.extend(path.prefix, simplified(text) if text else LOST, judge.words())
    chain = Chain(Unit(path.since, end, text, candidates, marked), path.chain, path.prefix, path.debt)
    owed = path.debt if text else path.debt + debt(candidates)
    return Path(path.pending, prefix, path.cost, owed, path.last, end, chain, path.slipped)


def complete(
    path: Path,
    stream: Stream,
    trails: frozenset[int] | None,
    end: int,
    reading: str = "",
    marked: bool = False,
    pending: frozenset[int] = frozenset(),
) -> Path | None:
    """Return `path` with its pending character completed by one of `trails` (None: any), None if none is.

    The leads `pending` take the place of the path's own.
    """
    fitting = _fitting(pending or path.pending, trails, reading, stream.simplified)
    if not fitting:
        return None
    if len(fitting) == 1:
        return put(path, fitting[0], end)
    if len(fitting) > _HOPELESS:
        fitting = ()
    return put(path, "", end, fitting, marked)


@lru_cache(maxsize=8192)
def _fitting(
    leads: frozenset[int], trails: frozenset[int] | None, reading: str, simplified_only: bool
) -> tuple[str, ...]:
    """Return the characters with one of `leads` and of `trails` (None: any) that have `reading`, if given."""
    table = gbk.table(simplified_only)
    if trails and len(trails) == 1:
        (trail,) = trails
        if len(leads) == 1:
            text = gbk.decode(next(iter(leads)), trail)
            return (text,) if text else ()
        fitting = [p.text for p in table.by_trail.get(trail, ()) if p.lead in leads]
    else:
        pairs = (p for lead in sorted(leads) for p in table.by_lead.get(lead, ()))
        fitting = [p.text for p in pairs if trails is None or p.trail in trails]
    return tuple(text for text in fitting if not reading or reading in readings.of(text))


@lru_cache(maxsize=8192)
def debt(candidates: tuple[str, ...]) -> float:
    """Return by how much an unknown character is less likely than usual if it is one of `candidates`."""
    words = judge.words()
    return min(0.0, max((words[simplified(c)] for c in candidates), default=-10.0) - words[LOST])

"""The likeliest reading of a slipped window as characters, with candidates for those that are not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.repair import judge
from etl.repair.holes import Unit
from etl.repair.slip_bytes import Stream, fitting
from etl.repair.slip_cells import Cells, cells
from etl.repair.slip_lanes import MARKED, SILENT, Turn, best
from etl.repair.slip_tokens import Token

_HOPELESS = 1000
"""More candidates than this are as good as none."""

_FEW = 6
"""More changes of step than this in one window are not tried at other places: each is a text to judge."""


class Reading(NamedTuple):
    """One reading of a window: its characters, the penalties in it, and how likely it is, in nats."""

    units: list[Unit]
    cost: float
    value: float


def readings(sequence: Sequence[Token], stream: Stream, left: str, right: str) -> list[Reading]:
    """Return the likeliest reading of `sequence` between the sound texts around, none if nothing slipped.

    Where nothing marks a change of step, the same with that change one character on or back follows: only
    the character that is unknown there can tell.
    """
    left, right = left[1 - judge.LONGEST :], right[: judge.LONGEST - 1]
    window = cells(sequence, stream, left, right)
    value, turn = best(window, stream)
    turns: list[Turn] = []
    while turn:
        turns.append(turn)
        turn = turn.before
    turns.reverse()
    ways = [turns] if turns else []
    if len(turns) <= _FEW:
        ways += _neighbours(turns, window)
    cost = sum(turn.cost for turn in turns)
    return [Reading(_units(way, window, sequence, stream, len(left)), cost, value) for way in ways]


def _neighbours(turns: Sequence[Turn], window: Cells) -> Iterator[list[Turn]]:
    """Yield `turns` with one that is not marked a cell earlier or later, where the bytes allow that."""
    for place, turn in enumerate(turns):
        if turn.cost != SILENT:
            continue
        first = turns[place - 1].end if place else 0
        last = turns[place + 1].start - 1 if place + 1 < len(turns) else len(window.kinds) - 1
        joining = turn.start - 1 if turn.slips else turn.end  # the cell by which the run would grow
        grown, shrunk = (turn.start - 1, turn.start + 1) if turn.slips else (turn.end + 1, turn.end - 1)
        fits = first <= joining <= last and window.pending[joining] and window.characters[turn.start]
        for start in ([grown] if fits else []) + ([shrunk] if first < shrunk <= last else []):
            yield [*turns[:place], turn._replace(start=start, end=start), *turns[place + 1 :]]


def _units(
    turns: Sequence[Turn], window: Cells, sequence: Sequence[Token], stream: Stream, first: int
) -> list[Unit]:
    """Return the characters that `turns` make of `sequence`, whose tokens are the cells from `first` on."""
    units: list[Unit] = []
    since, place, off = sequence[0].start, first, False

    def put(cell: int, text: str, candidates: tuple[str, ...] = (), marked: bool = False) -> None:
        """Add the unit that ends with `cell`."""
        nonlocal since
        end = sequence[cell - first].end
        if len(candidates) == 1:
            text = candidates[0]
        units.append(
            Unit(since, end, text, () if text or len(candidates) > _HOPELESS else candidates, marked)
        )
        since = end

    def go(end: int) -> None:
        """Add the cells up to `end` as their lane has them."""
        for cell in range(place, end):
            if off:
                put(cell, window.characters[cell], window.candidates.get(cell, ()), cell in window.candidates)
            else:
                put(cell, sequence[cell - first].text)

    for turn in turns:
        go(turn.start)
        place, off = turn.end, turn.slips
        marked = turn.cost == MARKED
        if not off and turn.start < turn.end and turn.start in window.finishes:
            put(turn.start, *window.finishes[turn.start], marked)
        elif not off:
            candidates = fitting(window.pending[turn.start - 1], turn.bytes, "", stream.simplified)
            put(max(turn.start, turn.end) - 1, "", candidates, marked)
            if marked:
                whole = (sequence[turn.start - first].lost - 1) // 2
                units += [Unit(since, since, "", (), True)] * whole
        elif window.kinds[turn.start] != "gloss":
            trails = frozenset((window.firsts[turn.end],))
            put(turn.end, "", fitting(turn.bytes, trails, "", stream.simplified), marked)
            place += 1
    go(first + len(sequence))
    return units

"""A window as two lanes of characters: what is printed, and what lies one byte off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from etl.repair import gbk, judge, readings
from etl.repair.edits import LOST
from etl.repair.slip_bytes import Stream, fitting
from etl.repair.slip_tokens import Token
from etl.repair.variants import simplified

NO_WORD = "\x01"
"""Stands for what is no part of a word."""
_BYTE = tuple(frozenset((byte,)) for byte in range(256))
_NONE: frozenset[int] = frozenset()
_NO_PAIR = ((-1, -1),)
_UNLIKELY = -20.0


class Finish(NamedTuple):
    """The character that a cell completes so that the slip ends; "" where it is one of `candidates`."""

    text: str
    candidates: tuple[str, ...]


class Cells(NamedTuple):
    """For each token of a window, and each character around, what it is in either lane.

    `printed` and `between` have one Simplified character for each: what is printed, and what lies between
    the bytes of the cell before and its own (`NO_WORD`: nothing). `values` are the nats of what is printed
    alone. `characters` are those of `between` in the script of the stream; where one is not decided,
    `candidates` tells what it may be. `firsts` has the first byte of each (-1: none), `pending` what its
    second may be (none: no slip goes on there). `kinds` are the tokens', `finishes` the cells that end slips.
    """

    printed: str
    between: str
    values: list[float]
    characters: list[str]
    candidates: dict[int, tuple[str, ...]]
    firsts: list[int]
    pending: list[frozenset[int]]
    kinds: list[str]
    finishes: dict[int, Finish]


def cells(sequence: Sequence[Token], stream: Stream, left: str, right: str) -> Cells:
    """Return the cells of `sequence`, between those of characters around that have not slipped."""
    known, before, behind = judge.words(), len(left), len(right)
    texts = [*left, *(t.text if len(t.text) == 1 else NO_WORD for t in sequence), *right]
    printed = simplified("".join(texts))
    values = [known[character] for character in printed]
    for place, token in enumerate(sequence, before):
        if len(token.text) > 1:
            values[place] = judge.total(token.text)
    pairs = _likeliest(
        [stream.variants(t.text) or _NO_PAIR if t.kind != "gloss" else _NO_PAIR for t in sequence]
    )
    pairs = [*_NO_PAIR * before, *pairs, *_NO_PAIR * behind]
    found = Cells(
        printed,
        "",
        values,
        ["", *(_character(a[1], b[0]) for a, b in pairwise(pairs))],
        {},
        [first for first, _ in pairs],
        [_BYTE[second] if second in gbk.LEADS else _NONE for _, second in pairs],
        [*[""] * before, *(t.kind for t in sequence), *[""] * behind],
        {},
    )
    for place, token in enumerate(sequence, before):
        if token.kind == "gloss":
            named = stream.variants(sequence[place - before - 1].text) if place > before else ()
            _name(found, place, token, named[0][1] if named else -1, stream)
        elif "@" <= token.text <= "~" and len(token.text) == 1 and place and found.pending[place - 1]:
            _finish(
                found, place, fitting(found.pending[place - 1], _BYTE[ord(token.text)], "", stream.simplified)
            )
    between = [c or (LOST if i in found.candidates else NO_WORD) for i, c in enumerate(found.characters)]
    return found._replace(between=simplified("".join(between)))


def _likeliest(options: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Return one pair of each of `options`, so that the characters between them are common."""
    if all(len(some) == 1 for some in options):
        return [some[0] for some in options]
    ways: list[list[tuple[float, int]]] = []
    before: Sequence[tuple[int, int]] = _NO_PAIR
    scores = [0.0]
    for some in options:
        way = [
            max(
                (score + _common(a[1], b[0]), -n)
                for n, (score, a) in enumerate(zip(scores, before, strict=True))
            )
            for b in some
        ]
        ways.append(way)
        scores, before = [score for score, _ in way], some
    chosen: list[tuple[int, int]] = []
    place = max(range(len(scores)), key=lambda n: scores[n]) if scores else 0
    for some, way in zip(reversed(options), reversed(ways), strict=True):
        chosen.append(some[place])
        place = -way[place][1]
    return chosen[::-1]


@lru_cache(maxsize=32768)
def _character(lead: int, trail: int) -> str:
    return gbk.decode(lead, trail) if lead in gbk.LEADS and trail >= 0 else ""


@lru_cache(maxsize=32768)
def _common(lead: int, trail: int) -> float:
    """Return how common the character of two bytes is, in nats."""
    character = _character(lead, trail)
    return judge.words()[simplified(character)] if character else _UNLIKELY


def _name(cells: Cells, place: int, gloss: Token, last: int, stream: Stream) -> None:
    """Put what the `gloss` at `place` tells into `cells`.

    The glossed character consists of the byte before the gloss (`last`) and the one lost in it. Read in step
    that one is the first of the next character, one off it is the last of the slip.
    """
    by_lead = gbk.table(stream.simplified).by_lead
    pairs = by_lead.get(last, ()) if last >= 0 else [p for ps in by_lead.values() for p in ps]
    trails = frozenset(p.trail for p in pairs if gloss.reading in readings.of(p.text)) & gbk.LEADS
    if place and cells.pending[place - 1]:
        _finish(cells, place, fitting(cells.pending[place - 1], gbk.TRAILS, gloss.reading, stream.simplified))
    cells.pending[place] = trails
    following = place + 1
    if trails and following < len(cells.firsts) and cells.firsts[following] >= 0:
        first = fitting(trails, _BYTE[cells.firsts[following]], "", stream.simplified)
        if len(first) == 1:
            cells.characters[following] = first[0]
        elif first:
            cells.candidates[following] = first


def _finish(cells: Cells, place: int, candidates: tuple[str, ...]) -> None:
    """Put into `cells` that the cell at `place` completes one of `candidates`."""
    if candidates:
        cells.finishes[place] = Finish(candidates[0] if len(candidates) == 1 else "", candidates)

"""The search for what a slipped text said: every place where the slip may begin and end, weighed at once.

Two lanes run through a window side by side: the text as printed, and the characters that lie one byte off. A
word of the judge's is a step within a lane, a lost byte changes lanes; so the likeliest division into words
is the likeliest reading, and costs little more than judging the text twice.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.repair import gbk, judge, slip_gap
from etl.repair.edits import LOST
from etl.repair.slip_bytes import Stream, debt
from etl.repair.slip_cells import NO_WORD, Cells
from etl.repair.variants import simplified

MARKED, SILENT, END_OF_LINE = -1.0, -9.0, -3.0
"""Nats for a slip that begins or ends at a mark, at no mark, and that ends with its line."""
GAP = -3.0
"""Nats for a pair that vanished because GBK does not define it."""
_NEVER = -math.inf
_WORD = -7.0
"""Log probability of a common word."""
_RARE = -11.0
"""Log probability of a character above which no pair is missed there."""
_MORE = judge.LONGEST - 1


class Turn(NamedTuple):
    """A change of lanes at the cells from `start` to `end`; `slips` tells whether the text behind is off.

    `cost` are its nats, `bytes` those that may have been lost there, `before` is the change before.
    """

    start: int
    end: int
    slips: bool
    cost: float
    bytes: frozenset[int]
    before: Turn | None


_Way = tuple[float, Turn | None]
"""The nats of the best way to a place, and its last change of lanes."""


class _Lane(NamedTuple):
    """The best ways to each place of a lane."""

    values: list[float]
    turns: list[Turn | None]


@lru_cache(maxsize=2)
def _unknown(simplified_only: bool) -> tuple[list[float], list[float]]:
    """Return the nats of an unknown character by its lead byte, and by its trail byte (-1, none, is last)."""
    table, usual = gbk.table(simplified_only), judge.words()[LOST]
    by_lead = [usual + debt(tuple(p.text for p in table.by_lead.get(b, ()))) for b in range(256)]
    by_trail = [usual + debt(tuple(p.text for p in table.by_trail.get(b, ()))) for b in range(256)]
    return [*by_lead, _NEVER], [*by_trail, _NEVER]


def best(window: Cells, stream: Stream) -> tuple[float, Turn | None]:
    """Return the value of the likeliest way through both lanes, and its last change of lanes."""
    printed, between, known = window.printed, window.between, judge.words()
    by_lead, by_trail = _unknown(stream.simplified)
    leads = [by_lead[next(iter(p))] if len(p) == 1 else known[LOST] for p in window.pending]
    straight, slipped = _Lane([0.0], [None]), _Lane([_NEVER], [None])
    ends: list[int] = []
    in_step, one_off = _words(printed), _words(between)
    for i, kind in enumerate(window.kinds):
        best, turn = _grown(straight, in_step[i], i, straight.values[i] + window.values[i])
        off, slip = _NEVER, None
        if window.pending[i]:
            if between[i] != NO_WORD and slipped.values[i] > _NEVER:
                off, slip = _grown(slipped, one_off[i], i, slipped.values[i] + known[between[i]])
            off, slip = _started(
                window, i, (straight, slipped), (off, slip), leads, by_trail[window.firsts[i]]
            )
            cost = END_OF_LINE if printed[i + 1 : i + 2] in ("", "\n") else SILENT
            if off + cost + leads[i] > best:
                best, turn = off + cost + leads[i], Turn(i + 1, i + 1, False, cost, gbk.TRAILS, slip)
        if slipped.values[i] > _NEVER:
            if kind == "mark" and slipped.values[i] + MARKED + leads[i - 1] > best:
                best = slipped.values[i] + MARKED + leads[i - 1]
                turn = Turn(i, i + 1, False, MARKED, gbk.TRAILS, slipped.turns[i])
            if i in window.finishes:
                ends.append(i)
        if ends and i - ends[-1] < judge.LONGEST - 1:
            best, turn = _finished(window, ends[-1], i, slipped, (best, turn))
        straight.values.append(best)
        straight.turns.append(turn)
        slipped.values.append(off)
        slipped.turns.append(slip)
    return straight.values[-1], straight.turns[-1]


def _words(text: str) -> list[list[tuple[int, float]]]:
    """Return for each character of `text` where the words begin that end with it, and their nats."""
    found: list[list[tuple[int, float]]] = [[] for _ in text]
    for start, end, value in judge.words_in(text):
        found[end - 1].append((start, value))
    return found


def _grown(lane: _Lane, words: Sequence[tuple[int, float]], end: int, alone: float) -> _Way:
    """Return the best way along `lane` to the character `end`, alone or in one of `words`."""
    values = lane.values
    best, start = alone, end
    for begin, value in words:
        if values[begin] + value > best:
            best, start = values[begin] + value, begin
    return best, lane.turns[start]


def _started(
    window: Cells, i: int, lanes: tuple[_Lane, _Lane], best: _Way, leads: Sequence[float], trail: float
) -> _Way:
    """Return the best way to be off behind the cell `i`: the `best` so far, or a byte is lost before it.

    `leads` are the nats of an unknown character with the byte that is pending behind a cell, `trail` those of
    one that ends with the first byte of the cell.
    """
    straight, slipped = lanes
    if window.kinds[i] == "gloss":
        value = straight.values[i] + MARKED
        return (
            (value, Turn(i, i + 1, True, MARKED, window.pending[i], straight.turns[i]))
            if value > best[0]
            else best
        )
    if straight.values[i] + SILENT + trail > best[0]:
        best = straight.values[i] + SILENT + trail, Turn(i, i, True, SILENT, gbk.LEADS, straight.turns[i])
    if slipped.values[i] > _NEVER and judge.words()[window.between[i]] < _RARE:
        best = _vanished(window, i, slipped, best, leads[i - 1] + trail)
    marked = i and window.kinds[i - 1] == "mark"
    if marked and straight.values[i - 1] + MARKED + trail > best[0]:
        value = straight.values[i - 1] + MARKED + trail
        best = value, Turn(i - 1, i, True, MARKED, gbk.LEADS, straight.turns[i - 1])
    if i > 1 and (marked or window.printed[i - 1] == "\u3000"):
        value = slipped.values[i - 1] + MARKED + leads[i - 2] + trail
        if value > best[0]:
            trails, firsts = (gbk.TRAILS, gbk.LEADS) if marked else (slip_gap.TRAILS, slip_gap.LEADS)
            before = Turn(i - 1, i, False, MARKED, trails, slipped.turns[i - 1])
            best = value, Turn(i, i, True, 0.0, firsts, before)
    return best


def _vanished(window: Cells, i: int, slipped: _Lane, best: _Way, unknown: float) -> _Way:
    """Return the best way to be off behind the cell `i`: the `best` so far, or a pair vanished before it.

    `unknown` are the nats of the two characters that it was part of, if nothing is known of them.
    """
    if slipped.values[i] + GAP + _WORD <= best[0]:
        return best
    guess = slip_gap.word_value(window.pending[i - 1], window.firsts[i])
    value = slipped.values[i] + GAP + max(guess, unknown)
    if value <= best[0]:
        return best
    before = Turn(i, i, False, GAP, slip_gap.TRAILS, slipped.turns[i])
    return value, Turn(i, i, True, 0.0, slip_gap.LEADS, before)


def _finished(window: Cells, end: int, i: int, slipped: _Lane, best: _Way) -> _Way:
    """Return the best way to be in step behind the cell `i`: the `best` so far, or a word through `end`.

    The cell `end` completes a character and ends the slip; words may go on behind it.
    """
    finish, known = window.finishes[end], judge.words()
    cost = MARKED if window.kinds[end] == "gloss" else 0.0
    if not finish.text:
        value = slipped.values[end] + cost + known[LOST] + debt(finish.candidates)
        turn = Turn(end, end + 1, False, cost, gbk.TRAILS, slipped.turns[end])
        return (value, turn) if end == i and value > best[0] else best
    rest = simplified(finish.text) + window.printed[end + 1 : i + 1]
    for begin in range(max(0, i - _MORE), end + 1):
        text = window.between[begin:end] + rest
        word = known[text] if len(text) == 1 else known.get(text)
        if word is not None and slipped.values[begin] + word + cost > best[0]:
            best = (
                slipped.values[begin] + word + cost,
                Turn(end, end + 1, False, cost, gbk.TRAILS, slipped.turns[begin]),
            )
    return best

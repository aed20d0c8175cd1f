"""Characters that lost bytes: decided by their neighbours, or U+FFFD with their candidates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from etl.repair import choice, judge
from etl.repair.edits import LOST, Edit

DECISIVE, DECISIVE_OF_FEW = 3.0, 1.5
"""Nats by which the best candidate must lead the next: 99 % of the choices are right then (measured)."""
DECISIVE_OF_MANY = 8.0
"""Two characters that one vanished pair hides are told by the halves of two others: too many words fit."""
_FEW, _MANY = 16, 128
_RUN = 8
"""Unknown characters in a row that are weighed together."""

_NEAR = judge.LONGEST - 1
"""Characters before an unknown one that may form a word with it."""
_REACH = 120
"""How many characters to either side matter to a choice (the partner of a bracket may be far)."""


class Unit(NamedTuple):
    """One decoded character and the half-open range of byte symbols that it came from.

    `text` is "" where the character is not known (yet); `candidates` are what it may be, the likeliest
    first once the judge has seen them. `marked` tells that something printed (`?`, U+FFFD) stood where
    bytes are lost.
    """

    start: int
    end: int
    text: str
    candidates: tuple[str, ...] = ()
    marked: bool = False

    @property
    def stray(self) -> bool:
        """Tell whether this is unknown without anything printed that says so: perhaps no damage at all."""
        return not self.text and not self.marked


def fill(units: Sequence[Unit], left: str, right: str) -> list[Unit]:
    """Return `units` with unknown characters decided by their neighbours, or their candidates in order.

    `left` and `right` are the sound text around.
    """
    return fill_all([(units, left, right)])[0]


def fill_all(every: Sequence[tuple[Sequence[Unit], str, str]]) -> list[list[Unit]]:
    """Return what `fill` does of each of several readings, each given with the sound text around it.

    That is quicker than one by one: all unknown characters are looked at in one go.
    """
    readings = [_reading(units, left, right) for units, left, right in every]
    places = iter(choice.places([reading.asked(n) for reading in readings for n in reading.unknown]))
    return [_filled(reading, dict(zip(reading.unknown, places, strict=False))) for reading in readings]


class _Reading(NamedTuple):
    """Units, their text with what is around, where each starts in it, and which of them are unknown."""

    units: Sequence[Unit]
    text: str
    starts: list[int]
    unknown: list[int]

    def asked(self, n: int, before: str = "") -> tuple[tuple[str, ...], str, str]:
        """Return the candidates for unit `n` and what is around it; `before` is that where it is known."""
        at = self.starts[n]
        left = before or self.text[max(0, at - _REACH) : at]
        return self.units[n].candidates, left, self.text[at + 1 : at + 1 + _REACH]


def _reading(units: Sequence[Unit], left: str, right: str) -> _Reading:
    texts = [unit.text or LOST for unit in units]
    starts = [*accumulate(map(len, texts), initial=len(left))]
    unknown = [n for n, unit in enumerate(units) if not unit.text and unit.candidates]
    return _Reading(units, f"{left}{''.join(texts)}{right}", starts, unknown)


def _filled(reading: _Reading, places: dict[int, choice.Place]) -> list[Unit]:
    """Return the units of `reading` with what the judge makes of the `places` of unknown ones."""
    units, text, starts = reading.units, reading.text, reading.starts
    filled, known, since = [*units], "", 0  # `known` is the text up to `since` where decided
    while places:
        n = next(iter(places))
        run = list(takewhile(places.__contains__, range(n, n + _RUN)))
        start, end = starts[n], starts[run[-1] + 1]
        before = (known + text[since:start])[-_REACH:]
        if before[-_NEAR:] != text[max(0, start - _NEAR) : start]:  # some of that is decided by now
            [places[n]] = choice.places([reading.asked(n, before)])
        ranked = choice.rank([places.pop(n) for n in run], before, text[end : end + _REACH])
        for n, some in zip(run, ranked, strict=True):
            filled[n] = _decided(units[n], some, len(run))
        known, since = before + "".join([filled[n].text or LOST for n in run]), end
    return filled


def _decided(hole: Unit, ranked: Sequence[tuple[float, str]], together: int) -> Unit:
    """Return `hole`, one of so many `together`, with what the judge makes of its `ranked` candidates."""
    best, text = ranked[0]
    if best - (ranked[1][0] if len(ranked) > 1 else -math.inf) >= _margin(hole, together):
        return hole._replace(text=text, candidates=())
    return hole._replace(candidates=tuple(dict.fromkeys([*(c for _, c in ranked), *hole.candidates])))


def _margin(hole: Unit, together: int) -> float:
    """Return the nats by which the best candidate for `hole`, one of so many in a row, must lead."""
    if len(hole.candidates) <= _FEW:
        return DECISIVE_OF_FEW
    return DECISIVE_OF_MANY if together > 1 and len(hole.candidates) > _MANY else DECISIVE


def edits(units: Sequence[Unit], places: Sequence[int], rule: str) -> list[Edit]:
    """Return the edits that put `units` into the text, an unknown character in an edit of its own.

    `places[symbol]` is the text position at which a byte symbol starts, -1 inside a character; it has one
    entry more than there are symbols.
    """
    found: list[Edit] = []
    start, after, lost = places[units[0].start], "", 0
    candidates: tuple[str, ...] = ()
    for unit in units:
        if (here := places[unit.start]) >= 0 and after and (lost or not unit.text):
            found.append(Edit(start, here, after, rule, 0.8 if lost else 0.97, candidates))
            start, after, candidates, lost = here, "", (), 0
        after += unit.text or LOST
        if not unit.text:
            candidates, lost = candidates or unit.candidates, lost + 1
    end = next(p for p in places[units[-1].end :] if p >= 0)
    found.append(Edit(start, end, after, rule, 0.8 if lost else 0.97, candidates))
    return found

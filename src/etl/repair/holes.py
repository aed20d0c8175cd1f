"""Characters that lost bytes: decided by their neighbours, or U+FFFD with their candidates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from etl.repair import choice
from etl.repair.edits import LOST, Edit

DECISIVE, DECISIVE_OF_FEW = 3.0, 1.5
"""Nats by which the best candidate must lead the next: 99 % of the choices are right then (measured)."""
DECISIVE_OF_MANY = 8.0
"""Two characters that one vanished pair hides are told by the halves of two others: too many words fit."""
_FEW, _MANY = 16, 128
_RUN = 8
"""Unknown characters in a row that are weighed together."""

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
    filled: list[Unit] = []
    before, texts = left, [unit.text or LOST for unit in units]
    index = 0
    while index < len(units):
        if units[index].text or not units[index].candidates:
            decided = [units[index]]
        else:
            holes = list(takewhile(lambda u: not u.text and u.candidates, islice(units, index, index + _RUN)))
            end = index + len(holes)
            decided = _decide(holes, before[-_REACH:], "".join(texts[end : end + _REACH]) + right)
        filled += decided
        before += "".join([unit.text or LOST for unit in decided])
        index += len(decided)
    return filled


def _decide(holes: Sequence[Unit], left: str, right: str) -> list[Unit]:
    """Return neighbouring `holes` with what the judge makes of them."""
    decided = []
    for hole, ranked in zip(holes, choice.rank([h.candidates for h in holes], left, right), strict=True):
        best, text = ranked[0]
        if best - (ranked[1][0] if len(ranked) > 1 else -math.inf) >= _margin(hole, len(holes)):
            decided.append(hole._replace(text=text, candidates=()))
        else:
            order = dict.fromkeys([*(text for _, text in ranked), *hole.candidates])
            decided.append(hole._replace(candidates=tuple(order)))
    return decided


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

"""S1, the plain kind: whole stretches between marks of lost bytes that read as text one byte off.

`?鲂形幕` between two `?` needs no search: how common its characters are as printed, and one byte off, tells
what it is. Where that leaves any doubt, about a stretch or one beside it, all of them stay for `slip`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from etl.repair import gbk, holes
from etl.repair.edits import LOST, Edit
from etl.repair.holes import Unit
from etl.repair.slip_bytes import fitting
from etl.repair.slip_shifted import PART, Shifted, shifted, tables
from etl.repair.variants import is_simplified, traditional_pattern

MARKS = f"?{LOST}"
_STRETCH = re.compile(f"[^\x00-\x7f{LOST}]+")
_ANY = re.compile(f"[{MARKS}][^\x00-\x7f{LOST}]{{4,}}[{MARKS}]")
_LEAST = 4
"""Characters of the shortest stretch that speaks for itself."""
_GAIN, _EACH, _FLOOR = 9.0, 2.0, -10.2
"""Nats that a stretch must gain one byte off, in all and for each character, and their least mean."""
_SOUND = -2.0
"""Nats for each character that a stretch must lose one byte off to be sound."""
_BESIDE = 5
"""Characters beside the mark at the end of a slipped stretch that tell whether they have slipped too."""
_EDGE = 3
"""Characters at either end of a slipped stretch that must gain."""
_REACH = 120
SLIPPED, SOUND, DOUBTFUL = range(3)


class _Stretch(NamedTuple):
    """Characters from `start` to `end` without a mark among them, and what they are.

    `first` and `last` tell the same of what is beside its marks. `better` tells of a short one that it may
    have slipped if those beside it have.
    """

    start: int
    end: int
    kind: int
    first: int
    last: int
    better: bool


def find(text: str) -> list[Edit]:
    """Return the slipped stretches between marks, where nothing about them is in doubt, as they must read."""
    if not _ANY.search(text):
        return []
    nats = shifted(text)
    chains = [
        chain for line in _lines(text, nats) for chain in _chains(text, line) if _is_as_read(text, chain)
    ]
    if not chains:
        return []
    said = "".join([nats.said[s.start + 1 : s.end] for chain in chains for s in chain])
    hant = traditional_pattern().search(said) is not None
    units: list[Unit] = []
    spans: list[slice] = []
    for chain in chains:
        start, since = chain[0].start - 1, units[-1].end if units else 0
        units.append(Unit(since, start, text[since:start]))
        begin = len(units)
        units += _units(text, chain, nats.said, hant)
        spans.append(slice(begin, len(units)))
    filled = holes.fill(units, "", text[units[-1].end :][:_REACH])
    places = range(len(text) + 1)
    return [edit for span in spans for edit in holes.edits(filled[span], places, "S1")]


def _lines(text: str, nats: Shifted) -> Iterator[list[_Stretch]]:
    """Yield the stretches of `text` without marks and ASCII, together where one mark parts them."""
    line: list[_Stretch] = []
    for match in _STRETCH.finditer(text):
        start, end = match.span()
        if line and not (start == line[-1].end + 1 and text[start - 1] in MARKS):
            yield line
            line = []
        line.append(_stretch(nats, start, end))
    if line:
        yield line


def _stretch(nats: Shifted, start: int, end: int) -> _Stretch:
    kind, gain = _kind(nats, start, end), nats.gain[end] - nats.gain[start + 1]
    first, last = _kind(nats, start, min(end, start + _BESIDE)), _kind(nats, max(start, end - _BESIDE), end)
    better = end - start < _LEAST and bool(gain > _EACH * (end - start - 1) > 0)
    return _Stretch(start, end, kind, first, last, better)


def _kind(nats: Shifted, start: int, end: int) -> int:
    """Return what the stretch from `start` to `end` is by how common its characters are."""
    count = end - start - 1
    gain, off = nats.gain[end] - nats.gain[start + 1], nats.off[end] - nats.off[start + 1]
    if count and gain < _SOUND * max(count, _LEAST - 1):
        return SOUND
    if count < _LEAST - 1 or gain < max(_GAIN, _EACH * count) or off < _FLOOR * count:
        return DOUBTFUL
    gains, first = nats.gain, start + 1
    if gains[first + _EDGE] < gains[first] or gains[end] < gains[end - _EDGE]:
        return DOUBTFUL
    return DOUBTFUL if nats.bad[max(first, end - PART + 1)] > nats.bad[first] else SLIPPED


def _chains(text: str, line: Sequence[_Stretch]) -> Iterator[list[_Stretch]]:
    """Yield the slipped stretches in a row in `line` that have marks and nothing doubtful on both sides."""
    first, last = line[0].start, line[-1].end
    kinds = [_outside(text, first - 1, first - 2), *(s.kind for s in line), _outside(text, last, last + 1)]
    for n in range(2, len(line)):
        if line[n - 1].better and kinds[n] == DOUBTFUL and kinds[n - 1] == kinds[n + 1] == SLIPPED:
            kinds[n] = SLIPPED
    starts, ends = (
        [kinds[0], *some, kinds[-1]] for some in ([s.first for s in line], [s.last for s in line])
    )
    if ends[0] == DOUBTFUL and first + _LEAST > line[0].end:
        ends[1] = SOUND  # too short to have lost step without a mark
    if starts[-1] == DOUBTFUL and last - _LEAST < line[-1].start:
        starts[-2] = SOUND
    place = 0
    for kind, group in groupby(kinds):
        begin, place = place, place + len(list(group))
        if kind == SLIPPED and ends[begin - 1] == starts[place] == SOUND:
            yield [*line[begin - 1 : place - 1]]


def _outside(text: str, mark: int, beyond: int) -> int:
    """Return what is `beyond` the place of a `mark` where a line of stretches begins or ends."""
    if not 0 <= mark < len(text) or text[mark] not in MARKS:
        return DOUBTFUL
    return DOUBTFUL if 0 <= beyond < len(text) and text[beyond] in MARKS else SOUND


def _is_as_read(text: str, chain: Sequence[_Stretch]) -> bool:
    """Tell whether `chain` ends in bytes and no converter changed it: that leaves nothing Simplified."""
    ends = [text[stretch.end - 1] for stretch in chain]
    if not all(c < "\U00010000" and int(tables().trails[ord(c)]) in gbk.LEADS for c in ends):
        return False
    return any(map(is_simplified, text[chain[0].start : chain[-1].end]))


def _units(text: str, chain: Sequence[_Stretch], said: str, hant: bool) -> Iterator[Unit]:
    """Yield the characters of `chain`, with candidates for those of which a mark has a byte."""
    every, leads, trails = gbk.LEADS, tables().leads, tables().trails
    for start, end, *_ in chain:
        first, last = int(leads[ord(text[start])]), int(trails[ord(text[end - 1])])
        opened = start - (start == chain[0].start)
        yield Unit(opened, start + 1, "", fitting(every, frozenset((first,)), "", not hant), True)
        if end - start > 1:
            yield Unit(start + 1, end, said[start + 1 : end])
        yield Unit(end, end + 1, "", fitting(frozenset((last,)), gbk.TRAILS, "", not hant), True)

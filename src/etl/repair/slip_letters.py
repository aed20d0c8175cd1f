"""Single letters that may be the last byte of a slip: `會P潞邮惺虚L` was 會。新河市市長 (長 is E9 4C).

Nothing else need show such a slip: a byte lost without a mark, and a run without rare characters. Only
characters that Simplified text has not end in an ASCII byte, so Traditional text alone is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.repair import gbk, judge
from etl.repair.edits import LOST
from etl.repair.slip_bytes import as_printed
from etl.repair.slip_lanes import MARKED, SILENT
from etl.repair.variants import simplified, traditional_only

LONE = 4.0
"""Nats by which one letter between hanzi is less likely than the judge says: news has 37 in 1.5 million."""
_RARE = -12.5
"""Log probability of a character below which no slip is thought to end with it."""
_FURTHEST = 8
"""Characters before a letter that are looked at; the search itself looks at all."""
_PATIENCE = 200
"""Letters looked at in vain after which a text is no slipped one, whatever else it is."""
_HOPE = 3.0
"""Nats that the moved characters must gain here, where the one that lost a byte is not known yet."""
_LETTERS = "".join(map(chr, range(0x40, 0x7F)))
_MARKS = "!(),:;?！（），：；？、。…—《》“”〈〉【】"
_LETTER = re.compile(rf"(?<=[㐀-鿿{_MARKS}])[@-~](?=[㐀-鿿{_MARKS}])")


def pairs() -> Sequence[tuple[str, str]]:
    """Return the neighbours without all of which there is nothing to find.

    A letter behind a hanzi or a mark, and something Traditional.
    """
    hanzi = "".join(map(chr, range(0x3400, 0xA000)))
    return ((_MARKS + hanzi, _LETTERS), ("".join(sorted(traditional_only())), _MARKS + _LETTERS + hanzi))


def is_lone(text: str, place: int) -> bool:
    """Tell whether one letter stands at `place` between hanzi or marks."""
    return _LETTER.match(text, place) is not None


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run before a letter, and the letter, that read better one byte off."""
    after, patience = 0, _PATIENCE
    for letter in _LETTER.finditer(text):
        end = letter.start()
        moved = _moved(text, max(after, end - _FURTHEST), end)
        length = _best(text, end, moved)
        patience = _PATIENCE if length else patience - bool(moved)
        if length:
            after = end + 1
            yield end - length, after
        if not patience:
            return


def _moved(text: str, start: int, end: int) -> str:
    """Return what ends with the letter at `end` one byte off, back to `start`; "" if it is rare."""
    found: list[str] = []
    trail = ord(text[end])
    for place in range(end - 1, start - 1, -1):
        variants = as_printed(text[place])
        character = gbk.decode(variants[0][1], trail) if variants else ""
        if not character or (not found and judge.words()[simplified(character)] < _RARE):
            break
        found.append(character)
        trail = variants[0][0]
    return "".join(reversed(found))


def _best(text: str, end: int, moved: str) -> int:
    """Return how many characters before the letter at `end` have slipped most likely, 0 for none."""
    best, length = _HOPE - LONE, 0
    right = text[end + 1 : end + judge.LONGEST]
    for count in range(1, len(moved) + 1):
        start = end - count
        marked = text[start - 1 : start] in ("?", LOST)
        gain = judge.gain(text[start - marked : end + 1], LOST + moved[-count:], "", right)
        gain += MARKED if marked else SILENT
        if gain > best:
            best, length = gain, count
    return length

"""E6: GB18030 read as Big5, or Big5 read as GB18030: lines of rare characters.

Both tables use two bytes for each character, so nothing shows what went wrong but that nothing makes sense.
The judge decides between the line as printed and as the other table reads its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from etl.repair import judge, slip_signs
from etl.repair.edits import LOST, Edit

_LEAST = 3
_SHARE = 0.25
"""Least share of rare characters in a misread line: of sound lines it is 0.005, of misread ones 0.5."""
_EACH, _FLOOR = 2.5, -9.0
"""Nats for each character that the other reading must gain, and the mean that it must have."""
_TABLES = (("big5hkscs", "gb18030"), ("gb18030", "big5hkscs"))


@lru_cache(maxsize=1)
def _rare() -> re.Pattern[str]:
    return re.compile(f"[{slip_signs.rare()}\ue000-\uf8ff\u3400-\u4dbf]")


def find(text: str) -> list[Edit]:
    """Return the lines of `text` that the wrong one of the two tables read, as the right one reads them."""
    if len(_rare().findall(text)) < _LEAST:
        return []
    found: list[Edit] = []
    start = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip()
        rare = len(_rare().findall(body))
        if rare >= _LEAST and rare > _SHARE * len(body):
            better = _other_reading(body)
            if better:
                found.append(Edit(start, start + len(body), better, "E6", 0.95))
        start += len(line)
    return found


def _other_reading(line: str) -> str:
    """Return `line` as the likelier of the other readings, "" where none is decisively likelier."""
    printed = judge.total(line)
    best, value = "", printed
    for wrong, right in _TABLES:
        said = LOST.join(_reread(piece, wrong, right, not first) for first, piece in _pieces(line))
        likely = judge.total(said)
        if likely > value and likely > printed + _EACH * len(said) and likely > _FLOOR * len(said):
            best, value = said, likely
    return best


def _pieces(line: str) -> Iterator[tuple[bool, str]]:
    """Yield the stretches between lost characters, and whether each is the first."""
    for number, piece in enumerate(line.split(LOST)):
        yield number == 0, piece


def _reread(piece: str, wrong: str, right: str, torn: bool) -> str:
    """Return `piece` read with the table `right`; a `torn` one may begin with half a character."""
    raw = piece.encode(wrong, "replace")
    readings = [raw[skip:].decode(right, "replace") for skip in range(1 + (torn and len(raw) > 2))]
    return max(readings, key=judge.score)

"""E6: GB18030 read as Big5, or Big5 read as GB18030: lines of rare characters.

Both tables use two bytes for each character, so nothing shows what went wrong but that nothing makes sense.
The judge decides between the line as printed, as the other table reads its bytes, and as a slip (S1), which
gives rare characters too.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from etl.repair import judge, slip, slip_signs
from etl.repair.edits import LOST, Edit, apply_edits
from etl.repair.mojibake_big5_read import reread
from etl.repair.oddity import odd_ones

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST = 3
_SHARE = 0.25
"""Least share of rare characters in a misread line: of sound lines it is 0.005, of misread ones 0.5."""
_EACH, _FLOOR = 2.5, -9.0
"""Nats for each character that the other reading must gain, and the mean that it must have."""
_GONE = 0.125
"""Greatest share of characters the other table cannot read: 99 in 100 misread lines have less than 0.08."""
_LEFT = 0.2
"""Greatest share of odd characters in a right reading: 99 in 100 have less than 0.06, wrong ones 0.45."""
_SURE, _SAMPLE = -8.0, 40
"""A line whose first characters have that mean has been read rightly: those of wrong readings have -11."""
_LONG, _HARDLY = 24, 0.05
"""A line of so many characters, of which hardly one is odd, needs no judge: by chance one in a million is."""
_SHORT = 8
"""Fewer characters than that are always in doubt."""
_TABLES = (("big5hkscs", "gb18030"), ("gb18030", "big5hkscs"))


@lru_cache(maxsize=1)
def _rare() -> NDArray[np.uint8]:
    """Return 1 for each UTF-16 unit that news hardly prints."""
    import numpy as np

    rare = np.zeros(0x10000, np.uint8)
    rare[[ord(character) for character in slip_signs.rare()]] = 1
    rare[0xE000:0xF900] = rare[0x3400:0x4DC0] = 1
    return rare


def find(text: str) -> list[Edit]:
    """Return the lines of `text` that the wrong one of the two tables read, as the right one reads them."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    rare = _rare().take(codes, mode="clip").tobytes()
    if rare.count(1) < _LEAST:
        return []
    found: list[Edit] = []
    start = 0
    for line in text.splitlines(keepends=True):
        count = rare.count(1, start, start + len(line))
        if count >= _LEAST and count > _SHARE * len(body := line.rstrip()):
            better = _other_reading(body)
            if better:
                found.append(Edit(start, start + len(body), better, "E6", 0.95))
        start += len(line)
    return found


def _other_reading(line: str) -> str:
    """Return `line` as the likelier of the other readings, "" where none is decisively likelier."""
    readings = []
    for tables in _TABLES:
        said = _read(line, *tables)
        if len(said) >= _LONG and odd_ones(said) <= _HARDLY * len(said):
            return said
        readings.append((judge.score(said[:_SAMPLE]) if said else -math.inf, said))
    score, best = max(readings)
    if len(best) >= _SHORT and score > _SURE:
        return best
    value = judge.total(best)
    if value <= max(_FLOOR * len(best), judge.total(line) + _EACH * len(best)):
        return ""
    return best if judge.total(apply_edits(line, slip.find(line))) <= value else ""


def _read(line: str, wrong: str, right: str) -> str:
    """Return `line` read with the table `right`, "" where that does not make it common characters."""
    said = reread(line, wrong, right)
    gone = _unreadable(said) - _unreadable(line)
    return said if gone <= _GONE * len(said) and odd_ones(said) <= _LEFT * len(said) else ""


def _unreadable(text: str) -> int:
    """Return how many characters of `text` stand for bytes that its table cannot read."""
    return text.count("?") + text.count(LOST)

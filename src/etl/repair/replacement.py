"""E5: what is left of bytes that a decoder replaced for good: `锟斤拷`, runs of question marks.

U+FFFD is EF BF BD in UTF-8; two of them read as GBK are 锟斤拷. Nothing can bring the characters back, so the
places are marked as lost.
"""

from __future__ import annotations

import re

from etl.repair.edits import LOST, Edit

TRIGGERS = "锟?"

_REPLACED = re.compile("(?:锟斤拷)+(?:锟斤?)?")
_QUESTIONS = re.compile(r"(?<![?!？！吗呢吧么])[?]{4,}(?=[㐀-鿿])")


def find(text: str) -> list[Edit]:
    """Return marks of lost characters in `text` as U+FFFD: two for each 锟斤拷, one for each `?` of a run."""
    found = [
        Edit(match.start(), match.end(), LOST * (len(match.group()) * 2 // 3), "E5")
        for match in _REPLACED.finditer(text)
    ]
    found.extend(
        Edit(match.start(), match.end(), LOST * len(match.group()), "E5", 0.8)
        for match in _QUESTIONS.finditer(text)
    )
    return sorted(found, key=lambda edit: edit.start)

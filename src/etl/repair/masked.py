"""K1: characters that filters or CMS faults took away: `省*府`, `**市`, `1127日` for 11月27日.

A mask becomes the one character that common words allow (省政府), else U+FFFD. Where nothing stands for what
is lost, nothing is filled in: the article is flagged.
"""

from __future__ import annotations

import re

from etl.repair import words
from etl.repair.edits import LOST, Edit

TRIGGERS = "*＊"

_LEFT, _RIGHT = re.compile("[㐀-鿿〇]+\\Z"), re.compile("[㐀-鿿〇]{1,4}")
_MASK = re.compile(r"[*＊]{1,4}")
_EMPHASIS = re.compile(r"(?<![*＊㐀-鿿])\*\*(?=\S)[^*\n]{1,80}(?<=\S)\*\*(?![*＊省市县縣区區镇鎮乡鄉])")
_NOTE = re.compile(
    r"(?m)(?<![^\n \u3000])[*＊]{1,4}(?=[ \u3000]*(?:注|备注|备註|註|说明|說明|[(（])|[ \u3000])"
)
_OFFICE = re.compile("[省市县縣区區镇鎮乡鄉村街路局厅廳部委]")
MAX_JUDGED = 64
"""Masks of one text that the judge is asked about; a text with more is no article."""
_DAY = re.compile("日(?<=[0-9]{4}日)")
_RUN_DATE = re.compile(r"(?<![\d.,年月])(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])日(?![元币均内])")


def find(text: str) -> list[Edit]:
    """Return one edit for each run of masks inside a word of `text`."""
    if "*" not in text and "＊" not in text:
        return []
    spared = {
        place
        for pattern in (_EMPHASIS, _NOTE)
        for match in pattern.finditer(text)
        for place in (match.start(), match.end() - 2)
    }
    masks = [m for m in _MASK.finditer(text) if m.start() not in spared and _is_mask(text, m)]
    return [_unmasked(text, mask, judged=number < MAX_JUDGED) for number, mask in enumerate(masks)]


def has_torn_date(text: str) -> bool:
    """Tell whether a date of `text` has lost its 月 (1127日)."""
    return any(_RUN_DATE.match(text, match.start() - 4) for match in _DAY.finditer(text) if match.start() > 3)


def _is_mask(text: str, match: re.Match[str]) -> bool:
    """Tell whether a run stands for hanzi: between two, or before a class word such as 市."""
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    if _RIGHT.match(text, match.end()) and _RIGHT.match(before):
        return True
    return bool(_OFFICE.match(text, match.end())) and not before.isalnum()


def _unmasked(text: str, match: re.Match[str], *, judged: bool) -> Edit:
    """Return the edit that fills a single mask where exactly one common word fits, else marks it as lost."""
    size = match.end() - match.start()
    if size == 1 and judged:
        left = _LEFT.search(text, max(0, match.start() - 4), match.start())
        right = _RIGHT.match(text, match.end())
        char, fitting = words.fitting(left[0] if left else "", right[0] if right else "")
        candidates = () if char else fitting[:20]
        return Edit(match.start(), match.end(), char or LOST, "K1", 0.9 if char else 1.0, candidates)
    return Edit(match.start(), match.end(), LOST * size, "K1")

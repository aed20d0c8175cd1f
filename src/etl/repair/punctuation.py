"""P1, P2: marks that spinners and filters put in: doubled or alternating punctuation, dots that split a word.

`……`, `——`, `？！`, `”。`, `。”`, decimals, `艾力·买买提` and a writer's own `!!!` and `...` stay.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.repair import words
from etl.repair.edits import HANZI, Edit
from etl.repair.variants import simplified

_HANZI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PAIR = re.compile("[,，。、;；:：！？][,，.。、;；:：]")
_RUN = re.compile(rf"(?<=[{_HANZI}”’》）)%％A-Za-z0-9])[,，.。、;；:：！？]{{2,4}}(?![,，.。、;；:：！？])")
_ORDER = ("、", "：:", "，,", "；;", "。.", "！", "？")
_RANK = {mark: rank for rank, marks in enumerate(_ORDER) for mark in marks}
_FULL_STOPS = ".．"
_DOTS = _FULL_STOPS + "·•‧・"
_DOT = re.compile(f"[{_DOTS}]")
_SPLIT = re.compile(rf"(?<=[{_HANZI}])[{_DOTS}](?=[{_HANZI}])")
_LIST_NUMBER = re.compile(r"(?:^|[\s，。；：、（])[一二三四五六七八九十]{1,3}\Z")
_BESIDE = re.compile(rf"[{_HANZI}]{{1,4}}\Z")


def doubled_pairs() -> list[tuple[str, str]]:
    """Return the neighbours without which no mark is doubled."""
    return [(",，.。、;；:：！？", ",，.。、;；:：")]


def split_pairs() -> list[tuple[str, str]]:
    """Return the neighbours without which no word is split: a hanzi and a full stop."""
    return [(HANZI, _FULL_STOPS)]


def find_doubled(text: str) -> list[Edit]:
    """Return one edit for each run of marks of which only one is the writer's (P1)."""
    if not _PAIR.search(text):
        return []
    return [
        Edit(match.start(), match.end(), mark, "P1", 0.9)
        for match in _RUN.finditer(text)
        if (mark := _kept(match[0]))
    ]


def find_split(text: str) -> list[Edit]:
    """Return the removal of the dots that split common words (P2); middle dots go only beside full stops."""
    dots = [split for dot in _DOT.finditer(text) if (split := _SPLIT.match(text, dot.start()))]
    splits = [split for split in dots if _joins(text, split)]
    if not any(split[0] in _FULL_STOPS for split in splits):
        return []
    return [Edit(split.start(), split.end(), "", "P2", 0.9) for split in splits]


@lru_cache(maxsize=1024)
def _kept(run: str) -> str:
    """Return the mark that stays of a run: full width before half width, then the strongest; "" if all do."""
    if set(run) <= {"！", "？"} or set(run) == {"."} or "::" in run or run == "。。。":
        return ""
    return max(run, key=lambda mark: (not mark.isascii(), _RANK[mark]))


def _joins(text: str, match: re.Match[str]) -> bool:
    """Tell whether the two sides of a mark make a common word (and it does not follow a list's number)."""
    at = match.start()
    if match[0] in _FULL_STOPS and _LIST_NUMBER.search(text, max(0, at - 8), at):
        return False
    left = _BESIDE.search(text, max(0, at - 4), at)
    right = re.match(f"[{_HANZI}]{{1,4}}", text[at + 1 : at + 5])
    return left is not None and right is not None and words.joins(simplified(left[0]), simplified(right[0]))

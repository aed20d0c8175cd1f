"""P3: half-width punctuation in Chinese text, as NFKC leaves it, becomes full width again.

A mark is Chinese by its neighbours: a hanzi or a Chinese mark before it, or a hanzi behind it. Numbers,
times, URLs and Latin text stay. Rules after GB/T 15834-2011 (标点符号用法).
"""

from __future__ import annotations

import re
from bisect import bisect_right

from etl.repair import script
from etl.repair.edits import HANZI, Edit

_HANZI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_CHINESE = re.compile(f"[{_HANZI}]")
_BEFORE = re.compile(f"[{_HANZI}“”’‘》」』）】〉…—％℃\"')]")
_BEHIND = re.compile(f"[{_HANZI}“‘《「『（【〈]")
TRIGGERS = '()"'
_MARK = re.compile("[,;:?!.]")
_STOP = re.compile("\\.{6}(?!\\.)|\\.(?=[ \u3000]*(?:\n|\\Z))")
_HALF_CLOSERS = frozenset("\"')")
_NO_PAIR = frozenset(",;:?!/，。；：、")
_FULL = dict(zip(",;:?!.()", "，；：？！。（）", strict=True)) | {"......": "……"}
_BRACKETS = re.compile(r"[(（]([^()（）\n]{0,200})[)）]")
_ALONE = re.compile(f"[()](?<=[{_HANZI}”’》].)(?=[{_HANZI}“‘《，。；：、])")
_QUOTES = re.compile(r'"([^"\n]{1,300})"')
_SPARED = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]{1,20}://|www\.)[!-~]+"
    r"|[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64})+"
    r"|&\#?[A-Za-z0-9]{1,32};"
)


def pairs() -> list[tuple[str, str]]:
    """Return the neighbours without which no mark is Chinese: Chinese and a half-width one."""
    return [
        (f"{HANZI}“”’‘》」』）】〉…—％℃%\"')", ",.;:?!"),
        (",.;:?!", f"{HANZI}“‘《「『（【〈"),
    ]


def find(text: str) -> list[Edit]:
    """Return one edit for each half-width mark of `text` that stands in Chinese."""
    marks = {
        at: (mark, _FULL[mark])
        for match in _MARK.finditer(text)
        if (mark := _mark(text, at := match.start())) and _is_chinese(text, mark, at, at + len(mark))
    }
    if "(" in text or ")" in text:
        marks.update(_brackets(text, narrowed=bool(marks)))
    if '"' in text and not script.is_own_traditional(text):  # there, marks are 「」
        marks.update(_quotes(text))
    edits = [Edit(at, at + len(before), after, "P3") for at, (before, after) in sorted(marks.items())]
    if edits and any(sign in text for sign in ("://", "www.", "@", "&")):
        return _outside(text, edits)
    return edits


def _mark(text: str, at: int) -> str:
    """Return the mark at `at`: of dots only six in a row, or one at the end of its line; else nothing."""
    if text[at] != ".":
        return text[at]
    stop = _STOP.match(text, at)
    return stop[0] if stop else ""


def _is_chinese(text: str, mark: str, start: int, end: int) -> bool:
    """Tell whether a mark stands behind Chinese, or between Latin (or a number) and Chinese."""
    before = text[start - 1] if start else ""
    behind = text[end] if end < len(text) else ""
    if mark[0] == ".":
        return before not in _HALF_CLOSERS and _BEFORE.match(before) is not None
    if before in _HALF_CLOSERS and not (_CHINESE.match(text, start - 2) or _BEHIND.match(behind)):
        return False
    if _BEFORE.match(before):
        return behind not in _NO_PAIR and not (mark == "?" and behind.isascii() and behind.isalpha())
    if before == "%" and mark == ",":
        return behind.isdigit() or _BEHIND.match(behind) is not None
    return before.isalnum() and before.isascii() and _BEHIND.match(behind) is not None


def _outside(text: str, edits: list[Edit]) -> list[Edit]:
    """Return the edits that touch no URL, mail address or character reference."""
    spans = [match.span() for match in _SPARED.finditer(text)]
    starts = [start for start, _ in spans]
    return [
        edit
        for edit in edits
        if not (at := bisect_right(starts, edit.start)) or spans[at - 1][1] <= edit.start
    ]


def _brackets(text: str, *, narrowed: bool) -> dict[int, tuple[str, str]]:
    """Return the half-width brackets of pairs that hold Chinese, and behind Chinese in `narrowed` text."""
    found: dict[int, tuple[str, str]] = {}
    for match in _BRACKETS.finditer(text):
        behind_chinese = match.start() > 0 and _CHINESE.match(text, match.start() - 1)
        if _CHINESE.search(match[1]) or (narrowed and behind_chinese):
            for at in (match.start(), match.end() - 1):
                if text[at] in "()":
                    found[at] = (text[at], _FULL[text[at]])
    for match in _ALONE.finditer(text):
        found.setdefault(match.start(), (match[0], _FULL[match[0]]))
    return found


def _quotes(text: str) -> dict[int, tuple[str, str]]:
    """Return the straight quotation marks of a line that pair up around Chinese."""
    found: dict[int, tuple[str, str]] = {}
    position = 0
    for line in text.split("\n"):
        if line.count('"') % 2 == 0:
            for match in _QUOTES.finditer(line):
                if _CHINESE.search(match[1]):
                    found[position + match.start()] = ('"', "“")
                    found[position + match.end() - 1] = ('"', "”")
        position += len(line) + 1
    return found

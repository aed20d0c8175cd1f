"""P3: half-width punctuation in Chinese text, as NFKC leaves it, becomes full width again.

A mark is Chinese by its neighbours: a hanzi or a Chinese mark before it, or a hanzi behind it. Numbers,
times, URLs and Latin text stay. Rules after GB/T 15834-2011 (标点符号用法).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from etl.lexicon import tables as lexicon
from etl.repair import script
from etl.repair.edits import HANZI, Edit

_HANZI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_CHINESE = re.compile(f"[{_HANZI}]")
_BEFORE = f"{_HANZI}“”’‘》」』）】〉…—％℃"
_BEHIND = f"{_HANZI}“‘《「『（【〈"
TRIGGERS = '()"'
_MARK = re.compile(
    rf"""
    [,;:?!.] (?:
      (?<!\.) (?:                                                # behind Chinese, or a quotation of it
        (?: (?<=[{_BEFORE}].) | (?<=[{_HANZI}]["')].) | (?<=["')].)(?=[{_BEHIND}]) )
        (?![,;:?!/，。；：、]) (?!(?<=\?)[A-Za-z])
      | (?<=%,)(?=[0-9]) | (?<=%.)(?=[{_BEHIND}])
      | (?<=[A-Za-z0-9].)(?=[{_BEHIND}])                         # between Latin and Chinese
      )
    | (?<=[{_BEFORE}]\.) (?: \.{{5}}(?!\.) | (?=[ \u3000]*(?:\n|\Z)) )   # six dots, or the end of a line
    )
    """,
    re.VERBOSE,
)
_FULL = dict(zip(",;:?!.()", "，；：？！。（）", strict=True)) | {"......": "……"}
_BRACKETS = re.compile(r"[(（]([^()（）\n]{0,200})[)）]")
_BESIDE = re.compile(rf"[{_HANZI}][(（]|[\n,:;，：；。、]?[(（][^()（）\n]{{1,4}}[)）][{_HANZI}]")
"""A bracket behind Chinese, or a number in brackets that opens a clause of it."""
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
    marks = {match.start(): match[0] for match in _MARK.finditer(text)}
    if "?" in text:
        marks = {at: mark for at, mark in marks.items() if mark != "?" or not _in_name().match(text, at - 2)}
    changes = {at: (mark, _FULL[mark]) for at, mark in marks.items()}
    if "(" in text or ")" in text:
        changes.update(_brackets(text, narrowed=bool(marks)))
    if '"' in text and not script.is_own_traditional(text):  # there, marks are 「」
        changes.update(_quotes(text))
    edits = [Edit(at, at + len(before), after, "P3") for at, (before, after) in sorted(changes.items())]
    if edits and any(sign in text for sign in ("://", "www.", "@", "&")):
        return _outside(text, edits)
    return edits


@lru_cache(maxsize=1)
def _in_name() -> re.Pattern[str]:
    """Return a pattern for what may be a foreign name that lost its middle dot: 尼尔?阿姆斯特朗."""
    syllables = "".join(row["text"] for row in lexicon.rows("syllables"))
    return re.compile(f"[{syllables}]{{2}}[?][{syllables}]{{2}}")


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
        if _CHINESE.search(match[1]) or (narrowed and _BESIDE.match(text, max(0, match.start() - 1))):
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

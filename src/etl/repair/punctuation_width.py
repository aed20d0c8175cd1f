"""P3: half-width punctuation in Chinese text, as NFKC leaves it, becomes full width again.

A mark is Chinese by its neighbours: a hanzi or a Chinese mark before it, or a hanzi behind it. Numbers,
times, URLs and Latin text stay. Rules after GB/T 15834-2011 (标点符号用法).
"""

from __future__ import annotations

import re

from etl.repair.edits import Edit

_HANZI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_CLOSERS = "”’》」』）】〉…—％℃"
_OPENERS = "“‘《「『（【〈"
_CHINESE = re.compile(f"[{_HANZI}]")
_ANY = re.compile("[!\"'(),.:;?]")
_URL = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]{1,20}://|www\.)[!-~]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"
)
_MARK = re.compile(
    rf"(?<=[{_HANZI}{_CLOSERS}\"')])[,;:?!](?![,;:?!/])"
    rf"|(?<=[0-9A-Za-z%])[,;:?!](?=[{_HANZI}{_OPENERS}])"
    rf"|(?<=[{_HANZI}”’》」』）】])\.(?=[ \u3000]*(?:\n|\Z))"
    rf"|(?<=[{_HANZI}”’》」』）】])\.{{6}}(?!\.)"
)
_FULL = dict(zip(",;:?!.()", "，；：？！。（）", strict=True)) | {"......": "……"}
_BRACKETS = re.compile(r"[(（]([^()（）\n]{0,200})[)）]")
_ALONE = re.compile(rf"(?<=[{_HANZI}{_CLOSERS}])[()](?=[{_HANZI}{_OPENERS}，。；：、])")
_QUOTES = re.compile(r'"([^"\n]{1,300})"')


def find(text: str) -> list[Edit]:
    """Return one edit for each half-width mark of `text` that stands in Chinese."""
    if not _ANY.search(text) or not _CHINESE.search(text):
        return []
    urls = [match.span() for match in _URL.finditer(text)]
    marks = {match.start(): (match[0], _FULL[match[0]]) for match in _MARK.finditer(text)}
    marks.update(_brackets(text))
    marks.update(_quotes(text))
    return [
        Edit(at, at + len(before), after, "P3")
        for at, (before, after) in sorted(marks.items())
        if not any(start <= at < end for start, end in urls)
    ]


def _brackets(text: str) -> dict[int, tuple[str, str]]:
    """Return the half-width brackets of pairs that hold Chinese or stand in it."""
    found: dict[int, tuple[str, str]] = {}
    for match in _BRACKETS.finditer(text):
        beside = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
        if (
            _CHINESE.search(match[1])
            or (match.start() and _CHINESE.match(text, match.start() - 1))
            or (len(beside) == 2 and all(_CHINESE.match(char) for char in beside))
        ):
            for at in (match.start(), match.end() - 1):
                if text[at] in "()":
                    found[at] = (text[at], _FULL[text[at]])
    for match in _ALONE.finditer(text):
        found.setdefault(match.start(), (match[0], _FULL[match[0]]))
    return found


def _quotes(text: str) -> dict[int, tuple[str, str]]:
    """Return the straight quotation marks of a line that pair up around Chinese."""
    found: dict[int, tuple[str, str]] = {}
    if '"' not in text:
        return found
    position = 0
    for line in text.split("\n"):
        if line.count('"') % 2 == 0:
            for match in _QUOTES.finditer(line):
                if _CHINESE.search(match[1]):
                    found[position + match.start()] = ('"', "“")
                    found[position + match.end() - 1] = ('"', "”")
        position += len(line) + 1
    return found

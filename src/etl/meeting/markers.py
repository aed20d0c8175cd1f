"""Markers that may number the items of a list (一是, 第一，, （一）, 1., ①), found by their form."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from etl.lexicon.tables import rows

_START = "\n。；;：:，,、！？!?“‘（( \u3000\t）)"
_SECOND = re.compile(
    r"[二2２②⑵](?:(?<=[第其（(\n。；;：:，,、！？!?“ \u3000]二)|(?<=\A二)|(?<=二)(?=[是要须应则必])"
    r"|(?<=[2２])(?=[.．、)）])|(?<=[（(][2２])|(?<=[②⑵]))"
)
"""What the second item of any list shows (第二, 二是, 2.): without it there is no list."""

_FIRST = re.compile(r"[第其（(①-⑳⑴-⒇\d一二三四五六七八九十]")
"""What any marker begins with."""

_PARAGRAPH = "\n \u3000\t"


class Marker(NamedTuple):
    """A marker at `text[start:end]`; markers of one `form` make a list, `key` is the word behind it."""

    start: int
    end: int
    number: int
    form: str
    key: str


class _Words(NamedTuple):
    numbers: dict[str, int]
    mixing: tuple[str, ...]
    measures: frozenset[str]
    before: frozenset[str]


@cache
def _words() -> _Words:
    found: dict[str, list[str]] = {}
    for row in rows("ordinals"):
        found.setdefault(row["kind"], []).append(row["text"])
    numbers = {row["text"]: int(row["value"]) for row in rows("ordinals") if row["kind"] == "numeral"}
    mixing = tuple(sorted(found["mixing"], key=len, reverse=True))
    return _Words(numbers, mixing, frozenset(found["measure"]), frozenset(found["before"]))


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of everything that may be a marker; its groups are the forms."""
    number = "二十|十[一二三四五六七八九]|[一二三四五六七八九十]"
    return re.compile(
        rf"第(?P<ordinal>{number})(?:点|条|项|个方面|方面)?(?=[，：:,、]|就?是|要)"
        rf"|其(?P<among>{number})(?=[，：:,、是])"
        rf"|[（(](?P<bracket>{number}|\d{{1,2}})[）)]、?"
        r"|(?P<circle>[①-⑳⑴-⒇])"
        r"|(?P<digit>(?<![\d.．])\d{1,2})[.．、)）](?![\d ]*\d)"
        rf"|(?P<bare>{number})(?P<key>(?:{'|'.join(_words().mixing)})(?!(?<=要)[求素点闻务害])|[、，]|[一-鿿])"
    )


def find(text: str) -> list[Marker]:
    """Return the possible markers of a text in order, none where no list can be; lists prove them."""
    found: list[Marker] = []
    if not _SECOND.search(text):
        return found
    end, pattern = 0, _pattern()
    for spot in _FIRST.finditer(text):
        match = pattern.match(text, spot.start()) if spot.start() >= end else None
        if match is None:
            continue
        end = match.end()
        form = match.lastgroup if match.lastgroup != "key" else "bare"
        before = text[match.start() - 1] if match.start() else "\n"
        marker = _marker(match, form or "", before)
        if marker:
            found.append(marker)
    return found


def _marker(match: re.Match[str], form: str, before: str) -> Marker | None:
    printed = match[form]
    number = _words().numbers.get(printed) or int(printed)
    start, end = match.span()
    if form == "bare":
        return _bare(match, number, before)
    if form == "ordinal" and (before not in _START or match.string[end : end + 2] == "、第"):
        return None
    if form == "digit" and before not in _PARAGRAPH and before not in "。；;：:":
        return None
    if form == "among" and before not in _START:
        return None
    return Marker(start, end, number, form, "")


def _bare(match: re.Match[str], number: int, before: str) -> Marker | None:
    """Return the marker of a bare numeral: 一是, 一要 anywhere; 一、 and 一抓 where a clause begins."""
    words, key = _words(), match["key"]
    opens = before in _START
    if key in words.mixing:
        return (
            Marker(match.start(), match.end(), number, "spoken", key)
            if opens or before not in words.before
            else None
        )
    if not opens:
        return None
    if key in "、，":
        following = match.string[match.end() : match.end() + 1]
        heads = before in "\n。；;：: \u3000“" and following not in words.numbers
        return Marker(match.start(), match.end(), number, "heading", "") if heads else None
    return None if key in words.measures else Marker(match.start(), match.end() - 1, number, "repeated", key)

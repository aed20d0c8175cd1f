"""Names that stand in lists: what follows a name, what sums names up, and names that only the list tells."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.meeting import names, short
from etl.meeting.boundary import Name, free, lexicon
from etl.meeting.lexer import Token

JOIN = re.compile(r"[ \u3000]*(?:同志)?(?:[（(][^（）()]{1,20}[）)])?(?:、|以及|和|及|与)[ \u3000]*")
"""What joins two names of a list."""

UNITS = frozenset("办科处部室局所队站组系院班")
"""Characters that end the units of an office."""

_CLOSING = re.compile(
    r"(?P<names>[^、和等，。\s]{2,8}?(?:[、和][^、和等，。\s]{2,8}?){0,20})等?(?:分别|一同|一起|共同|全程)?"
    r"(?:参加|出席|陪同)(?:上述|了?会见|会谈|活动|调研|考察|欢迎|仪式|座谈|会议|。|，)"
)
_ITEM = re.compile(r"[^、和]+")
_COMRADES = re.compile(r"(?P<names>(?:、[\u4e00-\u9fff]{2,3}){1,20})等(?:\d+[名位])?(?:同志|领导)")
# One of a list whose surname no table lists.
_ODD = re.compile(r"[\u4e00-\u9fff]{2,3}(?=、)")


class Found(NamedTuple):
    """A personal name at `text[start:end]`, the office right before it (`post`) or right behind it (`after`).

    `why` is the rule that found it.
    """

    start: int
    end: int
    post: Token | None
    after: Token | None
    why: str


def go_on(text: str, end: int, found: dict[int, Found]) -> None:
    """Read the names that a list goes on with behind `end`."""
    while (join := JOIN.match(text, end)) and join.end() not in found:
        name = names.at(text, join.end(), abroad=True, listed=True) or odd(text, join.end())
        if name is None:
            return
        found[join.end()] = Found(join.end(), name.end, None, None, "name-in-list")
        end = name.end


def odd(text: str, start: int) -> Name | None:
    """Return a name of any surname in a list, vouched for by the two that follow, one of them sure."""
    item = _ODD.match(text, start)
    if item is None or not _called_so(item.group()):
        return None
    end, sure = item.end(), False
    for _ in range(2):
        known = names.at(text, end + 1, listed=True) if text[end : end + 1] in ("、", "和") else None
        if known is None or known.score < 3:
            return None
        sure = sure or names.sure(text[end + 1 : end + 3])
        end = known.end
    return Name(item.end(), 3, "han") if sure else None


def _called_so(word: str) -> bool:
    """Tell whether a word of a list of names is neither an organ, a place nor an ordinary word."""
    return not short.ends_organ(word) and word not in lexicon().places and free(word)


def comrades(text: str, found: dict[int, Found]) -> None:
    """Read a list of bare names that 等同志 sums up, its first behind a unit (工作专班罗婉、石敬等同志)."""
    for match in _COMRADES.finditer(text):
        start = match.start()
        lengths = (2, 3) if text[start - 3 : start - 2] in UNITS else (3, 2)
        first = next((n for n in lengths if _called(text[max(0, start - n) : start])), 0)
        spans = [item.span() for item in _ITEM.finditer(text, start, match.end("names"))]
        if not first or not all(_called(text[slice(*span)]) for span in spans):
            continue
        for low, high in [(start - first, start), *spans]:
            if not any(f.start < high and low < f.end for f in found.values()):
                found[low] = Found(low, high, None, None, "name-in-list")


def _called(word: str) -> bool:
    """Tell whether `word` can be a person's name where only such stand."""
    return (names.surname(word[:1]) or names.surname(word[:2])) and free(word)


def closing(text: str, start: int, found: dict[int, Found]) -> None:
    """Read the bare names of a closing sentence (某某、某某参加会见。), minority names of any form too."""
    match = _CLOSING.match(text, start)
    for item in _ITEM.finditer(match["names"]) if match else ():
        first, last, word = start + item.start(), start + item.end(), item.group()
        if (
            first not in found
            and last - first <= 5
            and not short.ends_organ(word)
            and free(word)
            and word not in lexicon().following
        ):
            found[first] = Found(first, last, None, None, "name-closes")

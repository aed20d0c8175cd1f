"""Of what level of government an event is, in which division, and which organ holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from etl.lexicon.patterns import alternation
from etl.lexicon.tables import rows
from etl.records import Participant

_LEVELS = tuple(
    (level, re.compile(alternation(f"level-{level}")))
    for level in ("国家", "非行政", "乡镇", "县", "省", "市")
)
_HOLDER = re.compile(
    r"(?P<organ>[\u4e00-\u9fff（）]{2,24}?)(?:[（(][^（）()]*[）)])?"
    r"(?:于|在[^，。；]{2,20}|(?:\d+年)?(?:\d+月)?\d+日|上午|下午|晚上?|\s)*"
    r"(?:组织召开|召开|举行|举办|开展)(?!的)"
)
_HOLDS = re.compile("召开|举行|举办|开展")
_ORGAN = re.compile(alternation("organ-end") + "$")
_CLAUSE = re.compile(r"[^，。；：]+")
_HOST = re.compile(r"由(?P<organ>[\u4e00-\u9fff（）、]{2,40}?)(?:联合|共同)?(?:主办|举办)")


_CLASS = re.compile("[省市县区州旗盟]")


@cache
def _places() -> dict[str, str]:
    """Return the divisions whose full name is theirs alone: name -> code."""
    found: dict[str, list[str]] = {}
    for row in rows("places"):
        found.setdefault(row["text"], []).append(row["id"])
    return {name: codes[0] for name, codes in found.items() if len(codes) == 1}


def organizer(text: str, start: int, end: int) -> str | None:
    """Return the organ that holds the event told of in `text[start:end]`, as printed, or None."""
    host = _HOST.search(text, start, end)
    if host:
        return host["organ"]
    for clause in _CLAUSE.finditer(text[start:end]):
        held = _HOLDER.match(clause.group()) if _HOLDS.search(clause.group()) else None
        if held and _ORGAN.search(held["organ"]):
            return held["organ"]
    return None


def level(holder: str | None, name: str | None, people: Sequence[Participant]) -> str | None:
    """Return the level of government that the holder, the first offices or the name tell, or None."""
    offices = [title.text for person in people[:3] for title in person.titles]
    for printed in (holder, *offices, name):
        if printed:
            for found, pattern in _LEVELS:
                if pattern.search(printed):
                    return found
    return None


def division(*printed: str | None) -> str | None:
    """Return the GB/T 2260 code of the division whose full name stands in one of some phrases, or None.

    The narrowest of the first phrase that names one counts; a name that two divisions share decides nothing.
    """
    places = _places()
    for phrase in printed:
        code = None
        for mark in _CLASS.finditer(phrase or ""):
            spots = (
                str(phrase)[start : mark.end()] for start in range(max(0, mark.end() - 11), mark.start())
            )
            code = next((places[spot] for spot in spots if spot in places), code)
        if code:
            return code
    return None

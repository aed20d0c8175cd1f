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


_BEFORE = frozenset("省市州盟区县共国在与和及的届")
_CLASS = re.compile("[省市县区州旗盟]")


# A name that says for whom the meeting is: 全县统筹……工作会议.
_WHOLE = re.compile("全(?P<level>[省市县区州旗])")
_SAME = {"区": "县", "旗": "县", "州": "市"}
# The cities that are provinces.
_MUNICIPAL = frozenset(("11", "12", "31", "50"))


@cache
def _places() -> dict[str, tuple[str, ...]]:
    """Return the codes of the divisions by their full name."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("places"):
        found[row["text"]] = (*found.get(row["text"], ()), row["id"])
    return found


@cache
def _shorts() -> frozenset[str]:
    """Return the names of provinces and cities without their class word."""
    return frozenset(row["short"] for row in rows("places") if row["level"] != "县")


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
    whole = _WHOLE.match(name or "")
    if whole and (holder is None or not holder.startswith("中共中央")):
        return _SAME.get(whole["level"], whole["level"])
    # The last office is the one that a person holds here: 市委常委、区委书记.
    offices = [title.text for person in people[:3] for title in person.titles[::-1]]
    for printed in (holder, *offices, name):
        if printed:
            for found, pattern in _LEVELS:
                if pattern.search(printed):
                    return found
    return None


def division(rank: str | None, region: str | None, *printed: str | None) -> str | None:
    """Return the GB/T 2260 code of the division that an event of level `rank` is of, or None.

    The first of the printed phrases that holds a division's full name decides, its narrowest one. A name that
    several divisions share, and a phrase without one (市委), is decided by `region`, the code of the source.
    Events of the state and of no government have none but a printed one.
    """
    if rank == "国家":
        return None
    for phrase in printed:
        code = None
        for mark in _CLASS.finditer(phrase or ""):
            code = _code(str(phrase), mark.end(), region) or code
        if code:
            return code
    if region is None or rank not in ("省", "市", "县"):
        return None
    own = {"省": region[:2] + "0000", "市": region[:4] + "00", "县": region}[rank]
    if rank == "市" and region[2:4] in ("00", "01", "02") and region[:2] in _MUNICIPAL:
        own = region[:2] + "0000"
    fits = {"省": True, "市": own[2:4] != "00" or own[:2] in _MUNICIPAL, "县": own[4:] != "00"}[rank]
    return own if fits else None


def _code(phrase: str, end: int, region: str | None) -> str | None:
    """Return the code of the division whose full name ends at `end`, the longest first, or None."""
    if phrase[end : end + 1] == "长":
        return None
    places = _places()
    for start in range(max(0, end - 11), end - 1):
        codes = places.get(phrase[start:end], ())
        if not codes or not _begins(phrase, start):
            continue
        near = [code for code in codes if region and code[:4] == region[:4]]
        if len(codes) == 1 or len(near) == 1:
            return (near or list(codes))[0]
    return None


def _begins(phrase: str, start: int) -> bool:
    """Tell whether a division's name can begin at `start`: not inside a longer word (博巴森-荷津市市长)."""
    before = phrase[start - 1 : start]
    if not "\u4e00" <= before <= "\u9fff" or before in _BEFORE:
        return True
    return any(phrase[start - n : start] in _shorts() for n in (2, 3))

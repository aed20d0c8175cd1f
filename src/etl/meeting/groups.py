"""Organs and unnamed office-holders that take part: lists of them, split, with the suffix that they share."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from etl.lexicon.patterns import alternation
from etl.lexicon.tables import rows

_LONGEST = 28
# 和 and 及 join two groups only behind a character that ends one: not in 工业和信息化部.
_SPLIT = re.compile(
    r"[、，,；;]|以及|(?<=[局委部厅办院会心团司府县区市省志人表员队组校处站所室关行社署科党长导家商坊园座仓士生师友民户记）])"
    r"(?:和|与|及)(?=[\u4e00-\u9fff]{2})"
)
_LEAD = re.compile(alternation("group-lead") + r"+")
_TRAIL = re.compile(alternation("group-trail") + r"+$")
_AND_SO_ON = re.compile(
    r"等(?:\d+余?多?|[一二三四五六七八九十百]+)?[个家名位]?(?:[市省区县]直|[市省]级)?(?:有关|相关|主要)?(?:职能)?"
    + alternation("and-so-on")
    + "?$"
)
_COUNTED = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})[一二两三四五六七八九十](?:省|市|县|区)(?:区|市)?(?:人民)?(?:政府|党委)?$"
)
_VAGUE = re.compile(alternation("vague-before") + "*" + alternation("vague") + "*")
_HEARD_SPLIT = re.compile(r"《[^》]*》、?|、|以及|及|和(?=全国|各)")
_BODY = frozenset(("班子成员", "领导班子成员", "班子", "领导班子", "全体成员"))
_CLASS = re.compile(alternation("organ-class"))


class Named(NamedTuple):
    """A group's name at `text[start:end]`."""

    start: int
    end: int


class _Words(NamedTuple):
    heads: re.Pattern[str]
    droppable: frozenset[str]
    organs: re.Pattern[str]
    places: frozenset[str]


@cache
def _words() -> _Words:
    """Return the patterns of heads and organ words at the end of an element, and the names of places."""

    def ending(words: list[str]) -> re.Pattern[str]:
        return re.compile("(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")$")

    heads = rows("heads")
    return _Words(
        ending([r["text"] for r in heads] + [r["text"] for r in rows("posts") if r["kind"] == "post"]),
        frozenset(r["text"] for r in heads if r["strip"] == "1"),
        ending([r["text"] for r in rows("organs")] + ["各部门", "各单位", "单位"]),
        frozenset(p for row in rows("places") for p in (row["text"], row["short"])),
    )


def read(text: str, start: int, end: int, *, strict: bool = False) -> list[Named]:
    """Return the groups named in `text[start:end]`, a region of subjects from which persons were taken out.

    The last element decides whether there is one at all: it ends in a head (负责同志) or an organ word, or
    counts the list (等8个单位). A head that drops is carried over the list. `strict`: nothing may follow it.
    """
    words = _words()
    if strict and _TRAIL.search(text[start:end]):
        return []
    elements = _elements(text, start, end)
    if not elements:
        return []
    last = text[elements[-1][0] : elements[-1][1]]
    more = _AND_SO_ON.search(last)
    counted = bool(_AND_SO_ON.search(last)) and last[-2:] in (
        "部门",
        "单位",
        "地方",
        "企业",
        "地区",
        "街道",
        "乡镇",
        "县区",
    )
    last = last[: more.start()] if more and more.start() > 1 else last
    head = words.heads.search(last)
    shared = counted or bool(head and head.group() in words.droppable)
    if not (shared or head or words.organs.search(last) or last in words.places):
        return []
    found = [_name(text, first, stop, shared) for first, stop in elements]
    return [named for named in found if named]


def heard(text: str, start: int, end: int) -> list[Named]:
    """Return the organs whose report is heard in `text[start:end]` (听取……的汇报)."""
    words = _words()
    found: list[Named] = []
    position = start
    for cut in [*_HEARD_SPLIT.finditer(text[start:end]), None]:
        stop = start + cut.start() if cut else end
        first = position
        lead = _LEAD.match(text, first, stop)
        first = lead.end() if lead else first
        stop_ = stop - (text[stop - 1 : stop] == "的")
        if 3 <= stop_ - first <= _LONGEST:
            element = text[first:stop_]
            head = words.heads.search(element)
            base = element[: head.start()] if head and head.group() in words.droppable else element
            if words.organs.search(base) and not _VAGUE.fullmatch(base) and (head or len(base) > 3):
                found.append(Named(first, first + len(base)))
        position = start + cut.end() if cut else end
    return found


def _elements(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the list elements of a region, with what leads and trails them cut off."""
    found: list[tuple[int, int]] = []
    position = start
    for low, high in [*(m.span() for m in _SPLIT.finditer(text, start, end)), (end, end)]:
        depth = sum(
            text.count(a, position, low) - text.count(b, position, low) for a, b in ("（）", "()", "“”")
        )
        if depth > 0 and (low, high) != (end, end):
            continue
        first, stop = _trim(text, position, low)
        if first < stop:
            found.append((first, stop))
        position = high
    return found


def _trim(text: str, first: int, stop: int) -> tuple[int, int]:
    """Return an element's bounds without blanks, leading adverbials and counts, and trailing predicates."""
    while first < stop and text[first] in " \u3000":
        first += 1
    while stop > first and text[stop - 1] in " \u3000":
        stop -= 1
    lead = _LEAD.match(text, first, stop)
    first = lead.end() if lead else first
    trail = _TRAIL.search(text[first:stop])
    return first, first + trail.start() if trail else stop


def _name(text: str, first: int, stop: int, shared: bool) -> Named | None:
    """Return the group's printed name: a droppable head goes when a named organ stands before it."""
    words = _words()
    more = _AND_SO_ON.search(text[first:stop])
    stop = first + more.start() if more and more.start() > 1 else stop
    element = text[first:stop]
    head = words.heads.search(element)
    drops = bool(head and head.group() in words.droppable)
    base = element[: head.start()] if head and drops else element
    base = _AND_SO_ON.sub("", base)
    if drops:
        base = re.sub(
            r"(?:的|全体|党政|主要|相关|有关|及其|等)+$|(?<=[）局委司部])[\u4e00-\u9fff]{2,4}工作$", "", base
        )
        if head and head.group() in _BODY and re.search(r"(?:党委|党组|支部|总支)$", base):
            return Named(first, stop)
    counted = _COUNTED.search(base)
    if counted and base[: counted.start()] in words.places:
        base = base[: counted.start()]
    if head and len(base) < 2 and not _VAGUE.fullmatch(element):
        return Named(first, first + len(element))
    if len(base) < 2 or len(base) > _LONGEST or "的" in base:
        return None
    if _CLASS.fullmatch(element) or "召开" in base or "举行" in base:
        return None
    if _VAGUE.fullmatch(base) and not re.fullmatch(
        r"各(?:直属|下属|科|处|部|股)[\u4e00-\u9fff]{1,3}|(?!参会|与会|有关|相关|部分|企业|群众)[\u4e00-\u9fff]{2,6}代表",
        base,
    ):
        return None if _VAGUE.fullmatch(element) or not head else Named(first, first + len(element))
    if base in words.places or (words.organs.search(base) and not _CLASS.fullmatch(base)):
        return Named(first, first + len(base))
    if head:
        return Named(first, stop)
    return Named(first, first + len(base)) if shared and len(base) <= 8 else None

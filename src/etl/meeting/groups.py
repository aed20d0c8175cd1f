"""Organs and unnamed office-holders that take part: lists of them, split, with the suffix that they share."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from etl.lexicon.tables import rows

_LONGEST = 28
_SPLIT = re.compile(
    r"[、，,；;]|以及|(?<=[\u4e00-\u9fff]{3})及(?!时|格)|(?<=[\u4e00-\u9fff）)]{2})[和与](?=[\u4e00-\u9fff]{2})"
)
# What may stand before a group in its clause: times, places of the meeting, joints, counts.
_LEAD = re.compile(
    r"^(?:会上|会后|会前|会议期间|座谈会上|随后|期间|当天|同时|[^，。；]{0,14}(?:仪式|会议|论坛|大会|座谈会)上|来自|邀请|由|及|和|与|以及|其中|包括|还有|还"
    r"|\d+日(?:上午|下午)?|\d+余?多?[个名位家]|[一二三四五六七八九十两几数多]+余?多?[个名位家])+"
)
_TRAIL = re.compile(
    r"(?:等(?:\d+余?多?|[一二三四五六七八九十]+)?(?:个|家|名|位)?(?:有关|相关)?(?:部门|单位|地方|企业)?|共计?\d+余?多?(?:名|人|位).*|(?:约|近)?\d+余?多?(?:名|人|位).*|一行"
    r"|分别|先后|依次|逐一|现场|应邀|共同|也|均|都|还|一同|一起|相继|围绕.*|就.*|结合.*|在.*|对.*|向.*|代表.*)+$"
)
_VAGUE = re.compile(
    r"^(?:有关|相关|各|各级|各有关|各相关|全体|参会|与会|到会|在座|其他|所有|本|该|大家|双方|会议|部分|省市|市县|上述|广大|各位)*"
    r"(?:部门|单位|负责人|负责同志|主要负责人|人员|领导|同志|企业|嘉宾|代表|方面|地区|专家|成员|干部|群众|各方|大家|双方|会议|市|县|区|乡|镇|村|省|家|院|部|委|办|处|所|站|中心|项目部|机构|大会|党员)*$"
)


class Named(NamedTuple):
    """A group's name at `text[start:end]`."""

    start: int
    end: int


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return patterns of droppable heads, of all heads and of organ words, each at the end of an element."""

    def pattern(words: list[str]) -> re.Pattern[str]:
        return re.compile("(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")$")

    heads = rows("heads")
    return (
        pattern([r["text"] for r in heads if r["strip"] == "1"]),
        pattern([r["text"] for r in heads]),
        pattern([r["text"] for r in rows("organs")] + ["各部门", "各单位"]),
    )


@cache
def _places() -> frozenset[str]:
    return frozenset(p for row in rows("places") for p in (row["text"], row["short"]))


def read(text: str, start: int, end: int) -> list[Named]:
    """Return the groups named in `text[start:end]`, a subject region from which persons were taken out.

    The last element decides whether there is one at all: it ends in a head (负责同志) or an organ word; a head
    that drops is carried over the whole list.
    """
    elements = _elements(text, start, end)
    if not elements:
        return []
    droppable, heads, organs = _ends()
    last = text[elements[-1][0] : elements[-1][1]]
    shared = bool(droppable.search(last))
    if not shared and not heads.search(last) and not organs.search(last) and last not in _places():
        return []
    found = []
    for first, stop in elements:
        named = _name(text, first, stop, shared)
        if named:
            found.append(named)
    return found


def _elements(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the list elements of a region, with what leads and trails them cut off."""
    found: list[tuple[int, int]] = []
    position = start
    depth = 0
    cuts = [m.span() for m in _SPLIT.finditer(text, start, end)]
    for low, high in [*cuts, (end, end)]:
        depth = text.count("（", position, low) - text.count("）", position, low)
        depth += text.count("“", position, low) - text.count("”", position, low)
        if depth > 0 and (low, high) != (end, end):
            continue
        first, stop = _trim(text, position, low)
        if first < stop:
            found.append((first, stop))
        position = high
    return found


def _trim(text: str, first: int, stop: int) -> tuple[int, int]:
    while first < stop and text[first] in " \u3000":
        first += 1
    while stop > first and text[stop - 1] in " \u3000":
        stop -= 1
    element = text[first:stop]
    lead = _LEAD.match(element)
    if lead:
        first += lead.end()
        element = text[first:stop]
    trail = _TRAIL.search(element)
    if trail:
        stop = first + trail.start()
    return first, stop


def _name(text: str, first: int, stop: int, shared: bool) -> Named | None:
    """Return the group's printed name: a droppable head goes when a named organ stands before it."""
    droppable, heads, organs = _ends()
    if stop - first > _LONGEST or stop - first < 2:
        return None
    element = text[first:stop]
    head = droppable.search(element)
    base = element[: head.start()] if head else element
    base = re.sub(r"(?:的|各|全体|党政|主要|相关|有关)+$", "", base) if head else base
    base = re.sub(r"[一二两三四五六七八九十](?=省|市|县|区)(?:省|市|县|区)(?:人民)?(?:政府|党委)?$", "", base)
    if head and len(base) >= 2 and organs.search(base) and not _VAGUE.match(base):
        return Named(first, first + len(base))
    if _VAGUE.match(element):
        return None
    if head or heads.search(element) or organs.search(element):
        if not head and base != element and len(base) >= 2:
            return Named(first, first + len(base))
        return Named(first, stop)
    if shared and (base in _places() or organs.search(base) or len(base) <= 8):
        return Named(first, first + len(base))
    return None

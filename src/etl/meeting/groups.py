"""Organs and unnamed office-holders that take part: lists of them, split, with the suffix that they share."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.lexicon.patterns import alternation, opening
from etl.meeting.endings import droppable, head, organ, place

_LONGEST = 28
_SHORT = 4
"""A bracket shorter than this belongs to the name: 研究院（筹）."""
# 和 and 及 join two groups only behind a character that ends one: not in 工业和信息化部.
_SPLIT = re.compile(
    r"[、，,；;]|以及"
    r"|(?<=[局委部厅办院会心团司府县区市省志人表员队组校处站所室关行社署科党长导家商坊园座仓士生师友民户记任门网台协联层镇乡村者位）])"
    r"(?:和|与|及)(?=[\u4e00-\u9fff“]{2}|\d)|(?<=企业)及(?=[\u4e00-\u9fff]{2})"
)
_LEAD = re.compile(alternation("group-lead") + "+")
_TRAIL = re.compile(opening("group-trail") + alternation("group-trail") + "+$")
# The list summed up: 等8个单位, or without 等 (县住建局、县水利局2家部门).
_AND_SO_ON = re.compile(
    r"(?:等(?:\d+余?多?|[一二三四五六七八九十百]+)?[个家名位]?|(?:\d+|[两二三四五六七八九十])[个家])"
    r"(?:[市省区县]直|[市省]级)?"
    rf"(?:有关|相关|主要)?(?:职能)?{alternation('and-so-on')}?$"
)
# Who speaks for all of a list: 宣传组、联络组的负责人.
_OF_ALL = re.compile("的(?:主要)?(?:负责人|负责同志|代表)$")
_HEADED = re.compile("领导|负责")
_COUNTED_LIST = re.compile(alternation("counted-list") + "$")
# How many of a place, and which is not said: 云泽县3家企业.
_COUNTED_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}[省市县区镇乡州](?:\d+|[两二三四五六七八九十])[个家].*")
_COUNTED = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})[一二两三四五六七八九十][省市县区](?:区|市)?(?:人民)?(?:政府|党委)?$"
)
_QUALIFIED = re.compile(
    r"(?:的|全体|党政|主要|相关|有关|及其|等)+$|(?<=[）局委司部])[\u4e00-\u9fff]{2,4}工作$"
)
_VAGUE = re.compile(alternation("vague-before") + "*" + alternation("vague") + "*")
_DELEGATES = re.compile(alternation("plain-delegates"))
# Where an adverbial begins: what follows it names no group.
_ADVERBIAL = re.compile(
    r"(?<=[\u4e00-\u9fff）)”][\u4e00-\u9fff）)”])(?:分别|先后|共同|依次|也)?"
    r"(?:在(?![校职岗线编京座家场])|通过|以(?![及上下来外])|围绕|作为|就(?![业任职座])|针对)"
)
_BEFORE_PARTIES = re.compile(r"(?:\d+年)?(?:\d+月)?\d+日(?:[上下]午)?")
_SIDES = re.compile(
    r"(?P<one>[\u4e00-\u9fff（）]{3,24})[与和同](?P<other>[\u4e00-\u9fff（）]{3,24}?)(?:正式|成功|现场|共同|在.*)*"
)
_ALSO = re.compile("[并和]?(?:审议|讨论|审查|评议|审阅)了?")
_HEARD_SPLIT = re.compile(r"《[^》]*》、?|、|以及|及|和(?=全国|各)")
_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"))
_OPENING = frozenset("（(“")
# What only a clause holds: 召开……会, 成立……领导小组.
_CLAUSAL = re.compile("的|召开|举行|^(?:成立|组建|设立)(?=[\u4e00-\u9fff]{4})")
_BODY = re.compile(alternation("group-body"))
_PARTY_ORGAN = re.compile(r"(?:党委|党组|支部|总支)$")
_ALL = re.compile(r"[^的，]{0,14}全体(?!参|与|到|人员|成员|同志|代表团)[\u4e00-\u9fff]{2,8}")
_PART = re.compile(alternation("named-part"))
_ORIGIN = re.compile(r"来自[^，。；的]{1,40}的")
_COUNT = re.compile(r"等?(?:共计?|约|近)?\d+余?多?(?:名|人|位)")
_CLASS = re.compile(alternation("organ-class"))
# What an office before it says: 各村书记、主任.
_LONE = re.compile("(?:副|第一)?(?:书记|主任|校长|院长|处长|科长|站长|所长|经理|部长|组长)|联络员")
# Ours is no name of an organ: 该镇领导班子成员.
_OUR = re.compile("[该本我][镇乡村县市区院校局委司厅]")
# Leaders of a house, not its 部分院: 部分院领导.
_SOME = re.compile("(?:部分|全体|其他|各位)[院校局委县市区镇]$")
# Unnamed, and still who was there: 企业负责人, but not 有关企业负责人.
_STANDS = re.compile(alternation("standing-group"))


class Named(NamedTuple):
    """A group's name at `text[start:end]`."""

    start: int
    end: int


def read(text: str, start: int, end: int, *, strict: bool = False) -> list[Named]:
    """Return the groups named in `text[start:end]`, a region of subjects from which persons were taken out.

    The last element decides whether there is one at all: it ends in a head (负责同志) or an organ word, or
    counts the list (等8个单位). A head that drops is carried over the list. `strict`: nothing may follow it.
    """
    adverbial = None if strict else _ADVERBIAL.search(text, start, end)
    end = adverbial.start() if adverbial else end
    trail = _TRAIL.search(text, start, end) if strict else None
    if trail and trail.start() > start and not _COUNT.fullmatch(trail.group()):
        return []
    origin = _ORIGIN.match(text, start, end)
    elements = _elements(text, origin.end() if origin else start, end)
    while len(elements) > 1 and "的" in _OF_ALL.sub("", text[slice(*elements[-1])]):
        elements.pop()
    if not elements:
        return []
    last = text[elements[-1][0] : elements[-1][1]]
    more = _AND_SO_ON.search(last)
    if more and len(elements) == 1 and _COUNTED_PLACE.fullmatch(last):
        return []
    counted = bool(more and _COUNTED_LIST.search(last))
    last = _plain(last[: more.start()] if more and more.start() > 1 else last)
    ending = head(last)
    shared = counted or droppable(ending) or bool(more and _HEADED.search(more.group()))
    if not (shared or ending or organ(last) or place(last) or _ALL.fullmatch(last) or _PART.fullmatch(last)):
        return []
    found = [_name(text, first, stop, shared) for first, stop in elements]
    return [named for named in found if named]


def _plain(word: str) -> str:
    """Return a group's name without a bracket at its end: 战略部（董事会办公室）."""
    opening = word.rfind("（")
    return word[:opening] if word.endswith("）") and opening > 1 else word


def parties(text: str, start: int, end: int) -> list[Named]:
    """Return the two sides that sign in `text[start:end]` (某集团与某区政府), or nothing."""
    date = _BEFORE_PARTIES.match(text, start, end)
    first = date.end() if date else start
    cut = _SIDES.fullmatch(text, first, end)
    if cut is None or not (organ(cut["one"]) or organ(cut["other"])):
        return []
    return [Named(*cut.span("one")), Named(*cut.span("other"))]


def heard(text: str, start: int, end: int) -> list[Named]:
    """Return the organs whose report is heard in `text[start:end]` (听取……的汇报)."""
    found: list[Named] = []
    also = _ALSO.match(text, start, end)
    position = also.end() if also else start
    for cut in [*_HEARD_SPLIT.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        lead = _LEAD.match(text, position, stop)
        first = lead.end() if lead else position
        stop -= text[stop - 1 : stop] == "的"
        if 3 <= stop - first <= _LONGEST:
            element = text[first:stop]
            ending = head(element)
            base = element.removesuffix(ending) if droppable(ending) else element
            base = _AND_SO_ON.sub("", base)
            if (
                organ(base)
                and not _VAGUE.fullmatch(base)
                and (ending or len(base) > 3 or found or text.startswith(("关于", "、"), stop))
            ):
                found.append(Named(first, first + len(base)))
        position = cut.end() if cut else end
    return found


def _elements(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the list elements of a region, with what leads and trails them cut off."""
    found: list[tuple[int, int]] = []
    position = start
    bracketed = not _OPENING.isdisjoint(text[start:end])
    for low, high in [*(m.span() for m in _SPLIT.finditer(text, start, end)), (end, end)]:
        if bracketed and low < end:
            depth = sum(text.count(a, position, low) - text.count(b, position, low) for a, b in _PAIRS)
            if depth > 0:
                continue
        first, stop = _trim(text, position, low)
        if first < stop:
            found.append((first, stop))
        position = high
    return found


def _trim(text: str, first: int, stop: int) -> tuple[int, int]:
    """Return an element's bounds without blanks, leading adverbials and counts, trailing predicates."""
    while first < stop and text[first] in " \u3000":
        first += 1
    while stop > first and text[stop - 1] in " \u3000":
        stop -= 1
    lead = _LEAD.match(text, first, stop)
    first = lead.end() if lead else first
    trail = _TRAIL.search(text, first, stop)
    return first, trail.start() if trail else stop


def _name(text: str, first: int, stop: int, shared: bool) -> Named | None:
    """Return the group's printed name: a droppable head goes when a named organ stands before it."""
    more = _AND_SO_ON.search(text, first, stop)
    stop = more.start() if more and more.start() > first + 1 else stop
    element = text[first:stop]
    if _CLASS.fullmatch(element) or stop - first < 2:
        return None
    ending = head(element)
    base = _base(element, ending)
    counted = _COUNTED.search(base)
    if counted and place(base[: counted.start()]):
        base = base[: counted.start()]
    if _whole(element, base, ending):
        return Named(first, stop)
    if _nameless(element, base, ending):
        return None
    if _PART.fullmatch(base) and not _CLASS.fullmatch(base):
        return Named(first, stop if ending and base == element else first + len(base))
    if _VAGUE.fullmatch(element) and not (_DELEGATES.fullmatch(base) or _PART.fullmatch(element)):
        return None
    if _VAGUE.fullmatch(base) and not _DELEGATES.fullmatch(base):
        return Named(first, stop) if ending else None
    if organ(plain := _plain(base)) and plain != base and not _CLASS.fullmatch(plain):
        return Named(first, first + len(base if len(base) - len(plain) < _SHORT else plain))
    if place(base) or (organ(base) and not _CLASS.fullmatch(base)):
        return Named(first, first + len(base))
    if ending and not (shared and base in element and element[len(base) :].startswith("等")):
        return Named(first, stop)
    return Named(first, first + len(base)) if shared and len(base) <= 8 else None


def _base(element: str, ending: str) -> str:
    """Return an element without a head that drops, and without what qualifies that head."""
    if not droppable(ending):
        return element
    base = _QUALIFIED.sub("", _AND_SO_ON.sub("", element.removesuffix(ending)))
    return element if _BODY.fullmatch(ending) and _PARTY_ORGAN.search(base) else base


def _whole(element: str, base: str, ending: str) -> bool:
    """Tell whether a group is named by all of its phrase: head and all (该镇班子成员, 分管负责人)."""
    if _ALL.fullmatch(element) and base in (element, ""):
        return True
    if _LONE.fullmatch(element):
        return False
    if _STANDS.fullmatch(element) or _OUR.fullmatch(base) or (ending == "领导" and _SOME.search(base)):
        return True
    if len(base) < 2:
        return not (base and "负责" in ending) and not _VAGUE.fullmatch(element)
    if _nameless(element, base, ending):
        return False
    led = ending.startswith("分管") and not (organ(_plain(base)) or _CLASS.fullmatch(_plain(base)[1:]))
    parted = bool(ending) and base.rstrip("）").endswith(("分管", "联系"))
    return led or parted or (bool(ending) and base.startswith("全体") and len(base) < 4)


def _nameless(element: str, base: str, ending: str) -> bool:
    """Tell whether a phrase names nobody: a bare office, a class of organs, a clause."""
    if _LONE.fullmatch(element) or len(base) < 2:
        return True
    described = "的" in element and _CLASS.fullmatch(base)
    return bool(described) or len(base) > _LONGEST or bool(_CLAUSAL.search(base))

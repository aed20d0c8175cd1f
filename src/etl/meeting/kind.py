"""What kind of meeting a name speaks of, its number, and how people took part."""

from __future__ import annotations

import re

_SESSION = re.compile(
    r"第(?P<number>[一二三四五六七八九十百零〇两\d]+)[次期轮场讲](?!会?员)|(?P<ordinal>[一二三四五六七八九十百\d]+)次(?:全体)?会议"
)
_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_KINDS = re.compile(
    r"常委会(?:（扩大）)?会议|常务会议|党组(?:（扩大）)?会议|主席会议|委员长会议|主任会议|联组会议|全体会议|电视电话会议|视频会议"
    r"|代表大会|民主生活会|组织生活会|学习研讨会|中心组[^，]{0,8}学习|集体学习|专题学习"
)
_TELEPHONE = re.compile(r"电视电话会议|电话会议")
_VIDEO = re.compile(
    r"视频(?:会议|会|连线|会晤|会见|峰会|调度|形式|方式)|线上(?:会议|形式|方式|举行|召开)|云端|分会场"
)


_OUTRIGHT = re.compile(
    r"(?:会议|大会|座谈会|活动)[^，。；]{0,4}(?:以|采[用取]|通过)[^，。；]{0,12}(?:视频|电视电话|线上)"
    r"|(?:在|设)[^，。；]{0,16}分会场"
)
_ON_SITE = re.compile(
    "现场(?:会(?!议室|场)|推进会|观摩会|交流会|调度会|办公会|评审会|经验交流会)|线下(?:会议|形式|方式|举行|召开)|以现场(?:会议)?(?:形式|方式)"
)


def kind(name: str | None, noun: str | None, verb: str | None) -> str | None:
    """Return the kind of event: the telling part of its name, its head noun, or its verb (会见)."""
    if name:
        found = _KINDS.findall(name)
        if found:
            return str(found[-1])
    return noun or verb


def session(name: str | None) -> int | None:
    """Return the session's number in a meeting's name (第十二次 -> 12), the last printed, or None."""
    found = list(_SESSION.finditer(name or ""))
    return number(found[-1]["number"] or found[-1]["ordinal"]) if found else None


def number(printed: str) -> int | None:
    """Return the value of a Chinese or Arabic numeral below 1000, or None."""
    if printed.isascii() and printed.isdigit():
        return int(printed) if len(printed) < 9 else None
    total, unit = 0, 0
    for char in printed:
        if char in "百十":
            total += (unit or 1) * (100 if char == "百" else 10)
            unit = 0
        elif char in _DIGITS:
            unit = unit * 10 + _DIGITS[char]
        else:
            return None
    return total + unit


def attendance(name: str | None, sentence: str, more: str = "") -> str | None:
    """Return how people took part: 电视电话, 视频, 现场, or None where nothing tells.

    The name tells first, then the event's sentence, then what the next sentences say of it outright
    (会议以视频形式召开, 在分会场参加).
    """
    for printed in (name or "", sentence):
        if _TELEPHONE.search(printed):
            return "电视电话"
        if _VIDEO.search(printed):
            return "视频"
    told = _OUTRIGHT.search(more)
    if told:
        return "电视电话" if "电话" in told.group() else "视频"
    return "现场" if _ON_SITE.search(name or "") or _ON_SITE.search(sentence) else None

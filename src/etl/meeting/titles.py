"""Offices printed before a name: where a title begins, and how a run of titles is split on 、."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.lexicon.patterns import alternation
from etl.meeting.lexer import Token
from etl.records import Span, Title

_LONGEST = 48
# Words behind which a title begins: times, prepositions, particles and verbs, but not inside names and words
# that contain the same characters (大同, 于都, 对外, 参与).
_CUT = re.compile(alternation("title-cut"))
_JOINT = re.compile(r"(?:同志|先生|女士)?(?:以及|代表|陪同|[和及与同、])")
_PLURAL = re.compile("各|全体|部分|有关|相关|其他|所有|等|们|代表|委员$|成员$|常委$|人员|领导|书记$")
_AND = re.compile("[和及与](?=[\u4e00-\u9fff]{4})")
# Behind these the offices of a guest begin: 会见某集团总裁，某公司董事长罗婉.
_MET = re.compile("(?:亲切|热情)?(?:会见|会晤|接见|拜会|拜访)了?")
_SEPARATORS = "、,，;；。：:\n！？!?“”"


def _low(text: str, end: int, floor: int) -> int:
    """Return the end of the separator before `end`, brackets skipped, not below `floor`."""
    pos, depth = end, 0
    while pos > max(floor, end - _LONGEST):
        char = text[pos - 1]
        if char in "）)》":
            depth += 1
        elif char in "（(《":
            if not depth:
                break
            depth -= 1
        elif not depth and char in _SEPARATORS:
            if char == "”" and text.rfind("“", max(floor, end - _LONGEST), pos) >= 0:
                pos = text.rfind("“", max(floor, end - _LONGEST), pos) + 1
            else:
                break
        pos -= 1
    return pos


def _begin(text: str, low: int, end: int, floor: int) -> int:
    """Return where the title that ends at `end` begins: behind the last word that cannot be inside one."""
    start = low
    if low == floor and (joint := _JOINT.match(text, low, end)):
        start = joint.end()
    for cut in _CUT.finditer(text, start, unbracketed(text, end)):
        if cut.end() < end:
            start = cut.end()
    while start < end and text[start] in " \u3000）)":
        start += 1
    if start + 2 < end and text[start] == "我" and text[start + 1] in "院校局委司厅部所处队馆台县市省区":
        start += 2
    return start


def run(text: str, end: int, floor: int, posts: Mapping[int, Token]) -> list[Span]:
    """Return the offices that stand in a row before `end`, in printed order, right of `floor`.

    `posts` maps the end of each post word to its token: an element of the row that ends in none ends the row.
    """
    found: list[Span] = []
    while True:
        while end > floor and text[end - 1] in " \u3000":
            end -= 1
        low = _low(text, end, floor)
        start = _begin(text, low, end, floor)
        start = _joined(text, start, end, posts)
        if start < end:
            found.append(Span(start, end))
        joint = text[start - 1] if start > floor and text[start - 1] in "及兼" else ""
        over = (
            not joint
            and start == low > floor
            and text[low - 1] == "，"
            and _goes_on(text, low - 1, floor, posts)
        )
        if (not joint and start != low) or low <= floor or (not joint and not over and text[low - 1] != "、"):
            break
        end = start - 1 if joint else low - 1
        if unbracketed(text, end) not in posts:
            break
    return found[::-1]


def _goes_on(text: str, comma: int, floor: int, posts: Mapping[int, Token]) -> bool:
    """Tell whether a clause of nothing but single offices ends at a comma: 某院院士，某协会主席罗婉."""
    start = max(floor, comma - _LONGEST, *(text.rfind(mark, floor, comma) + 1 for mark in "。，；\n"))
    met = _MET.match(text, start, comma)
    start = met.end() if met else start
    office = text[start:comma]
    ends = [start + cut.start() for cut in re.finditer("、", office)] + [comma]
    single = all(end in posts and posts[end].kind == "post" for end in ends)
    bounded = bool(met) or (start > floor and text[start - 1] in "。，；\n")
    return single and bounded and len(office) > 3 and not _PLURAL.search(office) and not _CUT.search(office)


def _joined(text: str, start: int, end: int, posts: Mapping[int, Token]) -> int:
    """Return where the title begins behind an office that 和 joins to it (教授和获奖者某某)."""
    for cut in _AND.finditer(text, start, end):
        if cut.start() in posts and posts[cut.start()].kind == "post":
            start = cut.end()
    return start


def unbracketed(text: str, end: int) -> int:
    """Return `end` moved before a short bracket that closes there: 副总经理（主持工作）."""
    if end and text[end - 1] in "）)":
        opening = max(text.rfind("（", max(0, end - 14), end), text.rfind("(", max(0, end - 14), end))
        if opening > 0:
            return opening
    return end


def split(text: str, span: Span, post: Token | None) -> Title:
    """Return the title at `span`, its organ and post told apart at the last organ word before the post."""
    printed = span.of(text)
    if post is None or post.start <= span.start:
        return Title(printed, span, None, printed if post else None)
    start = post.start
    if text[start : start + 1] in "局厅部院处科委" and text[start : start + 1] == text[start + 1 : start + 2]:
        start += 1  # 民政局局长: the first 局 ends the organ
    for prefix in ("常务副", "第一副", "副", "原", "代"):
        if text.startswith(prefix, start - len(prefix)) and start - len(prefix) >= span.start:
            start -= len(prefix)
            break
    organ = text[span.start : start]
    return Title(printed, span, organ or None, text[start : span.end])

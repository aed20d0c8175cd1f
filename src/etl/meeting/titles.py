"""Offices printed before a name: where a title begins, and how a run of titles is split on 、."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.meeting.lexer import Token
from etl.records import Span, Title

_LONGEST = 48
# Words behind which a title begins: times, prepositions, particles and verbs, but not inside the names and words
# that contain the same characters (大同, 于都, 对外, 参与).
_CUT = re.compile(
    r"(?<=\d)日?(?:上午|下午|中午|晚上?|凌晨|傍晚|夜间?)|(?<=\d)[日时分]|上午|下午|中午|傍晚|晚上|凌晨"
    r"|当天|当日|近日|日前|今天|昨天|昨日|今日|此前|随后|之后|然后|接着|会上|会后|会前|会中|期间|其间|[式话会议坛]上|[话辞言告]中"
    r"|(?<![\u4e00-\u9fff])应(?![急用城县])|邀请|特邀|聘请|来自|包括|其中|以及|(?<!普)及(?!时)|听取了?|会见了?|看望了?|欢迎|陪同|率领|带领|委托|关于|主持召开|主持|出席|参加"
    r"|(?<![自理])由(?!来)|(?<!接)受(?!理)|被|(?<![核校面])对(?![外口台])|(?<![方导转动])向(?!阳)"
    r"|(?<![存所实潜])在(?![校职线])|(?<![大共相协如等])同(?![济心江仁安盟乡德学志文])|(?<!参)(?<!发展|科学|教育|计划|卫生|艺术|经济|政治|历史|材料|信息|工程|文化|管理|国际|环境|资源|规划|安全|技术|食品|建筑|设计|体育|音乐|社会|法律|语言|新闻|生命|机械|化学|物理|数学|算机|城市|公共|交通|能源|海洋|旅游|传播|研究|预防|质量|党建|审计|财务|监察|纪检|住房|商务|统计|组织|宣传|人口|民族|农业|林业|电子|通信|软件|网络|土木|哲学)与(?!会)|(?<![行作])为"
    r"|[是的了着过据赴]|(?<![关对位基由属])于(?![都田洪])|(?<![未近以马])来(?![宾安凤访])|(?<![达得报])到"
    r"|(?<=[\u4e00-\u9fff])等(?=[\u4e00-\u9fff]{4})|分别|先后|依次|还有|(?<=\d)[名位](?=[\u4e00-\u9fff])"
)
_JOINT = re.compile(r"(?:同志|先生|女士)?(?:以及|代表|陪同|[和及与同、])")
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
    """Return the offices that stand in a row before `end`, in printed order; nothing left of `floor` is touched.

    `posts` maps the end of each post word to its token: an element of the row that ends in none ends the row.
    """
    found: list[Span] = []
    while True:
        while end > floor and text[end - 1] in " \u3000":
            end -= 1
        low = _low(text, end, floor)
        start = _begin(text, low, end, floor)
        if start < end:
            found.append(Span(start, end))
        if start != low or low <= floor or text[low - 1] != "、":
            break
        end = low - 1
        if unbracketed(text, end) not in posts:
            break
    return found[::-1]


def unbracketed(text: str, end: int) -> int:
    """Return `end` moved before a short bracket that closes there: the end of 副总经理 in 副总经理（主持工作）."""
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
    for prefix in ("常务副", "第一副", "副", "原", "代"):
        if text.startswith(prefix, start - len(prefix)) and start - len(prefix) >= span.start:
            start -= len(prefix)
            break
    organ = text[span.start : start]
    return Title(printed, span, organ or None, text[start : span.end])

"""Where the event took place: the most exact place printed for it."""

from __future__ import annotations

import re

from etl.records import Span

_HOLD = "召开|举行|举办|开幕|闭幕|召集|组织召开|主持召开|主持|出席|参加|会见|会晤|会谈|同|与|进行|开展|发表|接受|接见|签署|签约|举行会谈|隆重|顺利|正式|成功|圆满|胜利|集体|分别|以视频|通过视频|就|开班|结业|启动|揭牌|落幕|参观|看望|向|(?<!认)为|听取|观看|组织|启幕|拉开|如期"
_AT = re.compile(
    rf"(?<![存所实潜正现])在(?P<place>[^，。；：、“”\n]{{1,30}}?(?:、[^，。；：、“”\n]{{1,12}})?)(?={_HOLD})"
)
_AT_END = re.compile(r"(?:召开|举行|举办)(?:于|在)(?P<place>[^，。；：、“”\n]{2,24})(?=[，。；])")
_TO = re.compile(
    r"(?:先后到|到|(?<![未近以])来(?![自到宾])|赴|来到|赶赴|前往|深入|走进|抵达|莅临|在)(?P<place>[^，。；：“”\n]{2,28}?)"
    r"(?=进行|开展|专题|实地|集中|就|围绕|调研|考察|视察|慰问|走访|看望|检查|督查|督导|督察|参观|交流|访问|指导|调查|专程|观摩|夜查|巡查|座谈|展开|暗访|学习考察|集体|现场|督办|开展)"
)
_VISITED = re.compile(
    r"(?:考察|调研|视察|走访|看望慰问|慰问|参观|检查|督导)了?(?P<place>[^，。；：“”\n]{2,26}?(?:公司|[村镇乡]|社区|学校|医院|园区|基地|企业|大学|学院|工地|现场|中心))(?=[，。；]|的|工作|建设|情况)"
)
_NOT = re.compile(
    r"(?:会上|会议上|仪式上|座谈会上|论坛上|会议期间|期间|讲话中|发言中|致辞中|时|之际|后|前|中|下|过程|基础|方面|的|上|之中|任|座|职|会议|大会|听取|主持|陪同.*|领导)$|陪|率领|带领|主任|书记|^(?:我院|我校|我局|我委|我司|我厅|我县|我市|我省|我区|我公司|会议|会|校|院|此|这|场|座|册|岗|押|逃|编|内|外|建|全|习近平|党的|以|强调|谈|推动|促进|做|新|促进)"
)


def read(text: str, start: int, end: int, kind: str) -> Span | None:
    """Return the place of an event of `kind` printed in `text[start:end]` (its own sentence), or None."""
    patterns = (
        (_TO, _AT, _VISITED)  if kind == "inspection" else (_AT, _AT_END, _TO) if kind == "ceremony" else (_AT, _AT_END)
    )
    for pattern in patterns:
        for match in pattern.finditer(text, start, end):
            first, last = match.span("place")
            place = text[first:last]
            if not _NOT.search(place):
                return Span(first, last)
    return None


def visited(text: str, start: int, end: int) -> Span | None:
    """Return the place to which a party came for the meeting (到……交流座谈), or None."""
    return next((Span(*m.span("place")) for m in _TO.finditer(text, start, end) if not _NOT.search(m["place"])), None)


_PARTY = re.compile(r"代表团|考察团|考察组|访问团|调研组|督导组|督查组|检查组|工作组|慰问团|慰问组|专家组|一行|率团|率队|带队")


def arrives(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` says that a delegation came to a place (代表团赴……考察)."""
    party = _PARTY.search(text, start, end)
    return bool(party and any(not _NOT.search(m["place"]) for m in _TO.finditer(text, party.end(), end)))

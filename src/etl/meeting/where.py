"""Where the event took place: the most exact place printed for it."""

from __future__ import annotations

import re

from etl.lexicon.patterns import alternation
from etl.records import Span

_AT = re.compile(
    r"(?<![存所实潜现])(?:(?<!正)|(?<=[任席记长员理授士][\u4e00-\u9fff]正))在(?P<place>[^，。；：、“”\n]{1,30}?(?:、[^，。；：、“”\n]{1,12}?)?)"
    + f"(?={alternation('at-place')})"
)
_AT_END = re.compile(r"(?:召开|举行|举办)(?:于|在)(?P<place>[^，。；：、“”\n]{2,24})(?=[，。；])")
_TO = re.compile(
    alternation("toward") + r"(?P<place>[^，。；：“”\n]{2,28}?)" + f"(?={alternation('to-place')})"
)
_VISITED = re.compile(
    alternation("visited")
    + rf"了?(?P<place>[^，。；：“”\n]{{2,26}}?{alternation('visited-end')})(?=[，。；]|的|工作|建设|情况)"
)
_NOT = re.compile(alternation("no-place"))
_LOOSE = re.compile(alternation("loose-place"))
_PLACE = re.compile(alternation("place-end") + "$")


def read(text: str, start: int, end: int, kind: str) -> Span | None:
    """Return the place of an event of `kind` printed in `text[start:end]` (its own sentence), or None."""
    patterns = (
        (_TO, _AT, _VISITED)
        if kind == "inspection"
        else (_AT, _AT_END, _TO)
        if kind == "ceremony"
        else (_AT, _AT_END)
    )
    for pattern in patterns:
        for match in pattern.finditer(text, start, end):
            first, last = match.span("place")
            place = text[first:last]
            if not _refused(place):
                return _trimmed(text, first, last)
    return None


_SAT_IN = re.compile(
    r"(?<=[，。；\s])(?:本次|此次|该|交流)?[\u4e00-\u9fff]{0,3}(?:会议?|仪式|论坛|活动|典礼|讲座|培训)"
    r"(?:\d+日)?(?:[上下]午)?[还又]?(?:通过[^，。；]{2,8}方式|以[^，。；]{2,8}[形方]式)?"
    r"在(?P<place>[^，。；：“”\n]{2,24}?)(?:隆重|顺利|如期|同时)?(?:召开|举行|进行|举办)"
)


_SITS_IN = re.compile(r"在(?P<place>[^，。；：、“”\n]{2,24}?)(?:召开|举行)了?(?:座谈|汇报|反馈|交流)会")
_BRANCH = re.compile(r"在(?P<place>[^，。；：、“”\n]{2,14}分会场)(?:参会|参加|出席|收听|收看)")


def sat_in(text: str, start: int, end: int) -> Span | None:
    """Return the place that a later sentence tells of the meeting (会议在……进行), or None."""
    for pattern, stop in ((_SAT_IN, end), (_SITS_IN, end), (_BRANCH, len(text))):
        for match in pattern.finditer(text, start, stop):
            span = Span(*match.span("place"))
            if not _refused(span.of(text)):
                return span
    return None


def _refused(place: str) -> bool:
    """Tell whether a phrase is no place: 在会上, 全面, unless it ends as places do (全民健身中心)."""
    return bool(_NOT.search(place)) or bool(_LOOSE.search(place) and not _PLACE.search(place))


def _trimmed(text: str, first: int, last: int) -> Span:
    """Return the span without a bracket that explains the place (以下简称……) and without 多地."""
    opening = text.find("（以下", first, last)
    last = opening if opening > first else last
    dash = text.find("——", first, last)
    first = dash + 2 if dash > first else first
    first += 2 if text[first] == "我" and text[first + 1] in "县市区省" and last > first + 3 else 0
    return Span(first, last - 2 if text.endswith("多地", first + 2, last) else last)


def visited(text: str, start: int, end: int) -> Span | None:
    """Return the place to which a party came for the meeting (到……交流座谈), or None."""
    return next(
        (Span(*m.span("place")) for m in _TO.finditer(text, start, end) if not _refused(m["place"])), None
    )


# The host speaks of itself: a place to arrive at, but none to tell.
_HOST = re.compile("我?(?:集团)?(?:公司|[校院局委厅所厂矿市县区镇乡])|我集团(?:公司)?")
_SURVEY = re.compile(
    r"组织[^，。；]{0,20}(?:代表|委员)(?:(?:开展|进行)[^，。；、]{0,10})?(?:视察|调研|考察)(?!室|报告|员)"
)
_PARTY = re.compile(alternation("party") + "|一行|率团|率队|带队")


def arrives(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` says that a delegation came to a place (代表团赴……考察)."""
    if _SURVEY.search(text, start, end):
        return True
    party = _PARTY.search(text, start, end)
    places = [m["place"] for m in _TO.finditer(text, party.end(), end)] if party else []
    return any(not _refused(place) or _HOST.fullmatch(place) for place in places)

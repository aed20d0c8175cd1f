"""Names of meetings and ceremonies: phrases before 召开 and behind 主持召开 or 出席."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from etl.lexicon.patterns import alternation
from etl.lexicon.tables import rows
from etl.meeting.lexer import Token
from etl.meeting.segment import Parsed, Sentence

_start = attrgetter("start")
_HELD = re.compile(alternation("held"))
_TAKES_PLACE = frozenset(
    ("召开", "举行", "举办", "开幕", "闭幕", "落幕", "启幕", "开班", "开赛", "开讲", "开课", "组织召开")
)
_RANK = {
    "出席": 1.2,
    "作": 1.1,
    "作了": 1.1,
    "做": 1.1,
    "做了": 1.1,
    "参加": 2.5,
    "在": 1.5,
    "开展": 0.8,
    "进行": 0.8,
    "组织": 1.0,
    "收听收看": 0.5,
    "收看": 0.5,
    "收听": 0.5,
    "主持": 0.6,
    "组织开展": 0.8,
}
_BARE = re.compile("(?:此次|本次|这次|该|次|本届|一次|有关|相关|重要|全|了)*" + alternation("bare-name"))
_STRIP = re.compile(alternation("name-strip") + r"+")
# Who holds it is no part of its name: 市政协组织的……座谈会, 在县检察院召开的……会议.
_HOST = re.compile("[^，。“”《》]{2,20}?(?:组织|举办|主办|承办|召开|举行)的")
_CUT = re.compile(alternation("name-cut"))
_TIME_PLACE = re.compile(alternation("time-place") + r"*")
_STOPS = re.compile("[并，。]")
_SAID = re.compile(
    r"(?:上|中)(?!的)(?:[^，。的]{0,12})(?:强调|指出|讲话|表示|说|致辞|发表|要求|作|发言|提出|宣布)"
)
_ENDS = re.compile(
    r"(?:上|并|，|、|的|期间|后|前|时|精神|以|对(?![标口外接])|就|在|中(?!心组)|和|部署|要求|通知)"
)
_JOINS = re.compile(
    r"(?:暨|中心组|[（(“]|及|·|—|第|开幕|闭幕|领导小组|高峰|工作|专题|全体|成员|年度|季度)|$"
    r"|[\u4e00-\u9fff]{2,10}(?:组长|召集人|联络员|委员|代表|成员|负责人)$"
)


# What is decided on is not what is reported: 审议通过了关于召开……的决定.
_PLANNED = re.compile(r"关于|建议|决定|提请|同意")
_ASIDE = re.compile(r"(?:在[^，。；]{2,20}后)?")
# Who attends something else is only described: 来华出席……的某国总统, 赴……出席……之际.
_ATTRIBUTE = re.compile(
    r"的(?!有|还有|[^，。；]{0,8}[有包])[^，。；]{0,12}(?:总统|总理|首相|主席|议长|国王|外长|部长|大臣|贵宾|外宾|宾客)|[^，。；]{0,30}之际"
)
_TOGETHER = re.compile(r"暨[^，。；、]{2,20}?(?:活动|大会|会议?|仪式|典礼)(?=[，。；、\s]|$|[在于])")
_TOPIC = ("工作", "筹备", "起草", "准备", "建设", "活动")
_BUSY = re.compile(
    "研究|部署|传达|学习|听取|审议|通报|总结|安排|贯彻|落实|动员|讨论|推进|交流|分析|[，。；、]"
)
_OCCASION = re.compile("[^，。；]{0,30}之际")
_REHEARSED = re.compile(r"(?:第[一二三四五六\d]+次)?(?:全要素|综合|联合|合成)*(?:演练|彩排|预演|合练|排练)")
# What is congratulated or still far off is not reported: 致信祝贺大会开幕, 距运动会开幕.
_GREETED = re.compile("致信|致电|致贺|祝贺|(?:^|[，。；]|(?<=\n))距")
_YET = ("还有", "倒计时", "在即", "以来")
# A clause between a meeting and its end: ……会议，在完成各项议程后，于……闭幕.
_AFTER = re.compile(r"在[^，。；]{2,30}后")
_ISSUE = re.compile(
    r"”?第[一二三四五六七八九十百\d]+[期讲场季]|”?(?:系列)?活动(?=在|于|\d|隆重|正式|圆满|成功|[举召开])|”(?=开幕|闭幕|在|举行)"
)
# How often meetings were held is no event: 先后召开推进会12次.
_TIMES = re.compile(r"\d+余?多?[次场]|[两三四五六七八九十数多]+余?[次场]")
# Organs that hold meetings, though their names end like one's: 市委常委会召开会议.
_ORGAN = frozenset(("常委会", "理事会", "董事会", "全委会", "委员会", "党委会", "党组会", "联席会议"))
_OTHER = re.compile(r"召开|举行|举办|出席|主持|会见|会谈|访问|听取|应邀|参加|收看|收听")


@cache
def countries() -> frozenset[str]:
    """Return the names of foreign countries."""
    return frozenset(r["text"] for r in rows("countries") if r["kind"] == "country" and r["text"] != "中国")


class Candidate(NamedTuple):
    """A phrase `text[start:end]` that may be the event's name: its pattern, head noun and rank.

    `rank` grows as the pattern says less: held, chaired, attended. A bare one (会议) names nothing.
    """

    start: int
    end: int
    pattern: str
    noun: Token
    rank: float
    bare: bool


def candidates(parsed: Parsed, sentence: Sentence, tokens: Sequence[Token]) -> list[Candidate]:
    """Return the candidate names of one sentence in text order."""
    text = parsed.text
    low, high = (bisect_left(tokens, place, key=_start) for place in (sentence.start, sentence.end))
    nouns = [token for token in tokens[low:high] if token.kind == "noun"]
    found: list[Candidate] = []
    if not nouns:
        return found
    before: tuple[int, int] | None = None
    for start, end in _clauses(text, sentence):
        here = nouns[bisect_left(nouns, start, key=_start) : bisect_left(nouns, end, key=_start)]
        for held in _HELD.finditer(text, start, end):
            verb = held.group()
            if text.startswith(_YET, held.end()):
                continue
            if _PLANNED.search(text, start, held.start()) or text.startswith("、", held.end()):
                continue
            if verb in _TAKES_PLACE:
                item = _in_front(text, start, [t for t in here if t.end <= held.start()], held.start())
                if item is None and before and _TIME_PLACE.fullmatch(text, start, held.start()):
                    first, last = before
                    earlier = [t for t in nouns if first <= t.start and _ASIDE.fullmatch(text, t.end, last)]
                    item = _in_front(text, first, earlier, last)
                behind = [t for t in here if t.start >= held.end()]
                if item and behind and text[item.noun.start : item.noun.end] in _ORGAN:
                    item = None
                found += [item] if item else []
            if verb not in ("开幕", "闭幕", "落幕", "启幕", "开班") and (
                text[held.end() : held.end() + 1] != "的" or _TIME_PLACE.fullmatch(text, start, held.start())
            ):
                item = _behind(text, held.end(), [t for t in here if t.start >= held.end()], verb)
                found += [item] if item else []
        if not (before and _AFTER.fullmatch(text, start, end)):
            before = (start, end)
    return found


_CLAUSE = re.compile(r"(?:[^，；。：,;“（《(]+|“[^”]*”?|（[^）]*）?|《[^》]*》?|\([^)]*\)?)+")


def _clauses(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """Return the clauses of a sentence; marks inside quotations and brackets split none."""
    return [match.span() for match in _CLAUSE.finditer(text, sentence.start, sentence.end)]


def _in_front(text: str, start: int, nouns: Sequence[Token], verb: int) -> Candidate | None:
    """Return the name in front of 召开: only times and places stand between its noun and the verb."""
    if _GREETED.search(text, start, verb):
        return None
    for noun in nouns[::-1]:
        issue = _ISSUE.match(text, noun.end)
        if verb - noun.end > 60 or not _TIME_PLACE.fullmatch(text, issue.end() if issue else noun.end, verb):
            continue
        first = start
        for cut in _CUT.finditer(text, start, noun.start):
            if text.count("“", start, cut.start()) == text.count("”", start, cut.start()):
                first = cut.end()
        return _candidate(text, first, noun, "held", 0.0)
    return None


def _behind(text: str, start: int, nouns: Sequence[Token], verb: str) -> Candidate | None:
    """Return the name behind 召开 or 出席: up to its last head noun, before 并 and the end of the clause."""
    last: Token | None = None
    for noun in nouns:
        gap = text[(last.end if last else start) : noun.start]
        host = None if last or verb == "在" else _HOST.match(gap)
        gap = gap[host.end() :] if host else gap
        if len(gap) > 60 or _OTHER.search(gap) or (_STOPS.search(gap) and "“" not in gap):
            break
        if (
            last
            and not _whole(text, gap, noun)
            and (
                _ENDS.match(gap)
                or not (
                    gap.startswith("）")
                    or _JOINS.match(gap)
                    or _open(text, last, gap)
                    or _part_of(text, last, gap)
                )
            )
        ):
            break
        last = noun
    if last is None or text.startswith(("精神", "通知", "要求", "部署"), last.end):
        return None
    if verb in ("出席", "参加") and _ATTRIBUTE.match(text, last.end):
        return None
    if text.startswith("完", start) or _OCCASION.match(text, last.end) or _REHEARSED.match(text, last.end):
        return None
    if _TIMES.match(text, last.end):
        return None
    if verb == "在" and not _SAID.match(text, last.end, last.end + 24):
        return None
    return _candidate(text, start, last, verb, _RANK.get(verb, 0.0))


def _whole(text: str, gap: str, noun: Token) -> bool:
    """Tell whether a meeting is only the time of the one that follows (两会期间信访工作会议)."""
    return gap.startswith("期间") and not _STOPS.search(gap) and text[noun.end : noun.end + 1] in "，。；"


def _open(text: str, noun: Token, gap: str) -> bool:
    """Tell whether a head noun names an activity of which a meeting follows (大讨论交流总结会议)."""
    return len(gap) <= 6 and text[noun.start : noun.end].endswith(
        ("讨论", "学习", "论坛", "活动", "讲座", "讲堂", "教育", "大赛")
    )


def _part_of(text: str, noun: Token, gap: str) -> bool:
    """Tell whether a named meeting is only what a meeting is about (党代会报告起草工作推进会)."""
    whole = text[noun.start : noun.end] not in ("会议", "大会", "座谈会", "全会")
    return whole and len(gap) <= 14 and gap.endswith(_TOPIC) and not _BUSY.match(gap)


def _candidate(text: str, first: int, noun: Token, pattern: str, rank: float) -> Candidate | None:
    strip = _STRIP.match(text, first, noun.end)
    first = strip.end() if strip and text[strip.end() : strip.end() + 1] not in ("与", "和") else first
    host = _HOST.match(text, first, noun.start)
    first = host.end() if host else first
    if first >= noun.end or noun.end - first > 80:
        return None
    issue = _ISSUE.match(text, noun.end) or _TOGETHER.match(text, noun.end)
    end = issue.end() if issue else noun.end
    if text[first] == "“" and text.startswith("”", end) and "”" not in text[first:end]:
        first += 1
    return Candidate(
        first,
        end,
        pattern,
        noun,
        rank,
        bool(_BARE.fullmatch(text, first, end)) or text[noun.start - 1 : noun.start] == "的",
    )

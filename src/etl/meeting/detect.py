"""Whether an article can report an event at all: letters, editorials, notices and news from abroad do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from etl.lexicon.patterns import alternation
from etl.meeting import name, names
from etl.meeting.segment import Parsed, Sentence

_SENTENCES = 12
"""So many sentences from the start of the body may tell of the event itself."""

# Headlines of editorials, reactions and round-ups.
_ALWAYS = re.compile(alternation("headline-always"))
# Headlines of letters, decrees and announcements, unless somebody attends or presides.
_NEVER = re.compile(alternation("headline-never"))
_HELD = re.compile(
    r"出席|主持|宣读|召开|举行|举办|会见|会谈|致贺词|^(?!.*(?:致信|致电|贺信|贺电)).*(?:开幕|闭幕)(?!式)"
)
# Headlines of notices and features: an event only if somebody chairs or speaks.
_SELDOM = re.compile(alternation("headline-seldom"))
_LETTER = re.compile(alternation("lead-letter"))
_FUTURE = re.compile(alternation("future"))
_SALUTATION = re.compile(r"(?:尊敬的|各位|同志们|亲爱的)[^。]{0,60}：\s")
_ARTICLES = re.compile(r"第一条[^\n]*\n(?:[^\n]*\n){0,6}?[ \u3000]*第二条|第一章 ?总则")
# How meetings are held by rule (每月召开一次), in a text that tells no day, as novels do (他说道：“……).
_RULES = re.compile(
    r"制定本(?:办法|规定|制度|规则|细则|条例)|根据需要(?:不定期)?召开|不定期召开"
    r"|每[年月季周半](?:年|度|月)?(?:一般|至少)?召开"
)
_DAY = re.compile(r"\d日|昨[天日]|[日近]日|[上下]午|日前")
_CHAPTER = re.compile(r"(?:正文[ \u3000]*)?第[\d一二三四五六七八九十百千零]+[章回][^，。\n]{0,40}(?:\n|$)")
_NEWS = re.compile(r"[^，。]{0,12}记者[^，。]{0,20}(?:获悉|了解到)|[^，。]{0,6}据(?:悉|统计|介绍)，")
# What television announces of itself.
_SERIAL = re.compile(r"系列(?:报道|节目|专题片)[^。]{0,40}播出|播出第[一二三四五六七八九十\d]+集")
# The headline names one of ours: 某某出席……举行的欢迎仪式.
_OURS = re.compile(r"[\u4e00-\u9fff]{2,3}(?:出席|会见|同|访问|抵达|主持)")
_CALLED = re.compile(r"会议|会[召举开]|[^社机协委员]会$")
_HOME = re.compile(alternation("home"))
_DATELINE = re.compile(r"^[^，。]{0,14}消息[^，。：]{0,8}：|当地时间|^[^，。]{0,12}\d+日[^，。]{0,4}，")


def narrative(parsed: Parsed) -> tuple[str, list[Sentence]]:
    """Return the heading that stands before the text, and the first sentences that tell of what has been."""
    text, sentences = parsed.text, list(parsed.sentences)
    skip = 0
    for sentence in sentences:
        closed = text[sentence.end - 1] in "。！？；：”" or sentence.end - sentence.start > 90
        if closed or (skip + 1 < len(sentences) and sentences[skip + 1].paragraph == sentence.paragraph):
            break
        skip += 1
    skip = 0 if skip == len(sentences) else skip
    heading = text[sentences[0].start : sentences[0].end] if skip else ""
    body = sentences[skip : skip + _SENTENCES]
    if not body or _SALUTATION.match(text, body[0].start) or _ARTICLES.search(text, 0, 1500):
        return heading, []
    ruled = _RULES.search(text, 0, 300) or text.find("道：“", 0, 600) >= 0
    if _CHAPTER.match(text) or (ruled and not _DAY.search(text, 0, 300)):
        return heading, []
    return heading, [s for s in body if not _FUTURE.search(text, s.start, min(s.end, s.start + 80))]


def silent(text: str, head: str, early: Sequence[Sentence]) -> bool:
    """Tell whether headline and lead are those of an article that reports no event."""
    if _ALWAYS.search(head) or (_NEVER.search(head) and not _HELD.search(head)):
        return True
    first = early[0]
    if _SERIAL.search(text, first.start, early[min(5, len(early) - 1)].end):
        return True
    if _NEWS.match(text, first.start) and not _HELD.search(head) and not _CALLED.search(head):
        return True
    return bool(_LETTER.search(text, first.start, min(first.end, first.start + 90))) or (
        not (_OURS.match(head) and names.sure(head[:2])) and _abroad(text, early)
    )


def seldom(head: str) -> bool:
    """Tell whether the headline is that of a notice or feature, which seldom reports an event."""
    return bool(_SELDOM.search(head))


def _abroad(text: str, early: Sequence[Sentence]) -> bool:
    """Tell whether the lead is news from abroad: it begins with a foreign country and has no Chinese side."""
    lead = text[early[0].start : early[min(1, len(early) - 1)].end]
    opening = _DATELINE.sub("", lead)[:30]
    return not _HOME.search(lead) and bool(_country().search(opening))


@cache
def _country() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, name.countries()))))

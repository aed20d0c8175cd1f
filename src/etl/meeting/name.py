"""The official name of a meeting or ceremony: phrases before 召开/举行 and behind 主持召开/出席, up to their head noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.meeting.lexer import Token
from etl.meeting.segment import Parsed, Sentence

_HELD = re.compile(
    r"(?:组织召开|主持召开|共同主持|召开|举行|举办|开幕|闭幕|开展|进行|组织开展|组织|主持|出席|参加|落幕|启幕|开班|如期|隆重|圆满|胜利|成功|开赛|宣读)"
)
_BARE = re.compile(
    r"^(?:此次|本次|这次|该|全体|次|本届|一次|有关|相关|重要|全)*(?:会议|大会|全会|论坛|活动|仪式|会|峰会|学习|学习会议|会商|对话|恳谈|讲座|讨论会|庆典|晚会|开幕式|闭幕式|开幕会|闭幕会)$"
)
_STRIP = re.compile(
    r"(?:了|过|的|由|其|此|该|一场|一次|首场|题为|主题为|以|全国性|[ \u3000，、：]|(?:19|20)\d\d年度?(?!第)|(?:今|本|明|去)年|近日|日前|隆重的?|盛大的?|简短的?|\d+日|上午|下午|晚上?|今天|昨天|当天|在京|应邀|视频|线上|召开的?|举行的?)+"
)
_LEADCUT = re.compile(
    r"(?<=\d)日(?:上午|下午|晚上?|凌晨|中午)?|上午|下午|今天|昨天|当天|近日|日前|主办的|承办的|召开的|举行的|举办的|参加的?|出席|为期.{1,3}天的?|(?<![自理])由|(?<![存所实潜])在(?![校职线])|随后|之后|期间"
)


class Candidate(NamedTuple):
    """A phrase that may be the event's name: `text[start:end]`, by which pattern, the head noun and the verb's place."""

    start: int
    end: int
    pattern: str
    noun: Token
    verb: int
    bare: bool


def candidates(parsed: Parsed, sentence: Sentence, tokens: Sequence[Token]) -> list[Candidate]:
    """Return the candidate names of one sentence in text order."""
    text = parsed.text
    found: list[Candidate] = []
    nouns = [t for t in tokens if t.kind == "noun" and sentence.start <= t.start < sentence.end]
    if not nouns:
        return found
    for clause_start, clause_end in _clauses(text, sentence):
        here = [t for t in nouns if clause_start <= t.start < clause_end]
        if not here:
            continue
        for held in _HELD.finditer(text, clause_start, clause_end):
            verb = held.group()
            after = [t for t in here if t.start >= held.end()]
            if verb in (
                "召开",
                "举行",
                "举办",
                "开幕",
                "闭幕",
                "落幕",
                "启幕",
                "如期",
                "隆重",
                "圆满",
                "胜利",
                "成功",
            ):
                before = [t for t in here if t.end <= held.start()]
                if before:
                    item = _before(text, clause_start, before, held.start())
                    if item:
                        found.append(item)
            if after and verb not in ("开幕", "闭幕", "落幕", "启幕"):
                item = _behind(text, held.end(), after, clause_end, verb)
                if item:
                    found.append(item)
    return found


def _clauses(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """Return the clauses of a sentence, commas inside quotation marks and brackets not counted."""
    found, start, depth = [], sentence.start, 0
    for pos in range(sentence.start, sentence.end):
        char = text[pos]
        if char in "“（《(":
            depth += 1
        elif char in "”）》)":
            depth = max(0, depth - 1)
        elif char in "，；。：,;" and not depth:
            found.append((start, pos))
            start = pos + 1
    if start < sentence.end:
        found.append((start, sentence.end))
    return found


def _before(text: str, start: int, nouns: Sequence[Token], verb: int) -> Candidate | None:
    """Return the name that stands before 召开 or 举行: it begins its clause and only a time or place follows it."""
    for noun in nouns[::-1]:
        gap = text[noun.end : verb]
        if len(gap) > 40 or not re.fullmatch(
            r"(?:[ ]|“[^”]*”|（[^（）]*）|于?\d[\d年月日至\-—、]*|(?:\d+月)?\d+日|上午|下午|晚上?|中午|凌晨|今天|昨天|当天|日前|近日|如期|正式|隆重|胜利|圆满|成功|顺利|在[^，。]{1,30}|于[^，。]{1,30}|已|第[一二三四五六七八九十\d]+次全体会议|今年|\d\d?时)*",
            gap,
        ):
            continue
        first = start
        for cut in _LEADCUT.finditer(text, start, noun.start):
            if text.count("“", start, cut.start()) == text.count("”", start, cut.start()):
                first = cut.end()
        strip = _STRIP.match(text, first, noun.end)
        if strip:
            first = strip.end()
        if first >= noun.end:
            continue
        word = text[first : noun.end]
        return Candidate(first, noun.end, "before", noun, verb, bool(_BARE.match(word)))
    return None


def _behind(text: str, start: int, nouns: Sequence[Token], stop: int, verb: str) -> Candidate | None:
    """Return the name behind 召开 or 出席: up to the last head noun before 并 or the end of the clause."""
    last: Token | None = None
    for noun in nouns:
        gap = text[(last.end if last else start) : noun.start]
        if len(gap) > 60 or re.search(r"并(?!购)|[，。]|(?<![总])结(?:果)|上的?讲话|精神", gap):
            break
        if (
            last
            and not re.match(r"(?:暨|[（(“]|及|和|·|—|第|开幕|闭幕)|$", gap)
            and not gap.startswith(("领导小组",))
        ):
            tail = text[last.end : noun.start]
            if re.match(r"(?:上|并|，|、|的|期间|后|前|时|精神|以|对|就|在|中)", tail):
                break
        last = noun
    if last is None:
        return None
    first = start
    strip = _STRIP.match(text, first, last.end)
    if strip:
        first = strip.end()
    if first >= last.end:
        return None
    word = text[first : last.end]
    return Candidate(first, last.end, verb, last, start, bool(_BARE.match(word)))

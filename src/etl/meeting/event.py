"""Whether an event is reported, of which type, and where its sentences stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.meeting import name as names
from etl.meeting.lexer import Token
from etl.meeting.roles import Part
from etl.meeting.segment import Parsed, Sentence
from etl.records import Span


class Event(NamedTuple):
    """The reported event: its type, the sentence that tells of it, the name if it has one, and the rules that fired."""

    kind: str
    sentence: Sentence
    name: Span | None
    noun: str | None
    rules: tuple[str, ...]


_NOT_EVENT = re.compile(
    r"社论|评论员文章|本台评论|快评|央视快评|国际锐评|署名文章|《求是》|致电|致信|致贺|贺信|贺电|慰问电|唁电|复信|回信|主席令|热烈反响|联播快讯|反响|公告$|公示$|通知$|比选|招标|任免|大事记|启事|"
    r"将于|将在|将赴|将对|将出席|将举行|将召开|将访问|评论："
)
_FUTURE = re.compile(r"将(?:于|在|赴|对|出席|举行|召开|访问|应邀|陆续|迎来)|即将(?:召开|举行|开幕)")
_TALKS = re.compile(r"会见|会谈|会晤|通电话|通话|接见|茶叙|约见")
_VISIT = re.compile(r"调研|考察|视察|慰问|走访|看望|督查|督导|检查|巡查|参观|访问|察看|夜查|暗访|指导")
_CEREMONY = re.compile(
    r"仪式|典礼|揭牌|奠基|开工|签约|开幕式|闭幕式|表彰大会|颁奖|结业式|开班式|庆典|运动会|国宴|宴会|招待会|晚会|剪彩|通车|揭幕"
)


def read(parsed: Parsed, tokens: Sequence[Token], parts: Sequence[Part], title: str | None) -> Event | None:
    """Return the event that the article reports, or None: announcements, letters, editorials and the like have none."""
    text = parsed.text
    head = title or ""
    lead = text[:160]
    if _NOT_EVENT.search(head) or re.search(
        r"社论|评论员|《求是》|致慰问电|致贺电|致唁电|互致|发来贺信|签署主席令|发表.{0,4}署名文章", lead
    ):
        return None
    sentences = [s for s in parsed.sentences[:14]]
    strong = [p for p in parts if not p.weak]
    found: list[tuple[Sentence, names.Candidate]] = []
    for sentence in sentences:
        if _FUTURE.search(text, sentence.start, min(sentence.end, sentence.start + 80)):
            continue
        for item in names.candidates(parsed, sentence, tokens):
            found.append((sentence, item))
    visit = [p for p in parts if p.rule.startswith("verb") and _VISIT.search(text, p.start, p.end)]
    talks = [p for p in parts if _TALKS.search(text, p.start, p.end)]
    first = sentences[0] if sentences else None
    if first is None:
        return None
    kind = _kind(text, head, sentences, found, visit, talks, bool(strong))
    if kind is None:
        return None
    named = [f for f in found if not f[1].bare]
    sentence, span, noun = first, None, None
    if kind in ("meeting", "ceremony"):
        chosen = (named or found)[0] if found else None
        if chosen:
            sentence = chosen[0]
            noun = text[chosen[1].noun.start : chosen[1].noun.end]
            if not chosen[1].bare:
                span = Span(chosen[1].start, chosen[1].end)
    elif kind == "inspection" and visit:
        sentence = _of(parsed, visit[0].start) or first
    elif kind == "talks" and talks:
        sentence = _of(parsed, talks[0].start) or first
    return Event(kind, sentence, span, noun, (f"event-{kind}",))


def _of(parsed: Parsed, pos: int) -> Sentence | None:
    for sentence in parsed.sentences:
        if sentence.start <= pos < sentence.end:
            return sentence
    return None


def _kind(
    text: str,
    head: str,
    sentences: Sequence[Sentence],
    found: Sequence[tuple[Sentence, names.Candidate]],
    visit: Sequence[Part],
    talks: Sequence[Part],
    strong: bool,
) -> str | None:
    """Return the type of the event, by the headline first and the lead next, or None."""
    lead = text[: sentences[min(1, len(sentences) - 1)].end]
    if talks and (_TALKS.search(head) or (not head and _TALKS.search(lead))):
        return "talks"
    if visit and _VISIT.search(head) and not re.search(r"会议$|座谈会$|会$", head):
        return "inspection"
    if found:
        nouns = [text[c.noun.start : c.noun.end] for _, c in found[:2]]
        if (
            any(c.noun.value == "ceremony" for _, c in found[:1])
            or _CEREMONY.search(head)
            or (nouns
            and _CEREMONY.search(nouns[0]))
        ):
            return "ceremony"
        if not strong and not re.search(r"召开|举行|举办|主持", lead):
            return None
        return "meeting"
    if talks:
        return "talks"
    if visit:
        return "inspection"
    return "meeting" if strong and re.search(r"会议", lead) else None

"""Whether an event is reported, of which type, and where its sentence and its name stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.lexicon.patterns import alternation
from etl.meeting import detect, lexer, nouns, where
from etl.meeting import name as names
from etl.meeting.lexer import Token
from etl.meeting.name import Candidate
from etl.meeting.scene import Part
from etl.meeting.segment import Parsed, Sentence, parse
from etl.records import Span


class Event(NamedTuple):
    """The reported event: type, sentence, and its name where the text or the headline has one."""

    kind: str
    sentence: Sentence
    span: Span | None
    name: str | None
    noun: str | None
    rules: tuple[str, ...]
    verb: str | None = None


_SPEAKS = re.compile(r"(?:指出|强调|表示|认为|说)[，：“]|双方")
_TALKS = re.compile(alternation("talks"))
_ARRIVAL = re.compile(r"莅临|来访|来我|指导")
_VISIT = re.compile(alternation("visit"))
_SURELY = re.compile(alternation("surely-visit"))
_MINOR = frozenset(
    ("座谈会", "汇报会", "交流会", "反馈会", "见面会", "调研座谈会", "工作汇报会", "现场办公会")
)
_CEREMONY = re.compile(alternation("ceremony"))
_PRESS = re.compile(r"发布会|吹风会|记者会|说明会")
_SHOW = re.compile(alternation("press"))


def read(parsed: Parsed, tokens: Sequence[Token], parts: Sequence[Part], title: str | None) -> Event | None:
    """Return the event that the article reports; announcements, letters and editorials report none."""
    text = parsed.text
    heading, early = detect.narrative(parsed)
    head = title or heading
    if not early or detect.silent(text, head, early):
        return None
    end = early[-1].end
    strong = [p for p in parts if not p.weak and early[0].start <= p.start < end]
    if detect.seldom(head) and not any(p.role in ("chair", "speaker") and p.actor >= 0 for p in strong):
        return None
    nouns = [token for token in tokens if token.kind == "noun"]
    found = [
        (i, c)
        for i, s in enumerate(early)
        for c in names.candidates(parsed, s, nouns)
        if c.pattern == "在" or not _SPEAKS.search(text, s.start, c.start)
    ]
    lead = early[min(1, len(early) - 1)].end
    if head.startswith("【") and not (
        any(i <= 1 and c.rank == 0 and not c.bare for i, c in found) and any(p.start < lead for p in strong)
    ):
        return None
    weak = [p for p in parts if p.weak and early[0].start <= p.start < end]
    kind = _kind(text, head, early, found, weak, strong)
    if kind is None:
        return None
    return _event(text, kind, head, early, found, weak)


def _kind(
    text: str,
    head: str,
    early: Sequence[Sentence],
    found: Sequence[tuple[int, Candidate]],
    weak: Sequence[Part],
    strong: Sequence[Part],
) -> str | None:
    """Return the type of the event, by its headline first and its lead next, or None."""
    lead = early[min(1, len(early) - 1)].end
    if (
        _TALKS.search(head)
        and not re.search("会见记者|会议", head)
        and _TALKS.search(text, early[0].start, lead)
    ):
        return "talks"
    talks = [p for p in weak if p.rule == "met" or _TALKS.search(text, p.start, p.end)]
    visits = [p for p in weak if p not in talks and p.rule != "met"]
    arrives = where.arrives(text, early[0].start, early[0].end)
    if talks and (_TALKS.search(head) or (talks[0].start < early[0].end and not found)):
        return "talks"
    inspects = bool(_VISIT.search(head)) and not re.search(
        r"(?:会议|座谈会|推进会|论坛)$|召开|举行|出席|主持", head
    )
    named = any(i <= 1 and c.rank < 1 and not c.bare for i, c in found)
    if named and not _SURELY.search(head):
        inspects = False
    if inspects and (arrives or (visits and visits[0].start < early[min(3, len(early) - 1)].end)):
        return "inspection"
    near = [c for i, c in found if i <= 1 or not c.bare]
    if near and (strong or near[0].end <= lead):
        best = _best(found)
        if best.bare and best.rank > 1 and not any(p.role == "chair" for p in strong):
            return None
        if _PRESS.search(text, best.start, best.end) and not any(p.role == "chair" for p in strong):
            return None
        if _SHOW.search(text, best.start, best.end) and not any(p.actor >= 0 for p in strong):
            return None
        if best.noun.value == "ceremony" or (_CEREMONY.search(head) and not re.search(r"会议", head)):
            return "ceremony"
        first = [p for p in visits if p.start < early[0].end and _SURELY.search(text, p.start, p.end)]
        if (
            (first or arrives)
            and (arrives or not head)
            and best.start >= early[0].end
            and (best.bare or text[best.start : best.end] in _MINOR)
        ):
            return "inspection"
        return "meeting"
    if talks and talks[0].start < lead:
        return "talks"
    if (arrives or (visits and visits[0].start < lead)) and _VISIT.search(text, early[0].start, lead):
        return "inspection"
    if found and any(p.role == "chair" and p.actor >= 0 for p in strong):
        return "meeting"
    if strong and _CEREMONY.search(head):
        return "ceremony"
    return "meeting" if strong and re.search("会", head) else None


def _best(found: Sequence[tuple[int, Candidate]]) -> Candidate:
    """Return the candidate that names the event: not bare, held rather than attended, early."""
    return min(found, key=lambda item: (item[1].bare, item[0] + item[1].rank, item[1].start))[1]


def _event(
    text: str,
    kind: str,
    head: str,
    early: Sequence[Sentence],
    found: Sequence[tuple[int, Candidate]],
    weak: Sequence[Part],
) -> Event:
    """Return the event of a type with its sentence and its name."""
    rules = (f"event-{kind}",)
    if kind in ("meeting", "ceremony") and found:
        best = _best(found)
        sentence = next(s for s in early if s.start <= best.start < s.end)
        noun = text[best.noun.start : best.noun.end]
        if not best.bare:
            return Event(
                kind,
                sentence,
                Span(best.start, best.end),
                text[best.start : best.end],
                noun,
                (*rules, best.pattern),
            )
        return Event(kind, sentence, None, _headline(head), noun, rules)
    if kind in ("meeting", "ceremony"):
        return Event(kind, early[0], None, _headline(head), None, rules)
    if kind == "talks":
        held = [c for i, c in found if i == 0 and not c.bare and c.pattern in ("主持", "共同主持")]
        if held:
            span = Span(held[0].start, held[0].end)
            return Event(kind, early[0], span, span.of(text), None, rules)
    arrived = kind == "inspection" and where.arrives(text, early[0].start, early[0].end)
    first = early[0].start if arrived else next((p.start for p in weak), early[0].start)
    sentence = next((s for s in early if s.start <= first < s.end), early[0])
    pattern = _TALKS if kind == "talks" else _VISIT
    verb = pattern.search(text, sentence.start, sentence.end) or pattern.search(head)
    return Event(kind, sentence, None, None, None, rules, verb.group() if verb else None)


def _headline(head: str) -> str | None:
    """Return the meeting name that only the headline prints, or None."""
    parsed = parse(head)
    tokens = nouns.complete(head, lexer.scan(head))
    for sentence in parsed.sentences:
        for item in names.candidates(parsed, sentence, tokens):
            if not item.bare and item.pattern not in ("开展", "进行"):
                return head[item.start : item.end]
    return None

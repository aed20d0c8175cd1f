"""Which event an article reports: its type, and where its sentence and its name stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.meeting import detect, lexer, nouns
from etl.meeting import name as names
from etl.meeting.account import TALKS, VISIT, Account, kind
from etl.meeting.lexer import Token
from etl.meeting.scene import Part
from etl.meeting.segment import Parsed, Sentence, parse
from etl.records import Span

_SPEAKS = re.compile(r"(?:指出|强调|表示|认为|说)[，：“]|双方")


class Event(NamedTuple):
    """The reported event: type, sentence, and its name where the text or the headline has one.

    `noun` is the head noun of its name, `verb` the verb of a talk or visit.
    """

    kind: str
    sentence: Sentence
    span: Span | None
    name: str | None
    noun: str | None
    rules: tuple[str, ...]
    verb: str | None = None


class Opening(NamedTuple):
    """Headline of an article (or the heading in its text) and its first sentences that tell of the past."""

    head: str
    early: Sequence[Sentence]


def opening(parsed: Parsed, title: str | None) -> Opening | None:
    """Return how an article opens, None for announcements, letters and editorials, which report no event."""
    heading, early = detect.narrative(parsed)
    head = title or heading
    return None if not early or detect.silent(parsed.text, head, early) else Opening(head, early)


def read(parsed: Parsed, opens: Opening, tokens: Sequence[Token], parts: Sequence[Part]) -> Event | None:
    """Return the event that an article reports which opens like that, or None."""
    head, early = opens
    account = _account(parsed, head, early, tokens, parts)
    if detect.seldom(head) and not account.acts("chair", "speaker"):
        return None
    earnest = account.holds(0.0) and any(part.start < account.lead for part in account.strong)
    if head.startswith("【") and not earnest:
        return None
    found = kind(account)
    if found is None:
        return None
    return _named(account, found) if found in ("meeting", "ceremony") else _told(account, found)


def _account(
    parsed: Parsed, head: str, early: Sequence[Sentence], tokens: Sequence[Token], parts: Sequence[Part]
) -> Account:
    """Return what the first sentences tell; names inside speeches are no candidates."""
    text = parsed.text
    heads = [token for token in tokens if token.kind == "noun"]
    found = [
        (number, candidate)
        for number, sentence in enumerate(early)
        for candidate in names.candidates(parsed, sentence, heads)
        if number == 0 or candidate.pattern[0] not in "作做"
        if candidate.pattern == "在" or not _SPEAKS.search(text, sentence.start, candidate.start)
    ]
    here = [
        p for p in parts if early[0].start <= p.start < early[-1].end and p.rule not in ("asked", "listens")
    ]
    weak = [part for part in here if part.weak]
    return Account(text, head, early, found, weak, [part for part in here if not part.weak])


def _named(account: Account, found: str) -> Event:
    """Return a meeting or ceremony with its name, from the text or else from the headline."""
    rules = (f"event-{found}",)
    if not account.found:
        return Event(found, account.early[0], None, _headline(account.head), None, rules)
    text, best = account.text, account.best()
    sentence = next(s for s in account.early if s.start <= best.start < s.end)
    noun = text[best.noun.start : best.noun.end]
    if best.bare:
        return Event(found, sentence, None, _headline(account.head), noun, rules)
    span = Span(best.start, best.end)
    return Event(found, sentence, span, span.of(text), noun, (*rules, f"name-{best.pattern}"))


def _told(account: Account, found: str) -> Event:
    """Return a talk or visit with the sentence that tells of it, named only where talks chair a meeting."""
    text, early, rules = account.text, account.early, (f"event-{found}",)
    chaired = [c for i, c in account.found if i == 0 and not c.bare and c.pattern in ("主持", "共同主持")]
    if found == "talks" and chaired:
        span = Span(chaired[0].start, chaired[0].end)
        return Event(found, early[0], span, span.of(text), None, rules)
    arrived = found == "inspection" and account.arrives
    first = early[0].start if arrived else next((part.start for part in account.weak), early[0].start)
    sentence = next((s for s in early if s.start <= first < s.end), early[0])
    pattern = TALKS if found == "talks" else VISIT
    verb = pattern.search(text, sentence.start, sentence.end) or pattern.search(account.head)
    return Event(found, sentence, None, None, None, rules, verb.group() if verb else None)


def _headline(head: str) -> str | None:
    """Return the meeting name that only the headline prints, or None."""
    parsed = parse(head)
    tokens = nouns.complete(head, lexer.scan(head))
    for sentence in parsed.sentences:
        for item in names.candidates(parsed, sentence, tokens):
            if not item.bare and item.pattern not in ("开展", "进行"):
                return head[item.start : item.end]
    return None

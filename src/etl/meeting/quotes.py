"""Attributed statements: what was said, by whom, directly or in reported speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import zip_longest

from etl.meeting import cues
from etl.meeting.cues import Cue
from etl.meeting.people import Cast
from etl.meeting.segment import Parsed, Sentence
from etl.records import Quote, Span

LEAD = "lead"
"""Rule of a statement whose cue is the first of its sentence: a segment of the gold."""

_NARRATIVE = re.compile(
    r"(?:会议|大会|座谈会|论坛|会上|会前|会后|随后|当天|期间|[^，。]{2,14}(?:出席|参加|主持|陪同))"
)
_BLANK = " \u3000\t\n"


def read(parsed: Parsed, cast: Cast, found: list[Cue] | None = None) -> tuple[Quote, ...]:
    """Return the attributed statements of a text in order; `found` are its lead-ins, if the caller has them.

    A statement runs to the end of its paragraph, to the next lead-in or to the next narrative sentence. Its
    rules are the id of the verb and `lead` for the first lead-in of a sentence.
    """
    found = cues.find(parsed, cast) if found is None else found
    starts = [sentence.start for sentence in parsed.sentences]
    quotes: list[Quote] = []
    for cue, after in zip_longest(found, found[1:]):
        end = statement_end(parsed, starts, cue, after)
        said = _statement(parsed.text, cue, end) or _before(parsed.text, cue)
        if said is None and cue.lead:
            said = Span(cue.end, cue.end), "indirect"
        if said is not None:
            quotes.append(_quote(parsed.text, len(quotes), cue, *said))
    return tuple(quotes)


def _quote(text: str, position: int, cue: Cue, span: Span, kind: str) -> Quote:
    rules = (cue.rule, LEAD) if cue.lead else (cue.rule,)
    lead_in = Span(cue.start, cue.end)
    return Quote(position, lead_in.of(text), lead_in, kind, span.of(text), span, cue.who, rules)


def statement_end(parsed: Parsed, starts: list[int], cue: Cue, after: Cue | None) -> int:
    """Return where a statement ends: before a sentence of narrative or a lead-in, or with its paragraph."""
    first = bisect_left(starts, cue.end)
    paragraph = parsed.sentences[first - 1].paragraph if first else 0
    end = parsed.sentences[first - 1].end if first else len(parsed.text)
    for place in range(first, len(starts)):
        sentence = parsed.sentences[place]
        if sentence.paragraph != paragraph or _stops(parsed, sentence, after):
            break
        end = sentence.end
    return min(end, after.start) if after else end


def _stops(parsed: Parsed, sentence: Sentence, after: Cue | None) -> bool:
    if after and sentence.start <= after.start < sentence.end:
        return True
    return bool(_NARRATIVE.match(parsed.text, sentence.start, sentence.end))


def _statement(text: str, cue: Cue, end: int) -> tuple[Span, str] | None:
    """Return the statement behind a lead-in, without outer quotation marks, and its kind."""
    start = cue.said
    while start < end and text[start] in _BLANK + "，：:":
        start += 1
    if text[start : start + 1] == "“" or text[cue.said - 1 : cue.said] == "“":
        start += text[start : start + 1] == "“"
        close = text.find("”", start, end)
        if close > start and (
            close + 1 >= end or text[close - 1] in "。！？" or text[close + 1] in "。！？\n"
        ):
            return Span(start, close), "direct"
        start = cue.said
    while end > start and text[end - 1] in _BLANK + "，；;。":
        end -= 1
    return (Span(start, end), "indirect") if end > start else None


def _before(text: str, cue: Cue) -> tuple[Span, str] | None:
    """Return the quotation before a lead-in that closes its sentence (“…。”他说。)."""
    close = text.rfind("”", max(0, cue.start - 2), cue.start)
    start = text.rfind("“", max(0, close - 600), close) if close > 0 else -1
    return (Span(start + 1, close), "direct") if start >= 0 and close > start + 1 else None

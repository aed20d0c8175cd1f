"""Lead-ins of attributed statements (会议强调, 秦朗指出): where they stand and who speaks.

A lead-in is the subject up to a verb of speech, as printed, within one clause, without the offices before a
name. It opens a statement where the verb ends its clause (会议强调，…), or where nothing but an adverb stands
between subject and verb (他要求各科室带头).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from etl.meeting.people import Cast
from etl.meeting.segment import Parsed
from etl.meeting.speech import speech
from etl.meeting.subjects import AFTER, LONGEST, clause, quoted, subject

_DEMAND = re.compile(
    r"(?:提出|作出|提|强调|讲)(?:了)?[^，。；：:\n]{0,20}(?:要求|意见|建议|希望|措施|任务|倡议|主张"
    r"|[一二两三四五六七八九十几\d]点)(?=[：:])"
)


class Cue(NamedTuple):
    """A lead-in at `text[start:end]`; its statement begins at `said`. `lead`: the first of its sentence.

    `who` is the `seq` of a person, None where a meeting, an organ or several speak; `rule` is the verb's id.
    """

    start: int
    end: int
    said: int
    lead: bool
    who: int | None
    rule: str


def find(parsed: Parsed, cast: Cast) -> list[Cue]:
    """Return the lead-ins of a text in order, at most one with `lead` set a sentence."""
    text, words = parsed.text, speech()
    starts = [sentence.start for sentence in parsed.sentences]
    found: list[Cue] = []
    done = -1
    for start, end, verb in words.verbs(text):
        closes = text[end : end + 1] in AFTER
        if closes and found and found[-1].end == start:
            found[-1] = found[-1]._replace(end=end, said=end + 1)  # the second verb of 强调指出，
            continue
        number = bisect_right(starts, start) - 1
        if number == done or (verb in words.closing and not closes):
            continue
        who = subject(text, starts[number], start, end, cast)
        if who is None or quoted(text, who[0]):
            continue
        leading = verb in words.leading
        found.append(Cue(who[0], end, end + closes, leading, who[1], words.ids[verb]))
        done = number if leading else done
    return sorted(found + _demands(text, cast))


def _demands(text: str, cast: Cast) -> list[Cue]:
    """Return the lead-ins of the form 秦朗提出了三点要求：, which open a list but no segment."""
    found: list[Cue] = []
    for match in _DEMAND.finditer(text):
        first = clause(text, max(0, match.start() - LONGEST), match.start())
        if first is None or quoted(text, match.start()):
            continue
        low, high = bisect_left(cast.mentions, (first,)), bisect_left(cast.mentions, (match.start(),))
        named = cast.mentions[low] if low < high and cast.mentions[low].seq >= 0 else None
        start, who = (named.start, named.seq) if named else (first, _told(text, match.start(), cast))
        found.append(Cue(start, match.end(), match.end() + 1, False, who, "demand"))
    return found


def _told(text: str, position: int, cast: Cast) -> int | None:
    """Return who was named first in the sentence up to a position: a later clause leaves the subject out."""
    low = max(position - LONGEST, *(text.rfind(mark, 0, position) for mark in "。！？\n"))
    place = bisect_left(cast.mentions, (low,))
    near = place < len(cast.mentions) and cast.mentions[place].start < position
    return cast.mentions[place].seq if near and cast.mentions[place].seq >= 0 else None

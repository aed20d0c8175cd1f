"""What was ordered: items of numbered lists, nested ones included, and unnumbered chains (要…；要…)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from etl.lexicon.tables import rows
from etl.meeting import cues, lists, markers
from etl.meeting.cues import Cue
from etl.meeting.lists import Item
from etl.meeting.people import Cast
from etl.meeting.quotes import statement_end
from etl.meeting.segment import Parsed
from etl.records import Directive, Span

_SENTENCE = re.compile(r"[^。！!\n]+")
_UNIT = re.compile(r"[^。；！!\n]+")
_LEFT = " \u3000\t\n，、：:,."
_RIGHT = " \u3000\t\n，、；;。,"
_FAR = 3000
_OPENS = re.compile(r"[。！？”\n][^。！？\n]*$")
_FULL = re.compile(r"[。！？\n]")


class _Entry(NamedTuple):
    """One directive before it is numbered: `parent` is the start of the marker of the item that holds it."""

    start: int
    end: int
    place: int
    marker: str | None
    ordinal: int | None
    parent: int | None
    cue: Cue | None
    rule: str


def read(parsed: Parsed, cast: Cast, found: list[Cue] | None = None) -> tuple[Directive, ...]:
    """Return the directives of a text in printed order; `found` are its lead-ins where the caller has them.

    `ordinal` is the printed number; an item of an unnumbered chain has neither marker nor ordinal. An item
    runs to the next marker; the last one to the end of its sentence where the others hold one sentence each,
    else to the end of the paragraph or to the next lead-in.
    """
    found = cues.find(parsed, cast) if found is None else found
    items = lists.lists(parsed.text, markers.find(parsed.text))
    entries = _numbered(parsed.text, items, found)
    entries = sorted([*entries, *_chains(parsed, found, entries)], key=lambda entry: entry.place)
    order = {entry.place: seq for seq, entry in enumerate(entries)}
    return tuple(_directive(parsed.text, seq, entry, order) for seq, entry in enumerate(entries))


def _directive(text: str, seq: int, entry: _Entry, order: dict[int, int]) -> Directive:
    cue = entry.cue
    return Directive(
        seq=seq,
        text=text[entry.start : entry.end],
        span=Span(entry.start, entry.end),
        marker=entry.marker,
        ordinal=entry.ordinal,
        parent_seq=None if entry.parent is None else order.get(entry.parent),
        cue=text[cue.start : cue.end] if cue else None,
        cue_span=Span(cue.start, cue.end) if cue else None,
        speaker_seq=cue.who if cue else None,
        rules=(entry.rule,),
    )


def _numbered(text: str, items: list[Item], found: list[Cue]) -> list[_Entry]:
    """Return the items of the numbered lists with what each says."""
    groups: dict[int, list[int]] = {}
    for place, item in enumerate(items):
        groups.setdefault(item.group, []).append(place)
    leads = [cue.start for cue in found]
    entries: list[_Entry] = []
    for place, item in enumerate(items):
        group = groups[item.group]
        end = _end(text, items, place, group, leads)
        start, stop = _trim(text, item.marker.end, end)
        first = items[group[0]].marker.start
        parent = None if item.parent is None else items[item.parent].marker.start
        marker = text[item.marker.start : item.marker.end]
        cue = _cue(text, found, leads, first)
        rule = f"list.{item.marker.form}"
        entries.append(_Entry(start, stop, item.marker.start, marker, item.marker.number, parent, cue, rule))
    return entries


def _end(text: str, items: list[Item], place: int, group: list[int], leads: list[int]) -> int:
    """Return where an item ends: before the next marker or lead-in; the last one by the habit of its list."""
    begin = items[place].marker.end
    limit = items[place + 1].marker.start if place + 1 < len(items) else len(text)
    lead = bisect_left(leads, begin)
    if lead < len(leads) and leads[lead] < limit and _opens_sentence(text, leads[lead]):
        limit = leads[lead]
    after = items[place + 1] if place + 1 < len(items) else None
    if after and (after.group == items[place].group or after.parent == place):
        return limit
    line = text.find("\n", begin, limit)
    limit = limit if line < 0 else line
    others = [(items[a].marker.end, items[b].marker.start) for a, b in pairwise(group)]
    if not any(_FULL.search(text[a:b].rstrip(_RIGHT)) for a, b in others):
        full = _FULL.search(text, begin, limit)
        limit = full.start() if full else limit
    return limit


def _opens_sentence(text: str, position: int) -> bool:
    before = text[max(0, position - 40) : position]
    return bool(_OPENS.search(before)) or position < 40


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _LEFT:
        start += 1
    while end > start and text[end - 1] in _RIGHT + "：:":
        end -= 1
    return start, end


def _cue(text: str, found: list[Cue], leads: list[int], position: int) -> Cue | None:
    """Return the lead-in under which a list stands: the last one in its paragraph or the one before."""
    place = bisect_right(leads, position) - 1
    if place < 0 or position - found[place].end > _FAR or text.count("\n", found[place].end, position) > 1:
        return None
    return found[place]


@cache
def _opening() -> re.Pattern[str]:
    """Return the pattern that opens an item of an unnumbered chain: 要, 必须, 各级各部门要."""
    words: dict[str, list[str]] = {"imperative": [], "addressee": []}
    for row in rows("ordinals"):
        if row["kind"] in words:
            words[row["kind"]].append(row["text"])
    imperative = "|".join(sorted(words["imperative"], key=len, reverse=True))
    addressee = "|".join(words["addressee"])
    return re.compile(rf"[ \u3000“]*((?:[^，。；：]{{0,16}}?(?:{addressee})(?:都|也|均)?)?(?:{imperative}))")


def _chains(parsed: Parsed, found: list[Cue], numbered: list[_Entry]) -> list[_Entry]:
    """Return the items of unnumbered chains: two or more 要…；要… of one sentence outside numbered lists."""
    text, entries = parsed.text, list[_Entry]()
    starts = [sentence.start for sentence in parsed.sentences]
    taken = sorted((entry.place, entry.end) for entry in numbered)
    for cue, after in zip_longest(found, found[1:]):
        end = statement_end(parsed, starts, cue, after)
        if text.find("；", cue.said, end) < 0:
            continue
        for sentence in _SENTENCE.finditer(text, cue.said, end):
            chain = []
            for unit in _UNIT.finditer(text, *sentence.span()):
                opening = _opening().match(text, *unit.span())
                if opening and not _inside(taken, opening.start(1)):
                    start, stop = _trim(text, opening.start(1), unit.end())
                    chain.append(_Entry(start, stop, start, None, None, None, cue, "chain"))
            entries += chain if len(chain) > 1 else []
    return entries


def _inside(taken: list[tuple[int, int]], position: int) -> bool:
    place = bisect_right(taken, (position, position)) - 1
    return place >= 0 and position < taken[place][1]

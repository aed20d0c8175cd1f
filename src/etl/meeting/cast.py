"""Participants and groups of a report, from the acts that the text tells of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.meeting.actors import Actor
from etl.meeting.confidence import group_confidence, person_confidence
from etl.meeting.people import Cast, Mention
from etl.meeting.scene import CITED, Part
from etl.records import Group, Participant, Span, Title

_ORDER = {"chair": 0, "speaker": 1, "presenter": 2, "attendee": 3}
_LETTER = re.compile(
    r"(?:同志)?[^，。；]{0,40}?"
    r"(?:作出(?:了|过)?(?:重要)?(?:指示|批示)|致信|发来贺信|致贺信|发来贺电|致贺电|发来慰问)"
)
_LETTERS = re.compile("指示|批示|致信|贺信|贺电|慰问")


def read(text: str, actors: Sequence[Actor], parts: Sequence[Part]) -> Cast:
    """Return who took part, in printed order with one record per role, and every mention of a person."""
    names = _first_forms(actors)
    absent = _absent(text, names, actors)
    acts: dict[str, dict[str, Part]] = {}
    for part in sorted(parts, key=lambda part: part.weak):
        if part.actor < 0 or (part.role == "speaker" and names[part.actor] in absent):
            continue
        mine = acts.setdefault(names[part.actor], {})
        if not part.weak or not mine:
            mine.setdefault(part.role, part)
    order: dict[str, list[Actor]] = {}
    for name, actor in zip(names, actors, strict=True):
        if name in acts:
            order.setdefault(name, []).append(actor)
    people = [
        participant
        for seq, (name, mentions) in enumerate(order.items())
        for participant in _person(text, seq, name, mentions, acts[name])
    ]
    seqs = {name: seq for seq, name in enumerate(order)}
    pairs = list(zip(names, actors, strict=True))
    mentions = [Mention(a.begin, a.stop, n, a.titles, seqs.get(n, -1)) for n, a in pairs]
    aliases = seqs | {text[a.begin : a.stop]: seqs[n] for n, a in pairs if n in seqs}
    return Cast(tuple(people), tuple(mentions), aliases)


def _person(
    text: str, seq: int, name: str, mentions: Sequence[Actor], acts: dict[str, Part]
) -> list[Participant]:
    """Return the records of one person, one per role."""
    first = mentions[0]
    row = next((m.titles for m in mentions if m.titles and not m.inherited), ())
    span = Span(row[0].span.start, row[-1].span.end) if row else None
    return [
        Participant(
            seq=seq,
            name=name,
            name_span=Span(first.begin, first.stop),
            titles=_offices(mentions),
            titles_span=span,
            role=role,
            role_raw=text[part.start : part.end],
            role_span=Span(part.start, part.end),
            confidence=person_confidence(first.why, part.rule, part.weak),
            rules=(first.why, part.rule),
        )
        for role, part in sorted(acts.items(), key=lambda item: _ORDER[item[0]])
    ]


def _absent(text: str, names: Sequence[str], actors: Sequence[Actor]) -> set[str]:
    """Return who speaks only by letter or instruction, or is only cited with the office behind the name."""
    pairs = list(zip(names, actors, strict=True))
    letter = {n for n, actor in pairs if _LETTER.match(text, actor.end)} if _LETTERS.search(text) else set()
    cited = {name for name, actor in pairs if actor.trail and actor.titles[0].text in CITED}
    return letter | (cited - {name for name, actor in pairs if not actor.trail})


def _first_forms(actors: Sequence[Actor]) -> list[str]:
    """Return the names, a misprint (one character of three, same post) put back to the form printed first."""
    first: dict[str, str] = {}
    posts: dict[str, set[str | None]] = {}
    for actor in actors:
        posts.setdefault(actor.name, set()).update(title.post for title in actor.titles)
    for actor in actors:
        name = actor.name
        if name not in first:
            twins = (n for n in first if _misprint(n, name) and posts[n] & posts[name] - {None})
            twin = next(twins, None)
            first[name] = first[twin] if twin else name
    return [first[actor.name] for actor in actors]


def _misprint(name: str, other: str) -> bool:
    """Tell whether two names of three characters differ in one character of the given name."""
    return len(name) == len(other) == 3 and name[0] == other[0] and sum(map(str.__eq__, name, other)) == 2


def _offices(mentions: Sequence[Actor]) -> tuple[Title, ...]:
    """Return the union of a person's offices; those behind the name only if none stands before."""
    found: list[Title] = []
    for trailing in (False, True):
        for mention in mentions:
            if mention.trail == trailing:
                found += [t for t in mention.titles if not any(_same(t.text, f.text) for f in found)]
        if found:
            break
    return tuple(found)


def _same(office: str, other: str) -> bool:
    """Tell whether two printed offices are one, printed in two lengths (市委书记, 中共新河市委书记)."""
    if office.endswith(other) or other.endswith(office):
        return True
    short, long = sorted((office, other), key=len)
    letters = iter(long)
    alike = short[0] == long[0] or (len(short) > 5 and short[-3:] == long[-3:])
    return alike and short[-2:] == long[-2:] and all(letter in letters for letter in short)


def groups(text: str, parts: Sequence[Part]) -> tuple[Group, ...]:
    """Return the groups in printed order, each once per role."""
    seen: dict[tuple[str, str], tuple[Part, Span]] = {}
    for part in parts:
        if part.group:
            span = Span(part.group.start, part.group.end)
            seen.setdefault((span.of(text), part.role), (part, span))
    seqs = {name: seq for seq, name in enumerate(dict.fromkeys(name for name, _ in seen))}
    return tuple(
        Group(
            seq=seqs[name],
            name=name,
            name_span=span,
            role=role,
            role_raw=text[part.start : part.end],
            role_span=Span(part.start, part.end),
            confidence=group_confidence(part.rule, role),
            rules=(part.rule,),
        )
        for (name, role), (part, span) in seen.items()
    )

"""Participants and groups of a report, from the acts that the text tells of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.meeting.actors import Actor
from etl.meeting.people import Cast, Mention
from etl.meeting.scene import Part
from etl.records import Group, Participant, Span, Title

_ORDER = {"chair": 0, "speaker": 1, "presenter": 2, "attendee": 3}


def read(text: str, actors: Sequence[Actor], parts: Sequence[Part]) -> Cast:
    """Return the persons who took part in printed order, one record per role, and every mention of a person."""
    names = _first_forms([actor.name for actor in actors], actors)
    acts: dict[str, dict[str, Part]] = {}
    absent = _absent(text, names, actors)
    for part in sorted(parts, key=lambda p: p.weak):
        if part.actor < 0 or (part.role == "speaker" and names[part.actor] in absent):
            continue
        name = names[part.actor]
        mine = acts.setdefault(name, {})
        if not part.weak or not mine:
            mine.setdefault(part.role, part)
    order: dict[str, list[Actor]] = {}
    for name, actor in zip(names, actors, strict=True):
        if name in acts:
            order.setdefault(name, []).append(actor)
    people: list[Participant] = []
    for seq, (name, mentions) in enumerate(order.items()):
        offices = _offices(mentions)
        row = next((m.titles for m in mentions if m.titles and not m.inherited), ())
        span = Span(row[0].span.start, row[-1].span.end) if row else None
        for role, part in sorted(acts[name].items(), key=lambda item: _ORDER[item[0]]):
            people.append(
                Participant(
                    seq, name, Span(mentions[0].begin, mentions[0].stop), offices, span, role,
                    text[part.start : part.end], Span(part.start, part.end), 0.9, (mentions[0].why, part.rule),
                )
            )  # fmt: skip
    seqs = {name: seq for seq, name in enumerate(order)}
    mentions = [
        Mention(a.begin, a.stop, n, a.titles, seqs.get(n, -1)) for n, a in zip(names, actors, strict=True)
    ]
    aliases = seqs | {
        text[a.begin : a.stop]: seqs[n] for n, a in zip(names, actors, strict=True) if n in seqs
    }
    return Cast(tuple(people), tuple(mentions), aliases)


_LETTER = re.compile(
    r"(?:同志)?[^，。；]{0,40}?(?:作出(?:了|过)?(?:重要)?(?:指示|批示)|致信|发来贺信|致贺信|发来贺电|致贺电|发来慰问)"
)
_CITED = ("总书记", "主席", "总理")


def _absent(text: str, names: Sequence[str], actors: Sequence[Actor]) -> set[str]:
    """Return who speaks only by letter or instruction, or is only cited with the office behind the name."""
    letter = {n for n, a in zip(names, actors, strict=True) if _LETTER.match(text, a.end)}
    cited = {n for n, a in zip(names, actors, strict=True) if a.trail and a.titles[0].text in _CITED}
    present = {n for n, a in zip(names, actors, strict=True) if not a.trail}
    return letter | (cited - present)


def _first_forms(names: Sequence[str], actors: Sequence[Actor]) -> list[str]:
    """Return the names with a misprint (one character of three, same post) put back to the form printed first."""
    first: dict[str, str] = {}
    posts: dict[str, set[str | None]] = {}
    for name, actor in zip(names, actors, strict=True):
        posts.setdefault(name, set()).update(t.post for t in actor.titles)
    for name in names:
        if name not in first:
            twin = next((n for n in first if _misprint(n, name) and posts[n] & posts[name] - {None}), None)
            first[name] = first[twin] if twin else name
    return [first[name] for name in names]


def _misprint(name: str, other: str) -> bool:
    same = [a == b for a, b in zip(name, other, strict=False)]
    return len(name) == len(other) == 3 and same[0] and sum(same) == 2


def _offices(mentions: Sequence[Actor]) -> tuple[Title, ...]:
    """Return the union of a person's offices over the mentions; offices behind the name only if none stands before."""
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
    return short[0] == long[0] and short[-2:] == long[-2:] and all(c in letters for c in short)


def groups(text: str, parts: Sequence[Part]) -> tuple[Group, ...]:
    """Return the groups in printed order, each once per role."""
    seen: dict[tuple[str, str], Part] = {}
    for part in parts:
        if part.group:
            seen.setdefault((text[part.group.start : part.group.end], part.role), part)
    names = list(dict.fromkeys(name for name, _ in seen))
    return tuple(
        Group(
            names.index(name), name, Span(p.group.start, p.group.end), role, text[p.start : p.end],
            Span(p.start, p.end), 0.8, (p.rule,),
        )
        for (name, role), p in seen.items()
        if p.group
    )  # fmt: skip

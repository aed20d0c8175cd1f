"""Person phrases: a name with the offices before or behind it, and the offices that a list shares."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from etl.meeting import short, titles
from etl.meeting.lexer import Token
from etl.meeting.listed import Found
from etl.records import Span, Title

JOIN = re.compile(
    r"(?:等)?[ \u3000]*(?:同志|先生|女士)?(?:[（(][^（）()]{1,20}[）)])?[ \u3000]*"
    r"(?:[、，,；;]|以及|及|和(?![县平田林硕静龙政顺布])|与(?!会)|同)*[ \u3000]*"
)
"""What joins two person phrases of one list."""

_CLOSE = re.compile(
    r"(?:同志|先生|女士|夫妇|一行[一二三四五六七八九十\d]*人?|等(?!级|待)(?:领导)?(?:同志)?)+"
)
# An office in brackets behind the name: 罗婉（外科主任）.
_BRACKETED = re.compile(r"[（(](?P<office>[^（）()，。；、]{2,20})[）)]")
_BLANK = re.compile(r"[ \u3000]")
_OFFICES = frozenset("总局处院校厂所队")
_ADDRESS = ("同志", "先生", "女士", "同学")


class Actor(NamedTuple):
    """A person phrase `text[start:end]`: the name at `text[begin:stop]`, offices in printed order.

    `inherited`: the offices are those of the name before in the list; `trail`: they stand behind the name;
    `name` is the person's full name without blanks, also where only a short form is printed.
    """

    start: int
    end: int
    begin: int
    stop: int
    titles: tuple[Title, ...]
    inherited: bool
    trail: bool
    why: str
    name: str


def read(text: str, found: Sequence[Found], tokens: Sequence[Token]) -> list[Actor]:
    """Return the person phrases of a text in order."""
    ends = {token.end: token for token in tokens if token.kind in ("post", "label")}
    starts = {token.start: token for token in tokens if token.kind == "post"}
    names = {item.start for item in found}
    actors: list[Actor] = []
    floor = 0
    for index, item in enumerate(found):
        after = item.after or starts.get(item.end) or starts.get(short.prefixed(text, item.end))
        if item.after is None and after is not None and (not after.scope or after.end in names):
            after = None
        actor = _phrase(text, item, after, floor, ends)
        if (
            not actor.titles
            and item.post is None
            and item.why != short.FORM
            and actors
            and _shares(text, actors[-1], found, index)
        ):
            actor = actor._replace(titles=actors[-1].titles, inherited=True)
        actors.append(_spouse(text, actor, actors[-1]) if actors else actor)
        floor = actor.end
    return [_meant(actor, actors) if _shortened(actor, actors) else actor for actor in actors]


def _phrase(text: str, item: Found, after: Token | None, floor: int, ends: Mapping[int, Token]) -> Actor:
    """Return the phrase around one name: offices to its left down to `floor`, else the one behind it."""
    start, end, trail = item.start, item.end, False
    offices: tuple[Title, ...] = ()
    left = start
    while left and text[left - 1] in " \u3000":
        left -= 1
    post = item.post or ends.get(titles.unbracketed(text, left))
    spans = titles.run(text, item.start, floor, ends) if post and post.start >= floor else []
    if spans:
        start = spans[0].start
        if post and post.kind == "post":
            offices = tuple(titles.split(text, s, ends.get(titles.unbracketed(text, s.end))) for s in spans)
    if after is not None:
        if not offices and text[after.start : after.end] not in _ADDRESS:
            offices, trail = (titles.split(text, Span(item.end, after.end), after),), True
        end = after.end
    bracket = None if offices else _BRACKETED.match(text, end)
    if bracket and (inside := ends.get(bracket.end("office"))) and inside.kind == "post":
        offices, trail = (titles.split(text, Span(*bracket.span("office")), inside),), True
        end = bracket.end()
    close = _CLOSE.match(text, end)
    name, end = _BLANK.sub("", text[item.start : item.end]), close.end() if close else end
    return Actor(start, end, item.start, item.end, offices, False, trail, item.why, name)


def _spouse(text: str, actor: Actor, before: Actor) -> Actor:
    """Return a spouse with the whole title: it begins with the name before (某某主席夫人)."""
    if not actor.titles or actor.titles[0].text not in ("夫人", "丈夫") or before.end != actor.start:
        return actor
    span = Span(before.start, actor.titles[0].span.end)
    return actor._replace(titles=(Title(span.of(text), span, None, actor.titles[0].text),))


def _shares(text: str, before: Actor, found: Sequence[Found], index: int) -> bool:
    """Tell whether a bare name goes on with the offices of the one before it.

    It does behind 、, and behind 和 as the last of a list: 和 before a list of its own begins another.
    """
    item = found[index]
    gap = text[before.stop : item.start].strip(" \u3000")
    if before.trail or not before.titles:
        return False
    if gap in ("、", "同志、"):
        return True
    following = found[index + 1] if index + 1 < len(found) else None
    last = following is None or text[item.end : following.start] != "、" or following.post is not None
    return gap in ("和", "及", "与", "以及") and last


def _shortened(actor: Actor, full: Sequence[Actor]) -> bool:
    """Tell whether a phrase is a short form of one that stands elsewhere in full.

    It is a surname with a short office (石总) or a given name with an office behind it (敬之县长).
    """
    if actor.why == short.FORM or len(actor.name) != 2:
        return actor.why == short.FORM
    if actor.trail:
        return any(a.titles and len(a.name) == 3 and a.name[1:] == actor.name for a in full)
    chief = not actor.titles and actor.name[1] in _OFFICES
    return chief and any(a.titles and a.name[0] == actor.name[0] and a is not actor for a in full)


def _meant(actor: Actor, full: Sequence[Actor]) -> Actor:
    """Return a short form with the name of who has that surname and office, named before it if any."""
    given = [a for a in full if actor.trail and len(a.name) == 3 and a.name[1:] == actor.name]
    if given:
        return actor._replace(name=given[0].name)
    post = actor.name[1:].removeprefix("副")
    same = [a for a in full if a.why != short.FORM and a.name[0] == actor.name[0] and a.titles]
    fitting = [a for a in same if any(title.text.endswith(post) for title in a.titles)] or same
    before = [a for a in fitting if a.begin < actor.begin] or fitting
    return actor._replace(name=before[-1].name) if before else actor

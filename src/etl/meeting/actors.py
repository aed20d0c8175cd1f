"""Person phrases: a name with the offices before or behind it, and the offices that a list shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.meeting import titles
from etl.meeting.find import POSTPOSED, SHORT, Found
from etl.meeting.lexer import Token
from etl.records import Span, Title

JOIN = re.compile(
    r"(?:等)?[ \u3000]*(?:同志|先生|女士)?(?:[（(][^（）()]{1,8}[）)])?[ \u3000]*"
    r"(?:[、，,；;]|以及|及|和(?![县平田林硕静龙政顺布])|与(?!会)|同)*[ \u3000]*"
)
_CLOSE = re.compile(
    r"(?:同志|先生|女士|夫妇|一行[一二三四五六七八九十\d]*人?|等(?!级|待)(?:领导)?(?:同志)?)+"
)
_BLANK = re.compile(r"[ \u3000]")


class Actor(NamedTuple):
    """A person phrase `text[start:end]`: name at `text[begin:stop]`, offices in printed order.

    `inherited` tells that the offices are those of the name before in the list; `label` that a mere label stands
    before the name; `trail` that the offices stand behind it.
    """

    start: int
    end: int
    begin: int
    stop: int
    titles: tuple[Title, ...]
    inherited: bool
    trail: bool
    why: str
    name: str = ""


def read(text: str, found: Sequence[Found], tokens: Sequence[Token]) -> list[Actor]:
    """Return the person phrases of a text in order."""
    posts = {token.end: token for token in tokens if token.kind in ("post", "label")}
    heads = {token.start: token for token in tokens if token.kind == "post"}
    starts = frozenset(item.start for item in found)
    actors: list[Actor] = []
    floor = 0
    for index, item in enumerate(found):
        actor = _phrase(text, item, floor, posts, heads, starts)
        if (
            not actor.titles
            and item.post is None
            and actors
            and _shares(text, actors[-1], item, found, index)
        ):
            actor = actor._replace(titles=actors[-1].titles, inherited=True)
        actors.append(actor)
        floor = actor.end
    return _named(text, actors)


def _named(text: str, actors: Sequence[Actor]) -> list[Actor]:
    """Return the phrases with the person's name, blanks left out; a short form gets the full name that it means."""
    named: list[Actor] = []
    full = [a._replace(name=_BLANK.sub("", text[a.begin : a.stop])) for a in actors]
    for actor in full:
        if actor.why == SHORT:
            printed = actor.name
            same = [a for a in full if a.why != SHORT and a.name[0] == printed[0] and a.titles]
            post = printed[1:].removeprefix("副")
            fitting = [a for a in same if any(t.text.endswith(post) for t in a.titles)] or same
            before = [a for a in fitting if a.begin < actor.begin] or fitting
            actor = actor._replace(name=before[-1].name if before else printed)
        named.append(actor)
    return named


def _phrase(
    text: str,
    item: Found,
    floor: int,
    posts: dict[int, Token],
    heads: dict[int, Token],
    starts: frozenset[int],
) -> Actor:
    """Return the phrase around one name: offices to its left down to `floor`, or behind it."""
    start, end, offices, trail = item.start, item.end, (), False
    post = item.post or posts.get(titles.unbracketed(text, _strip(text, item.start)))
    if post is not None and post.start >= floor:
        spans = titles.run(text, item.start, floor, posts)
        if spans:
            start = spans[0].start
            if post.kind == "post":
                offices = tuple(
                    titles.split(text, s, posts.get(titles.unbracketed(text, s.end))) for s in spans
                )
    after = item.after
    if after is not None:
        first = item.end
        if not offices and text[after.start : after.end] not in ("同志", "先生", "女士"):
            offices, trail = (titles.split(text, Span(first, after.end), after),), True
        end = after.end
    behind = heads.get(end)
    if (
        after is None
        and behind is not None
        and text[behind.start : behind.end] in POSTPOSED
        and behind.end not in starts
    ):
        if not offices:
            offices, trail = (titles.split(text, Span(end, behind.end), behind),), True
        end = behind.end
    close = _CLOSE.match(text, end)
    return Actor(start, close.end() if close else end, item.start, item.end, offices, False, trail, item.why)


def _strip(text: str, end: int) -> int:
    while end and text[end - 1] in " \u3000":
        end -= 1
    return end


def _shares(text: str, before: Actor, item: Found, found: Sequence[Found], index: int) -> bool:
    """Tell whether a bare name goes on with the offices of the one before: joined by 、, or by 和 as the last of a list."""
    gap = text[before.stop : item.start]
    if before.trail or not before.titles:
        return False
    if gap.strip(" \u3000") in ("、", "同志、"):
        return True
    if gap.strip(" \u3000") not in ("和", "及", "与", "以及"):
        return False
    following = found[index + 1] if index + 1 < len(found) else None
    return following is None or text[item.end : following.start] != "、" or following.post is not None

"""The main text: by profile first, by density for the rest, with a second opinion where the first is unsure."""

from __future__ import annotations

from typing import NamedTuple

from etl.page import byline, density, furniture, profiles
from etl.page.paragraphs import Paragraph, Reader
from etl.page.profiles import Profile
from etl.page.tree import Node, Tree, parse

_SURE = 200
_STARTS, _ENDS = 3, 6


class MainText(NamedTuple):
    """The element that holds the article and what was read from it.

    `credits` are the lines of its edges that consist of credits; `linked` is the share of text in links.
    """

    node: Node
    layout: str
    profile: Profile | None
    text: str
    captions: str
    credits: str
    linked: float

    @property
    def weight(self) -> float:
        """Characters of running text outside links."""
        return len(self.text) * (1.0 - self.linked)


def choose(tree: Tree, known: list[Profile]) -> MainText | None:
    """Return the main text of `tree`, or None where no element holds any.

    The first profile that yields a fair amount of text is sure. Otherwise density gives a second opinion, and wins
    where it finds more than twice the text.
    """
    best: MainText | None = None
    for profile, node in profiles.bodies(tree, known):
        found = _read(node, profile.id, profile)
        if found.weight >= _SURE:
            return found
        if best is None or found.weight > best.weight:
            best = found
    node = density.body(tree)
    second = _read(node, "density", None) if node is not None else None
    if best is None or (second is not None and second.weight > 2 * best.weight):
        best = second
    return best if best is not None and best.text else None


def _read(node: Node, layout: str, profile: Profile | None) -> MainText:
    dropped = {part.mem_id for selector in (profile.drop if profile else ()) for part in node.css(selector)}
    dropped.discard(node.mem_id)
    found = _paragraphs(node, dropped)
    kept = furniture.clean(found)
    text, credits = _edges(kept.text)
    chars = sum(len(p.text) for p in found) or 1
    linked = min(sum(p.linked for p in found) / chars, 1.0)
    lines = ["\n".join(p.text for p in part) for part in (text, kept.captions, credits)]
    return MainText(node, layout, profile, *lines, linked)


def _paragraphs(node: Node, dropped: set[int]) -> list[Paragraph]:
    size = len(node.text())

    def skip(child: Node, tag: str) -> bool:
        return (child.mem_id in dropped) or furniture.skips(child, tag, size)

    found = Reader(skip).read(node)
    if any("</p>" in p.text or "<br" in p.text for p in found[:40]):
        # markup escaped once too often: the paragraphs are in the text
        inner = parse("\n".join(p.text for p in found)).body
        return Reader(skip).read(inner) if inner is not None else found
    return found


def _edges(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the text without the lines of credits near its beginning and end, and those lines."""
    count = len(paragraphs)
    edges = {at for at in range(count) if at < _STARTS or at >= count - _ENDS}
    credits = {at for at in edges if byline.is_credit(paragraphs[at].text)}
    return [p for at, p in enumerate(paragraphs) if at not in credits], [paragraphs[at] for at in sorted(credits)]

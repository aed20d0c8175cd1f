"""The main text: by profile, else by density; with a second opinion where the first is unsure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from etl.page import byline, density, furniture, profiles
from etl.page.paragraphs import Paragraph, Reader
from etl.page.profiles import Profile
from etl.page.tree import Node, Tree, parse

_SURE = 200
_STARTS, _ENDS = 3, 6
_LEAD = 100
_TEASERS = 5
_ASKED = ("记者：", "记者:", "問：", "问：", "记者问：")


class MainText(NamedTuple):
    """The element that holds the article and what was read from it.

    `credits` are the lines of its edges that consist of credits; `lead` are those above a byline in it, as
    the headline is; `linked` is the share of text in links, attached files left out, `teased` tells of links
    between the paragraphs.
    """

    node: Node
    layout: str
    profile: Profile | None
    text: str
    captions: str
    credits: str
    lead: str
    linked: float
    teased: bool

    @property
    def weight(self) -> float:
        """Characters of running text outside links."""
        return len(self.text) * (1.0 - self.linked)


def choose(
    tree: Tree, known: list[Profile], description: str, heading: Callable[[], Node | None]
) -> MainText | None:
    """Return the main text of `tree`, or None where no element holds any.

    `description` is what a page tag says of the article; it is often how the text begins. `heading` looks
    for the element that shows the headline.

    The first profile that yields a fair amount of text is sure. Otherwise density gives a second opinion,
    and wins where it finds more than twice the text.
    """
    best: MainText | None = None
    for profile, node in profiles.bodies(tree, known):
        found = _read(node, profile.id, profile)
        if best is None or found.weight > 1.5 * best.weight:
            best = found
            if best.weight >= _SURE:
                return best
    densest = density.body(tree, description, heading())
    second = _read(densest, "density", None) if densest is not None else None
    if best is None or (second is not None and second.weight > 2 * best.weight):
        best = second
    return best if best is not None and best.text else None


def _read(node: Node, layout: str, profile: Profile | None) -> MainText:
    dropped = {part.mem_id for selector in (profile.drop if profile else ()) for part in node.css(selector)}
    dropped.discard(node.mem_id)
    found, skipped = _paragraphs(node, dropped)
    kept = furniture.clean(found)
    lead, body = _lead(kept.text)
    text, credits = _edges(body)
    while text and furniture.trails(text[-1].text):
        text.pop()
    own = [p for p in found if not furniture.is_attached(p.text)]
    chars = sum(len(p.text) for p in own) or 1
    linked = min(sum(p.linked for p in own) / chars, 1.0)
    signed = [piece for piece in skipped if byline.signs(piece)]
    signed += _signed([p.text for p in kept.behind[-_ENDS:]])
    main, captions, edges = ("\n".join(p.text for p in part) for part in (text, kept.captions, credits))
    above = [p.text for p in lead]
    edges = "\n".join([*above[-1:], edges, *signed]).strip()
    return MainText(
        node, layout, profile, main, captions, edges, "\n".join(above[:-1]), linked, _teased(found, len(text))
    )


def _signed(lines: list[str]) -> list[str]:
    """Return the lines of credits behind the end of an article, where one of them names an editor."""
    credits = [line for line in lines if byline.is_credit(line)]
    return credits if any(byline.read(line).editors for line in credits) else []


def _teased(found: Sequence[Paragraph], count: int) -> bool:
    """Tell whether links stand between the paragraphs again and again, as in a list of abstracts."""
    links = [p.linked >= 0.8 * len(p.text) and len(p.text) > 5 for p in found]
    turns = sum(link and not before for before, link in pairwise(links))
    return turns >= _TEASERS and turns >= 0.3 * count


def _lead(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Part the lines down to a byline with the publish time from the text, where an element holds both."""
    for at, paragraph in enumerate(paragraphs[:_STARTS]):
        if len(paragraph.text) > _LEAD:
            break
        if byline.has_time(paragraph.text) and at + 1 < len(paragraphs):
            return paragraphs[: at + 1], paragraphs[at + 1 :]
    return [], paragraphs


def _paragraphs(node: Node, dropped: set[int]) -> tuple[list[Paragraph], list[str]]:
    size = len(node.text())

    def skip(child: Node, tag: str) -> bool:
        return (child.mem_id in dropped) or furniture.skips(child, tag, size)

    reader = Reader(skip)
    found = reader.read(node)
    if any("</p>" in p.text or "<br" in p.text for p in found[:40]):
        # markup escaped once too often: the paragraphs are in the text
        inner = parse("\n".join(p.text for p in found)).body
        found = Reader(skip).read(inner) if inner is not None else found
    return found, reader.skipped


def _edges(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the text without its lines of credits, and those lines.

    Lines of credits stand near the beginning and the end; one that names an editor ends the article, so
    what little follows it goes too (invitations, the account's own notices).
    """
    count = len(paragraphs)
    total = sum(len(p.text) for p in paragraphs)
    asked = [p for p in paragraphs if p.text.startswith(_ASKED)]
    spoken = {id(p) for p in asked} if len(asked) > 1 else set()  # an interview, not its reporter
    credits: list[Paragraph] = []
    text: list[Paragraph] = []
    seen = 0
    ended = False
    for at, paragraph in enumerate(paragraphs):
        seen += len(paragraph.text)
        editor = byline.names_editor(paragraph.text)
        if id(paragraph) not in spoken and (
            (editor or at < _STARTS or at >= count - _ENDS) and byline.is_credit(paragraph.text)
        ):
            credits.append(paragraph)
            ended = ended or (editor and text != [] and total - seen < 0.3 * total)
        elif not ended or byline.is_credit(paragraph.text):
            (credits if ended else text).append(paragraph)
    return text, credits

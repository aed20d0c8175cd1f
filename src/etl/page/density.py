"""Where no profile matches: the element that holds the page's running text, by two independent opinions.

First opinion (after readability): each paragraph gives points for its punctuation and length to the element
around it and half of them to the next one. Second opinion (after content extraction by text density): the
element that wins must hold most of the running text of the one around it or of the page; otherwise that is
taken. What stands above the headline or behind the end of an article (网友评论, 相关阅读) counts for little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from etl.page import byline, furniture
from etl.page.paragraphs import BLOCKS
from etl.page.tree import Node, Tree

_MARKS = re.compile("[，。、；？！,;]")
_FOOT = re.compile(
    r"Copyright|版权所有|ICP备|公网安备|All Rights Reserved|网站标识码|不良信息|增值电信|"
    r"许可证.{0,8}[\d:：]|(?:举报|客服)(?:电话|热线).{0,3}\d|(?:主办|承办)单位\s*[:：]|技术支持\s*[:：]|"
    r"^.{0,6}(?:郑重|免责)声明|未经.{0,14}(?:授权|许可|同意).{0,14}(?:不得|禁止|严禁|请勿|谢绝|转载)",
    re.IGNORECASE,
)
_UNLIKELY = re.compile(
    r"(?:^| )(?:footer|foot|nav|sidebar|side|comments?|reply|share)(?: |$)"
    r"|comment-|copyright|recommend|relate|sidebar|pinglun|footer",
)
_COMMENTS = re.compile(r"(?:^| )(?:comments?|comment-list|comments-list|ds-thread)(?: |$)")
_TALK = re.compile("(?:发表|参与|我要|网友|全部|最新|最热|热门|精彩|读者|用户)?(?:评论|留言|跟[帖贴]|回复)")
_HIDDEN = re.compile(r"display:\s?none")
_TEXT = (
    "p, div, td, section, article, span, pre, li, font, center, blockquote, dd, h1, h2, h3, h4, h5, strong, b"
)
_INLINE = frozenset(("span", "font", "strong", "b"))
_LEAF = frozenset(("p", "span", "font", "li", "blockquote", "dd", "pre", "strong", "b"))
_BOXES = frozenset(("div", "section"))
_ASIDES = frozenset(("footer", "nav", "aside"))
_LISTS = frozenset(("ul", "ol", "dl", "tr", "tbody"))
_MIN_CHARS = 12
_HINTED = 60.0
_ASIDE = 0.25
_TALKED = 0.05
_BEGUN = 40.0
_NOTE = 0.1
_RUN = 80


@dataclass(slots=True)
class _Mass:
    node: Node
    score: float = 0.0
    chars: float = 0.0


class _Block(NamedTuple):
    """A paragraph: its element, points, characters; what stands aside from the article has less of both."""

    node: Node
    points: float
    chars: float


def body(tree: Tree, description: str, heading: Node | None = None) -> Node | None:
    """Return the element that holds the article's running text, or None where there is none.

    A paragraph that the page's own `description` begins with weighs as much as twenty others. `heading` is
    the element that shows the headline, if it is known.
    """
    root = tree.body
    if root is None:
        return None
    blocks = _blocks(root, _hint(description), heading)
    mass: dict[int, _Mass] = {}
    aside: dict[int, bool] = {root.mem_id: False}
    whole = len(root.text()) if blocks else 0
    blocks = [block for block in blocks if _weigh(mass, block, aside, whole)]
    leaves: dict[int, bool] = {}
    for block in blocks:
        _score(mass, block, leaves)
    if not blocks:
        return None
    first = max(mass.values(), key=lambda m: m.score).node
    return _widen(first, mass, root)


def _blocks(root: Node, hint: str, heading: Node | None) -> list[_Block]:
    """Return the paragraphs of the page in order."""
    found: list[_Block] = []
    share = 1.0 if heading is None else _ASIDE
    begun = 0.0
    for node in root.css(_TEXT):
        if heading is not None and node.mem_id == heading.mem_id:
            share, begun = 1.0, 0.0
            continue
        text = node.text(deep=False).strip()
        if len(text) < _MIN_CHARS:
            talk = _TALK.match(text) is not None
            if heading is not None and begun > (0.0 if talk else _BEGUN) and _ends(text):
                share = min(share, _TALKED if talk else _ASIDE)
            continue
        marks = len(_MARKS.findall(text))
        if (marks == 0 and len(text) < 40) or _FOOT.search(text[:150]):
            continue
        begun += len(text)
        points = marks + min(len(text) / 50, 6.0)
        if hint and hint[0] in text[:20] and hint in _hint(text):
            points += _HINTED
        found.append(_Block(_block(node), share * points, share * min(len(text), _RUN * (marks + 1))))
    if heading is not None and max((block.chars for block in found), default=0.0) < _MIN_CHARS:
        return _blocks(root, hint, None)
    return found


def _ends(text: str) -> bool:
    """Tell whether a short text ends the article: a heading of what follows, or the editor's label."""
    return len(text) > 3 and (furniture.ends(text) or byline.names_editor(text))


def _hint(text: str) -> str:
    """Return the beginning of a text, letters and digits only: enough to know it again."""
    return "".join(char for char in text[:40] if char.isalnum())[:12]


def _unlikely(node: Node, whole: int) -> bool:
    """Tell whether an element hardly holds the article, as its names say.

    `whole` is the length of the page's text. One that holds half of it may be the article after all, unless
    it is named for comments, and so may one that holds the headline.
    """
    attrs = node.attributes
    names = f"{attrs.get('class') or ''} {attrs.get('id') or ''}"
    if _COMMENTS.search(names):
        return node.css_first("h1") is None
    if (
        node.tag not in _ASIDES
        and not _UNLIKELY.search(names)
        and not _HIDDEN.search(attrs.get("style") or "")
    ):
        return False
    most = 0.8 if node.tag in _ASIDES else 0.5
    return len(node.text()) < most * whole and node.css_first("h1") is None


def _block(node: Node) -> Node:
    while node.tag in _INLINE and node.parent is not None:
        node = node.parent
    return node


def _weigh(mass: dict[int, _Mass], block: _Block, aside: dict[int, bool], whole: int) -> bool:
    """Add a paragraph to each element around it up to <body>; return False inside an unlikely one.

    `aside` keeps which elements are unlikely.
    """
    path: list[Node] = []
    node: Node | None = block.node
    while node is not None and node.tag != "html":
        unlikely = aside.get(node.mem_id)
        if unlikely is None:
            unlikely = aside[node.mem_id] = _unlikely(node, whole)
        if unlikely:
            return False
        path.append(node)
        node = node.parent
    for ancestor in path:
        mass.setdefault(ancestor.mem_id, _Mass(ancestor)).chars += block.chars
    return True


def _score(mass: dict[int, _Mass], block: _Block, leaves: dict[int, bool]) -> None:
    """Give the points of a paragraph to the elements around it, less the farther they are.

    Elements that only wrap one another are one; lists and rows are never the article. `leaves` keeps which
    elements are paragraphs.
    """
    node: Node | None = block.node
    while node is not None:
        if node.mem_id not in leaves:
            leaves[node.mem_id] = node.tag in _LEAF or _is_paragraph(node, mass)
        if not leaves[node.mem_id]:
            break
        node = node.parent
    leaf = node is None or node.mem_id != block.node.mem_id
    shares = iter((1.0, 0.5, 0.2))
    share, around = next(shares), block.chars
    while node is not None and (own := mass.get(node.mem_id)) is not None:
        if node.tag not in _LISTS:
            wraps = around == block.chars < 0.5 * own.chars and leaf
            if own.chars > around and not wraps:
                share = next(shares, 0.0)
                if not share:
                    return
            around = own.chars
            own.score += block.points * share
        node = node.parent


def _is_paragraph(node: Node, mass: dict[int, _Mass]) -> bool:
    """Tell whether a <div> is one paragraph beside others, not what holds the article."""
    if node.tag not in _BOXES or not _is_single(node):
        return False
    beside = (_beside(node, "prev"), _beside(node, "next"))
    return any(
        other is not None
        and other.tag == node.tag
        and other.mem_id in mass
        and mass[other.mem_id].chars > _NOTE * mass[node.mem_id].chars
        and _is_single(other)
        for other in beside
    )


def _is_single(node: Node) -> bool:
    """Tell whether an element holds one paragraph, itself or in one element."""
    child = node.first_child
    while child is not None and child.tag == "-text" and not (child.text_content or "").strip():
        child = child.next
    if child is None or child.tag not in BLOCKS or _beside(child, "next") is not None:
        return _is_flat(node)
    return _is_flat(child)


def _beside(node: Node, way: str) -> Node | None:
    other: Node | None = getattr(node, way)
    while other is not None and other.tag == "-text":
        other = getattr(other, way)
    return other


def _is_flat(node: Node) -> bool:
    """Tell whether an element holds no blocks and no line breaks."""
    child = node.first_child
    while child is not None:
        if child.tag in BLOCKS:
            return False
        child = child.next
    return True


def _widen(first: Node, mass: dict[int, _Mass], root: Node) -> Node:
    """Return the first opinion, or the element around it that holds much more running text than it."""
    chosen = first
    node: Node | None = first
    total = mass[root.mem_id].chars
    while node is not None and node.mem_id != root.mem_id:
        node = node.parent
        if node is None or node.mem_id not in mass:
            break
        own, around = mass[chosen.mem_id].chars, mass[node.mem_id].chars
        if around == own or node.tag in _LISTS:
            continue
        if own >= 0.55 * min(around, total):
            break
        chosen = node
    return chosen

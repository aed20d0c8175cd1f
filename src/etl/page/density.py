"""Where no profile matches: the element that holds the page's running text, by two independent opinions.

First opinion (after readability): each paragraph gives points for its punctuation and length to its parent
and half of them to its grandparent. Second opinion (after content extraction by text density): the element
that wins must hold most of the running text of its parent or of the page; otherwise the parent is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.page.tree import Node, Tree

_MARKS = re.compile("[，。、；？！,;]")
_FOOT = re.compile(
    r"Copyright|版权所有|ICP备|公网安备|许可证|举报电话|客服电话|主办单位|承办单位|技术支持|网站标识码|郑重声明|免责声明|"
    r"不良信息|增值电信|未经.{0,10}授权|All Rights Reserved",
    re.IGNORECASE,
)
_UNLIKELY = (
    "footer, nav, aside, .footer, #footer, .foot, #foot, .nav, #nav, .sidebar, #sidebar, .side, .comment, "
    ".comments, "
    "#comment, #comments, [class*=comment-], [id*=comment-], [class*=copyright], [id*=copyright], "
    "[class*=recommend], "
    "[class*=relate], [id*=relate], [class*=sidebar], [id*=sidebar], [class*=pinglun], .reply, .share, "
    "[class*=footer], "
    "[id*=footer], [style*='display:none'], [style*='display: none']"
)
_COMMENTS = ".comments, #comments, #comment, .comment-list, #comment-list, .comments-list, .ds-thread"
_TEXT = "p, div, td, section, article, span, pre, li, font, center, blockquote, dd"
_INLINE = frozenset(("span", "font"))
_LEAF = frozenset(("p", "span", "font", "li", "blockquote", "dd", "pre"))
_MIN_CHARS = 12
_HINTED = 60.0


@dataclass(slots=True)
class _Mass:
    node: Node
    score: float = 0.0
    chars: int = 0


def body(tree: Tree, description: str) -> Node | None:
    """Return the element that holds the article's running text, or None where there is none.

    A paragraph that the page's own `description` begins with weighs as much as twenty others.
    """
    hint = _hint(description)
    root = tree.body
    if root is None:
        return None
    unlikely = _unlikely(root)
    mass: dict[int, _Mass] = {}
    scores: dict[int, _Mass] = {}
    for node in root.css(_TEXT):
        text = node.text(deep=False).strip()
        if len(text) < _MIN_CHARS or _FOOT.search(text[:150]):
            continue
        marks = len(_MARKS.findall(text))
        if marks == 0 and len(text) < 40:
            continue
        start = _block(node)
        if not _weigh(mass, start, root.mem_id, len(text), unlikely):
            continue
        points = marks + min(len(text) / 50, 6.0)
        if hint and hint in _hint(text):
            points += _HINTED
        _score(scores, start if start.tag not in _LEAF else start.parent, points)
    if not scores:
        return None
    first = max(scores.values(), key=lambda m: m.score).node
    return _widen(first, mass, root)


def _hint(text: str) -> str:
    """Return the beginning of a text, letters and digits only: enough to know it again."""
    return "".join(char for char in text[:40] if char.isalnum())[:12]


def _unlikely(root: Node) -> set[int]:
    """Return the ids of elements that hardly hold the article: their names say so.

    One that holds half of the page's text may be the article after all, unless it is named for comments.
    """
    whole = len(root.text())
    found = [node for node in root.css(_UNLIKELY) if len(node.text()) < 0.5 * whole]
    return {node.mem_id for node in (*found, *root.css(_COMMENTS)) if node.css_first("h1") is None}


def _block(node: Node) -> Node:
    while node.tag in _INLINE and node.parent is not None:
        node = node.parent
    return node


def _score(scores: dict[int, _Mass], node: Node | None, points: float) -> None:
    for share in (1.0, 0.5, 0.2):
        if node is None or node.tag in ("html", "-document", None):
            return
        scores.setdefault(node.mem_id, _Mass(node)).score += points * share
        node = node.parent


def _weigh(mass: dict[int, _Mass], node: Node | None, top: int, chars: int, unlikely: set[int]) -> bool:
    """Add `chars` to each ancestor up to <body>; return False inside an unlikely element."""
    path: list[Node] = []
    while node is not None:
        if node.mem_id in unlikely:
            return False
        path.append(node)
        if node.mem_id == top:
            break
        node = node.parent
    for ancestor in path:
        mass.setdefault(ancestor.mem_id, _Mass(ancestor)).chars += chars
    return True


def _widen(first: Node, mass: dict[int, _Mass], root: Node) -> Node:
    """Return the first opinion, or the ancestor that holds much more running text than it."""
    chosen = first
    total = mass[root.mem_id].chars
    while chosen.mem_id != root.mem_id:
        parent = chosen.parent
        if parent is None or parent.mem_id not in mass:
            break
        own, around = mass[chosen.mem_id].chars, mass[parent.mem_id].chars
        if own >= 0.55 * min(around, total):
            break
        chosen = parent
    return chosen

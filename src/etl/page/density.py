"""Where no profile matches: the element that holds most of the page's running text."""

from __future__ import annotations

import re

from etl.page.tree import Node, Tree

_MARKS = re.compile("[，。、；：？！,;]")
_MIN_CHARS = 15


def body(tree: Tree) -> Node | None:
    """Return the element whose direct and next-level text carries the most punctuation outside links, or None."""
    scores: dict[int, float] = {}
    nodes: dict[int, Node] = {}
    for node in tree.css("p, div, td, section, article, span, pre, li, font, center"):
        text = node.text(deep=False).strip()
        if len(text) < _MIN_CHARS:
            continue
        score = len(_MARKS.findall(text)) + min(len(text) / 100, 3.0)
        first = node if node.tag not in ("p", "span", "font", "li") else node.parent
        share = 1.0
        for _ in range(2):
            if first is None or first.tag in ("-document", "html"):
                break
            key = first.mem_id
            nodes[key] = first
            scores[key] = scores.get(key, 0.0) + score * share
            first, share = first.parent, 0.5
    if not scores:
        return None
    return nodes[max(scores, key=lambda key: scores[key])]

"""The text of an element as paragraphs: one per block, line break or table row, white space collapsed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.page.tree import Node

BLOCKS = frozenset(
    "address article aside blockquote body center caption dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody tfoot thead tr ul "
    "br".split()
)
_SPACE = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")
_MAX_DEPTH = 300


@dataclass(slots=True)
class Paragraph:
    """A stretch of text between block boundaries; `linked` counts the characters that stand in links."""

    text: str
    tag: str
    linked: int = 0


def read(root: Node) -> list[Paragraph]:
    """Return the paragraphs of `root` in document order; cells of a table row are joined by one space."""
    out: list[Paragraph] = []
    parts: list[str] = []
    state = [0, ""]  # linked characters, tag of the block that is open

    def flush(tag: str) -> None:
        text = _SPACE.sub(" ", "".join(parts)).strip()
        if text:
            out.append(Paragraph(text, str(state[1]), int(state[0])))
        parts.clear()
        state[0], state[1] = 0, tag

    def walk(node: Node, in_link: bool, depth: int) -> None:
        child = node.first_child
        while child is not None:
            tag = child.tag or ""
            if tag == "-text":
                text = child.text_content or ""
                parts.append(text)
                if in_link:
                    state[0] = int(state[0]) + len(text.strip())
            elif tag in BLOCKS:
                flush(tag)
                if depth < _MAX_DEPTH:
                    walk(child, in_link, depth + 1)
                flush(root.tag or "")
            elif tag in ("td", "th"):
                parts.append(" ")
                walk(child, in_link, depth + 1)
                parts.append(" ")
            elif depth < _MAX_DEPTH:
                walk(child, in_link or tag == "a", depth + 1)
            child = child.next

    walk(root, False, 0)
    flush("")
    return out

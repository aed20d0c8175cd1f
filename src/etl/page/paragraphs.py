"""The text of an element as paragraphs: one per block, line break or table row.

White space follows the HTML standard (runs of ASCII white space are one space); ideographic spaces inside a
paragraph stay, because repair reads them (张　三, and places where a byte was lost).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from etl.page.tree import Node, restore

_BLOCK_TAGS = (
    "address article aside blockquote body br caption center dd details dir div dl dt etl-body "
    "fieldset figcaption figure footer form founder-content h1 h2 h3 h4 h5 h6 header hr legend li "
    "main nav ol p pre section summary table tbody tfoot thead tr ul "
)
BLOCKS = frozenset(_BLOCK_TAGS.split())
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u200b\ufeff]+")
_EDGES = " \u3000"
_INDENT = re.compile(r"(?<=[。！？：；”」）)…!?])[ \xa0\r\n]*\u3000\u3000+")
_MAX_DEPTH = 200
_MAX_CELL = 120
_MAX_CREDIT = 100


@dataclass(slots=True)
class Paragraph:
    """A stretch of text between block boundaries.

    `linked` counts the characters that stand in links; `tag` is the innermost block; `caption` is True
    directly below a picture.
    """

    text: str
    tag: str
    linked: int = 0
    caption: bool = False


class Reader:
    """Walks an element once and collects its paragraphs; `skip` says which elements to pass over.

    `skipped` are the short texts of elements passed over.
    """

    def __init__(self, skip: Callable[[Node, str], bool]) -> None:
        self.found: list[Paragraph] = []
        self.skipped: list[str] = []
        self._skip = skip
        self._parts: list[str] = []
        self._linked = 0
        self._tag = ""
        self._picture = False

    def read(self, root: Node) -> list[Paragraph]:
        """Return the paragraphs of `root` in document order."""
        self._tag = root.tag or ""
        self._walk(root, False, 0)
        self._flush()
        return self.found

    def _flush(self) -> None:
        if not self._parts:
            return
        text = restore("".join(self._parts))
        self._parts.clear()
        pieces = _INDENT.split(text) if "\u3000\u3000" in text and self._tag != "tr" else (text,)
        for piece in pieces:
            clean = _SPACE.sub(" ", piece).strip(_EDGES)
            if clean:
                self.found.append(Paragraph(clean, self._tag, self._linked, self._picture))
                self._picture = False
        self._linked = 0

    def _passes(self, node: Node, tag: str) -> bool:
        """Tell whether to pass over an element; a short one may hold a credit."""
        if not self._skip(node, tag):
            return False
        text = node.text(separator="\n", strip=True, skip_empty=True)
        if 3 < len(text) <= _MAX_CREDIT:
            self.skipped.append(text)
        return True

    def _walk(self, node: Node, in_link: bool, depth: int) -> None:
        child = node.first_child
        while child is not None:
            tag = child.tag or ""
            if tag == "-text":
                text = child.text_content or ""
                self._parts.append(text)
                if in_link:
                    self._linked += len(text.strip())
            elif tag == "img":
                self._flush()
                self._picture = True
            elif tag in BLOCKS:
                self._block(child, tag, in_link, depth)
            elif depth < _MAX_DEPTH and tag[0] != "-" and not self._passes(child, tag):
                cell = tag in ("td", "th")
                self._parts += [" "] if cell and self._parts else []
                self._walk(child, in_link or tag == "a", depth + 1)
            child = child.next

    def _block(self, node: Node, tag: str, in_link: bool, depth: int) -> None:
        self._flush()
        if tag in ("br", "hr") or depth >= _MAX_DEPTH or self._passes(node, tag):
            return
        before, self._tag = self._tag, tag
        row = _row(node) if tag == "tr" else None
        if row is not None:
            self._parts.append(row)
        elif tag == "pre":
            for line in node.text().splitlines():
                self._parts.append(line)
                self._flush()
        else:
            self._walk(node, in_link, depth + 1)
        self._flush()
        self._tag = before


def _row(row: Node) -> str | None:
    """Return a data row's cells joined by spaces, or None for a row that lays out the page."""
    cells: list[str] = []
    child = row.first_child
    while child is not None:
        if child.tag in ("td", "th"):
            cells.append(_SPACE.sub(" ", child.text(separator=" ", strip=True)).strip(_EDGES))
        child = child.next
    if len(cells) < 2 or max(map(len, cells)) > _MAX_CELL:
        return None
    return " ".join(cell for cell in cells if cell)

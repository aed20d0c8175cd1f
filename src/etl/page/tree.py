"""The page as a tree, parsed once with lexbor (through selectolax), within limits.

Why lexbor: on the 40 saved news pages of the page gold (176 kB on average) it parses a page in about 0.8 ms where
libxml2 (lxml) needs 1.6 ms; it follows the HTML standard's error recovery (unclosed tags, scripts with "</p>" in
strings, nested tables come out as a browser sees them); its selectors run in C, and a walk over all nodes from
Python costs 80 ns a node.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

Node = LexborNode
Tree = LexborHTMLParser

MAX_TAGS = 200_000
MAX_DEPTH = 1_000
MAX_ATTRIBUTES = 2_000

_NO_TEXT = ["script", "style", "noscript", "iframe", "template", "svg", "object", "embed", "select", "textarea", "button"]
_NUL = "\ufdd2"  # a noncharacter: stands in for NUL, which HTML parsers drop and repair reads as the mark of a slip
_NUL_IN_TAG = re.compile(r"<[^<>]{0,2000}\x00[^<>]{0,2000}>")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<]{16000}[^<]*")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_OPEN = re.compile(r"<(?:div|span|font|b|i|a|table|td|ul|li|p|section|em|strong|blockquote|dl|dd|center)\b", re.I)
_CLOSE = re.compile(r"</(?:div|span|font|b|i|a|table|td|ul|li|p|section|em|strong|blockquote|dl|dd|center)\b", re.I)


def parse(html: str) -> Tree:
    """Return the tree of `html`; NULs in text survive parsing as a stand-in that `restore` turns back."""
    if "\x00" in html:
        html = _NUL_IN_TAG.sub(lambda match: match.group().replace("\x00", ""), html).replace("\x00", _NUL)
    return Tree(html)


def restore(text: str) -> str:
    """Return `text` with the stand-ins for NUL turned back."""
    return text.replace(_NUL, "\x00")


def strip(tree: Tree) -> None:
    """Take away the elements whose text is never text of the page (scripts, styles, frames, form controls)."""
    tree.strip_tags(_NO_TEXT)


def oversize(html: str) -> str | None:
    """Return what makes `html` too large to read in bounded time and memory, or None.

    Depth is bounded by the start tags that are never closed; sound pages leave a few hundred open at most.
    """
    for match in _LONG_TAG.finditer(html):
        attributes = len(_QUOTED.sub("", match.group()).split(">", 1)[0].split())
        if attributes > MAX_ATTRIBUTES:  # lexbor looks for duplicates: the time grows with their square
            return f"a tag has {attributes} attributes, more than {MAX_ATTRIBUTES}"
    tags = html.count("<")
    if tags > MAX_TAGS:
        return f"the page has {tags} tags, more than {MAX_TAGS}"
    if tags > MAX_DEPTH:
        depth = html.count("<div") - html.count("</div")
        if depth > MAX_DEPTH or tags > 20 * MAX_DEPTH:
            depth = max(depth, len(_OPEN.findall(html)) - len(_CLOSE.findall(html)))
        if depth > MAX_DEPTH:
            return f"{depth} elements are opened and not closed, more than {MAX_DEPTH}"
    return None

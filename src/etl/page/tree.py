"""The page as a tree, parsed once with lexbor (through selectolax), within limits.

Why selectolax: on the 40 saved pages of the page gold (186 kB on average), in one run on one slow core, it
parses a page in 0.9 to 1.2 ms, resiliparse (lexbor too) in 0.8, lxml (libxml2) in 1.5. Parsing and walking
all nodes from Python take 1.2 ms with selectolax and 10 ms with resiliparse. lexbor follows the HTML
standard's error recovery: unclosed tags, scripts with "</p>" in strings and nested tables come out as a
browser sees them.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

Node = LexborNode
Tree = LexborHTMLParser

MAX_TAGS = 200_000
MAX_DEPTH = 1_000
MAX_ATTRIBUTES = 2_000

_NO_TEXT = [
    "script",
    "style",
    "noscript",
    "iframe",
    "template",
    "svg",
    "object",
    "embed",
    "select",
    "button",
]
_NUL = "\ufdd2"  # a noncharacter in the place of NUL, which parsers drop and repair reads
_NUL_IN_TAG = re.compile(r"<[^<>]{0,2000}\x00[^<>]{0,2000}>")
_LONG = 16_000
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<]{16000}[^<]*")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_NO_SIGNS = bytes(sorted(set(range(256)) - set(b"</")))
_ELEMENTS = rb"(?:div|span|font|b|i|a|table|td|ul|li|p|section|em|strong|blockquote|dl|dd|center)\b"
_OPEN = re.compile(rb"<" + _ELEMENTS, re.IGNORECASE)
_CLOSE = re.compile(rb"</" + _ELEMENTS, re.IGNORECASE)


def parse(html: str) -> Tree:
    """Return the tree of `html`; NULs in text survive parsing as a stand-in that `restore` turns back."""
    if "\x00" in html:
        html = _NUL_IN_TAG.sub(lambda match: match.group().replace("\x00", ""), html).replace("\x00", _NUL)
    return Tree(html)


def restore(text: str) -> str:
    """Return `text` with the stand-ins for NUL turned back."""
    return text.replace(_NUL, "\x00")


def strip(tree: Tree) -> None:
    """Take away the elements whose text is never the page's (scripts, styles, frames, controls)."""
    tree.strip_tags(_NO_TEXT)


def oversize(markup: bytes) -> str | None:
    """Return what makes `markup` too large to read in bounded time and memory, or None.

    Depth is bounded by the start tags that are never closed; sound pages leave a few hundred open at most.
    """
    for match in _LONG_TAG.finditer(markup) if _may_hold_long_tag(markup) else ():
        attributes = len(_QUOTED.sub(b"", match.group()).split(b">", 1)[0].split())
        if attributes > MAX_ATTRIBUTES:  # lexbor looks for duplicates: the time grows with their square
            return f"a tag has {attributes} attributes, more than {MAX_ATTRIBUTES}"
    signs = markup.translate(None, _NO_SIGNS)
    tags = signs.count(b"<")
    if tags > MAX_TAGS:
        return f"the page has {tags} tags, more than {MAX_TAGS}"
    if tags > MAX_DEPTH:
        depth = tags - 2 * signs.count(b"</")  # void elements, comments and <p> count as open here
        if depth > MAX_DEPTH:
            depth = len(_OPEN.findall(markup)) - len(_CLOSE.findall(markup))
        if depth > MAX_DEPTH:
            return f"{depth} elements are opened and not closed, more than {MAX_DEPTH}"
    return None


def _may_hold_long_tag(markup: bytes) -> bool:
    """Tell whether no "<" stands in some stretch of half a long tag's length: one in a long tag has none."""
    half = _LONG // 2
    return any(markup.find(b"<", at, at + half) < 0 for at in range(0, len(markup) - half, half))

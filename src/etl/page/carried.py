"""Articles that a page carries as data, for a script to show (__INITIAL_STATE__, JSON-LD, <textarea>)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

_VALUE = re.compile(
    r"[\"'](?:content|contents|contentHtml|contentText|articleContent|articleBody|article_content|newsContent|"
    r"detailContent|txtContent|mainContent|body|bodyText|html|text)[\"']\s{0,4}:\s{0,4}\"((?:[^\"\\]|\\.){60,}+)\"",
)
_AREA = re.compile(r"<textarea\b[^>]{0,300}>", re.IGNORECASE)
_AREA_END = re.compile("</textarea", re.IGNORECASE)
_MOST = 200


def article(html: str) -> str | None:
    """Return the longest text or markup that a script names as its content, or a text area holds, or None.

    Text is returned as markup, a paragraph a line.
    """
    found = islice(_VALUE.finditer(html), _MOST)
    best = max((match[1] for match in found), key=len, default=None)
    if best is None:
        return max((area for area in _areas(html) if "</p>" in area.lower()), key=len, default=None)
    try:
        value = json.loads(f'"{best}"', strict=False)
    except ValueError:
        return None
    value = unescape(value) if "<" not in value and "&lt;" in value else value
    return value if "<" in value else "".join(f"<p>{line}</p>" for line in value.splitlines())


def _areas(html: str) -> Iterator[str]:
    """Yield what text areas hold; hidden ones hold markup for a script to show."""
    at = 0
    for _ in range(_MOST):
        begin = _AREA.search(html, at)
        end = _AREA_END.search(html, begin.end()) if begin else None
        if begin is None or end is None:
            return
        yield unescape(html[begin.end() : end.start()])
        at = end.end()

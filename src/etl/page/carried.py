"""Articles that a page carries as data, for a script to show (__INITIAL_STATE__, JSON-LD, <textarea>)."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import islice

_VALUE = re.compile(
    r"[\"'](?:content|contents|contentHtml|contentText|articleContent|articleBody|article_content|newsContent|"
    r"detailContent|txtContent|mainContent|body|bodyText|html|text)[\"']\s{0,4}:\s{0,4}\"((?:[^\"\\]|\\.){60,}+)\"",
)
_AREA = re.compile(
    r"<textarea\b[^>]{0,300}>((?:(?!</textarea)[\s\S]){60,}+)</textarea", re.IGNORECASE
)  # hidden ones hold markup for a script to show
_MOST = 200


def article(html: str) -> str | None:
    """Return the longest text or markup that a script names as its content, or a text area holds, or None.

    Text is returned as markup, a paragraph a line.
    """
    found = islice(_VALUE.finditer(html), _MOST)
    best = max((match[1] for match in found), key=len, default=None)
    if best is None:
        areas = [unescape(match[1]) for match in islice(_AREA.finditer(html), _MOST)]
        return max((area for area in areas if "</p>" in area.lower()), key=len, default=None)
    try:
        value = json.loads(f'"{best}"', strict=False)
    except ValueError:
        return None
    value = unescape(value) if "<" not in value and "&lt;" in value else value
    return value if "<" in value else "".join(f"<p>{line}</p>" for line in value.splitlines())

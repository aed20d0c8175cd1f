"""Articles that a page carries as data in a script, for a browser to show (__INITIAL_STATE__, JSON-LD)."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import islice

_VALUE = re.compile(
    r"[\"'](?:content|contents|contentHtml|contentText|articleContent|articleBody|article_content|newsContent|"
    r"detailContent|txtContent|mainContent|body|bodyText|html|text)[\"']\s{0,4}:\s{0,4}\"((?:[^\"\\]|\\.){60,}+)\"",
)
_MOST = 200


def article(html: str) -> str | None:
    """Return the longest text or markup that a script of the page names as its content, or None.

    Text is returned as markup, a paragraph a line.
    """
    found = islice(_VALUE.finditer(html), _MOST)
    best = max((match[1] for match in found), key=len, default=None)
    if best is None:
        return None
    try:
        value = json.loads(f'"{best}"', strict=False)
    except ValueError:
        return None
    value = unescape(value) if "<" not in value and "&lt;" in value else value
    return value if "<" in value else "".join(f"<p>{line}</p>" for line in value.splitlines())

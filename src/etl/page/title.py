"""The headline: a heading on the page that the title tag or a meta tag agrees with."""

from __future__ import annotations

import re

from etl.page.meta import Tags
from etl.page.tree import Tree

_SPACE = re.compile(r"\s+")
_SUFFIX = re.compile(r"\s*(?:[_|｜]|\s[-–—]+\s?|-{1,2})\s*[^_|｜]{1,20}$")


def choose(tree: Tree, tags: Tags, selectors: tuple[str, ...]) -> str | None:
    """Return the headline by profile, meta tag, first heading that <title> contains, or <title> without suffix."""
    for selector in selectors:
        node = tree.css_first(selector)
        if node is not None and (text := _clean(node.text())):
            return text
    if "articletitle" in tags.named:
        return _clean(tags.named["articletitle"])
    whole = tree.css_first("title")
    label = _clean(whole.text()) if whole else ""
    for node in tree.css("h1, h2, h3"):
        text = _clean(node.text())
        if len(text) > 3 and text in label:
            return text
    return _SUFFIX.sub("", label) or None


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()

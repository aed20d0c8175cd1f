"""The page's text around the article: above the title, between title and text, and behind."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.page import furniture
from etl.page.tree import Node, Tree

_BODY, _END, _TITLE = "\ufdd0", "\ufdd1", "\ufdd3"  # noncharacters: never text of a page
_PAGE_NO = re.compile(
    r"第\s?([A-Z]?\d{1,3})\s?版|(?<![A-Za-z\d])([A-Z]\d{1,3})\s?版?\s?[:：]|版次\s?[:：]\s?\n?([A-Z]?\d{1,3})(?!\d)"
)
_PAGE_URL = re.compile(r"nw\.D\w+_\d{8}_\d+-([A-Z]?\d{1,3})\.htm")
_COMMENTS = re.compile(
    r"阅读下一篇|跟[帖贴]|热新闻|热点新闻|用户管理|文明上网|^(?:全部)?(?:评论|回复)|最新评论|网友|排行|热门|条评论|^\d{4}-\d\d-\d\d$"
)
_ABOVE = 400
_BEGINNING = 6
_HEAD = 1500
_FOOT = 700


class Regions(NamedTuple):
    """Pieces of the page's text; each line is a text node. `flow` is all of it."""

    above: str
    head: str
    foot: str
    flow: str = ""


def cut(tree: Tree, title: Node | None, body: Node, begins: str) -> Regions:
    """Return the text around `body`; marks are left in the tree, so its text has been read before.

    Without a `title` the head is the last stretch of text before the body. With a title inside the body (an
    element that holds the whole article) it ends where the text `begins`.
    """
    root = tree.body
    if root is None:
        return Regions("", "", "")
    whole = body.mem_id == root.mem_id
    if not whole:
        body.insert_before(_BODY)
        body.insert_after(_END)
    if title is not None:
        title.insert_after(_TITLE)
    flow = root.text(separator="\n", strip=True, skip_empty=True)
    start, end = (-1, len(flow)) if whole else (flow.find(_BODY), flow.find(_END))
    mark = flow.find(_TITLE)
    above = _lines(flow[max(0, mark - _ABOVE) : max(mark, 0)].replace(_BODY, ""))
    foot = _behind(_lines(flow[end + 1 : end + _FOOT].replace(_TITLE, "")))
    if start < mark < end:
        stop = flow.find(begins[:_BEGINNING], mark)
        stop = stop if 0 < stop < mark + _ABOVE else mark + _ABOVE // 4
        return Regions(above, _lines(flow[mark + 1 : stop]), foot, flow)
    if not 0 <= mark < start:
        return Regions("", _lines(flow[max(0, start - _HEAD // 2) : max(start, 0)]), foot, flow)
    return Regions(above, _lines(flow[mark + 1 : start][:_HEAD]), foot, flow)


def _lines(text: str) -> str:
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def _behind(text: str) -> str:
    """Return the lines behind the main text up to where links, comments or the page's foot begin."""
    lines: list[str] = []
    for line in text.split("\n"):
        if _COMMENTS.search(line) or furniture.ends(line):
            break
        lines.append(line)
    return "\n".join(lines)


def page_no(shown: str | None, around: Regions, url: str) -> str | None:
    """Return the newspaper page (版次) as printed, 01 or A03: shown, near the title or in the address."""
    for text in (shown or "", around.above, around.head):
        match = _PAGE_NO.search(text)
        if match:
            return match[1] or match[2] or match[3]
    match = _PAGE_URL.search(url)
    return match[1] if match else None

"""Articles on several pages: the address of the next one, and their drafts put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from etl.page.tree import Tree
from etl.records import Draft

_NEXT = re.compile(
    r"\s*[\[【(（]?\s*(?:下一?页|下頁|下一頁|后一页|后页|Next(?:\s*Page)?)\s*[>＞»›]*\s*[\]】)）]?\s*",
    re.IGNORECASE,
)
_WORDS = ("下一页", "下页", "下一頁", "下頁", "后一页", "后页", "Next")
_TRS = re.compile(
    rb"createPageHTML\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"']([\w-]{1,80})[\"']\s*,\s*[\"'](\w{2,6})[\"']"
)
_NUMBER = re.compile(r"^(?P<stem>.+?)(?:_(?P<number>\d{1,3}))?(?P<suffix>\.s?html?)$", re.IGNORECASE)


def next_url(tree: Tree, markup: bytes, flow: str, url: str) -> str | None:
    """Return the absolute address of the article's next page, or None; `flow` is the text of `tree`.

    Read from a link 下一页 that stays with the article (content_2.htm, t2022_1.html, ?page=2), or from the
    arguments of TRS's createPageHTML(pages, current from 0, name, suffix).
    """
    if b"createPageHTML" in markup and (match := _TRS.search(markup)):
        pages, current = int(match[1]), int(match[2])
        if current + 1 < pages:
            return urljoin(url, f"{match[3].decode()}_{current + 1}.{match[4].decode()}")
        return None
    if not any(word in flow for word in _WORDS):
        return None
    for node in tree.css("a[href]"):
        if _NEXT.fullmatch(node.text()):
            target = urljoin(url, node.attributes.get("href") or "")
            if target != url and _same_article(url, target):
                return target
    return None


def join(drafts: Sequence[Draft]) -> Draft:
    """Return one draft of an article's pages in order: the first page's fields, all texts, all credits.

    Raises ValueError where there is no page.
    """
    if not drafts:
        raise ValueError("an article has at least one page")
    first = drafts[0]

    def credited(field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for draft in drafts for name in getattr(draft, field)))

    return replace(
        first,
        text="\n".join(draft.text for draft in drafts),
        media_source=next((d.media_source for d in drafts if d.media_source), None),
        reporters=credited("reporters"),
        photographers=credited("photographers"),
        editors=credited("editors"),
        next_url=drafts[-1].next_url,
    )


def _same_article(url: str, target: str) -> bool:
    """Tell whether two addresses differ by a page number only."""
    here, there = urlsplit(url), urlsplit(target)
    if there.scheme not in ("http", "https") or here.netloc != there.netloc:
        return False
    if here.path == there.path:
        return here.query != there.query and "page" in there.query.lower()
    mine, other = _NUMBER.match(here.path), _NUMBER.match(there.path)
    if mine is None or other is None:
        return False
    return mine["stem"] == other["stem"] and int(other["number"] or 0) > int(mine["number"] or 0)

"""Articles on several pages: the address of the next one, and their drafts put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from etl.page.tree import Tree
from etl.records import Draft

_NEXT = re.compile(
    r"\s*[\[【(（]?\s*(?:下一?页|下頁|下一頁|后一页|后页|Next(?:\s*Page)?)\s*[>＞»›]*\s*[\]】)）]?\s*",
    re.IGNORECASE,
)
_WORDS = re.compile("下一?[页頁]|后一?页|Next")
_TRS = re.compile(
    rb"createPageHTML\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"']([\w-]{1,80})[\"']\s*,\s*[\"'](\w{2,6})[\"']"
)
_NUMBER = re.compile(
    r"^(?P<stem>.+?)(?:[_-](?P<number>\d{1,3}))?(?P<suffix>\.(?:s?html?|jhtml))$", re.IGNORECASE
)
_PARAMETER = re.compile(r"(?:^|&)(?:page|p|pageno|pn|currentpage|curpage)=(\d{1,3})(?=&|$)", re.IGNORECASE)


def _spellings(letter: str) -> set[bytes]:
    """Return a letter in the charsets of pages, and in those as Latin-1 or cp1252 once more in UTF-8."""
    once = {letter.encode(charset, "ignore") for charset in ("utf-8", "gb18030", "big5")} - {b""}
    twice = {data.decode(wrong, "ignore").encode() for data in once for wrong in ("latin-1", "cp1252")}
    return once | twice | {b"&#%d;" % ord(letter), b"&#x%x;" % ord(letter), b"&#x%X;" % ord(letter)}


def _any(cues: Iterable[bytes]) -> bytes:
    return b"(?:" + b"|".join(map(re.escape, sorted(cues))) + b")"


_LAST = frozenset().union(*map(_spellings, "页頁"))
_FIRST = frozenset().union(*map(_spellings, "下后"))
_NEAR = re.compile(_any(_FIRST) + rb"[^\n]{0,60}?" + _any(_LAST))
# UTF-8 as GB18030 once more in UTF-8: letters do not keep their borders there, so the words are looked for.
_TWICE = tuple(
    word.encode()[:6].decode("gb18030").encode() for word in ("下一", "下页", "下頁", "后一", "后页")
)
_ENGLISH = re.compile(rb"[>\s\[(]next[\s<>&\])p]", re.IGNORECASE)


def may_lead(body: bytes) -> bool:
    """Tell from the bytes of a page whether it may lead to a next one; what it says no to need not be read.

    Cheap and generous: UTF-16 always may.
    """
    if b"createPageHTML" in body or b"\0" in body or any(word in body for word in _TWICE):
        return True
    if any(cue in body for cue in _LAST) and _NEAR.search(body):
        return True
    return b"next" in body.lower() and _ENGLISH.search(body) is not None


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
    if _WORDS.search(flow) is None:
        return None
    for node in tree.css("a[href]"):
        if _NEXT.fullmatch(node.text()):
            target = urljoin(url, node.attributes.get("href") or "")
            if target != url and _follows(url, target):
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


def number(url: str) -> int | None:
    """Return the page number at the end of an address (content_2.htm, show-1-23-2.html, ?page=2), or None.

    Other numbers stand there too; only an address that leads from one to the next tells.
    """
    return _position(url)[1]


def _position(url: str) -> tuple[str, int | None]:
    """Split an address into what the pages of one article share, and the page number in it."""
    parts = urlsplit(url)
    path = f"{parts.netloc}/{parts.path.lstrip('/')}"  # saved pages: file:folder/name.html
    if match := _PARAMETER.search(parts.query):
        rest = parts.query[: match.start()] + parts.query[match.end() :]
        return f"{path}?{rest.strip('&')}", int(match[1])
    match = _NUMBER.match(path)
    if match is None:
        return f"{path}?{parts.query}", None
    stem = f"{match['stem']}{match['suffix']}?{parts.query}"
    return stem, int(match["number"]) if match["number"] else None


def _follows(url: str, target: str) -> bool:
    """Tell whether `target` is the next page of `url`: they differ by the page number, which grows by one.

    The first page may have no number, and its next one may be called 1 or 2.
    """
    if urlsplit(target).scheme not in ("http", "https", "file"):
        return False
    here, there = _position(url), _position(target)
    if here[0] == there[0] and there[1] is not None:
        return there[1] == here[1] + 1 if here[1] is not None else there[1] in (1, 2)
    # the name of a first page may end in a number of its own: 12-3.html, then 12-3-2.html
    first = urlsplit(url)
    whole = f"{first.netloc}/{first.path.lstrip('/')}?{first.query}"
    return there[0] == whole and there[1] in (1, 2)

"""Pages that are no articles: errors, challenges, login walls, soft 404s, indexes, mere files.

The words and scripts that give such pages away are the table `kinds.tsv`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from etl.page import dates
from etl.page.tree import Tree, oversize, parse, strip

_BRIEF = 400
_MANY = 8
_TINY = 100
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|ofd|caj|zip|rar)(?:[?#].*)?$", re.IGNORECASE)
_EMBEDDED = re.compile(
    r"<(?:iframe|embed|object)\b[^>]{0,400}?(?:src|data)=[\"'][^\"'>]{0,300}\.pdf"
    r"|pdfjs|viewer\.html\?file=",
    re.IGNORECASE,
)
_REFRESH = re.compile(r"<meta[^>]{0,40}http-equiv=[\"']?refresh[^>]{0,60}url=", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"(?:window\.|document\.|top\.|self\.)?location(?:\.href)?\s*=\s*[\"']|location\.replace\("
)
_APP = re.compile(
    r"<div\b[^>]{0,80}\bid=[\"']?(?:app|root|__next|__nuxt)\b[^>]{0,80}>\s{0,99}</div>", re.IGNORECASE
)
_DETAILS = {
    "challenge": "the page asks the browser to prove itself",
    "soft-404": "the page says that what was asked for does not exist",
    "error-page": "the page reports a fault of the site",
    "login-wall": "the text is behind a login",
    "no-body": "the page fetches its text by a script",
}


class Verdict(NamedTuple):
    """Why a page is no article: a reason code and a sentence."""

    reason: str
    detail: str


_STATUS = {
    202: "challenge",
    401: "forbidden",
    402: "forbidden",
    403: "forbidden",
    404: "not-found",
    407: "forbidden",
    410: "not-found",
    412: "challenge",
    451: "forbidden",
    521: "challenge",
}
"""Reasons of statuses; with 202, 412 and 521 Chinese portals ask for a JavaScript cookie (observed)."""


def of_answer(status: int, html: str) -> Verdict:
    """Say why an answer of another status than 200 is no page: what its `html` shows, else its status.

    Reasons: challenge, login-wall, forbidden, not-found, http-status.
    """
    shown = _shown(html) if html.strip() and oversize(html.encode("utf-8", "ignore")) is None else None
    if shown is not None:
        return Verdict(shown, f"the server answers {status}; {_DETAILS[shown]}")
    return Verdict(_STATUS.get(status, "http-status"), f"the server answers {status}")


def _shown(html: str) -> str | None:
    """Return the kind that an answer's scripts and words give away: challenge, login-wall or None."""
    root = parse(html)
    password = root.css_first("input[type=password]") is not None
    scripted = _rules("script")["challenge"].search(html)
    strip(root)
    text = root.body.text(separator=" ", strip=True, skip_empty=True) if root.body else ""
    if len(text) >= _BRIEF:
        return None
    if scripted and len(text) < _TINY:
        return "challenge"
    verdict = _by_words(_title(root), text)
    if verdict is not None and verdict.reason in ("challenge", "login-wall"):
        return verdict.reason
    return "login-wall" if password else None


def without_body(tree: Tree, html: str) -> Verdict:
    """Say why a page without running text is no article, as its words and scripts tell."""
    text = tree.body.text(separator=" ", strip=True, skip_empty=True) if tree.body else ""
    if len(text) < _BRIEF and (verdict := _by_words(_title(tree), text)):
        return verdict
    if len(text) < _TINY and _rules("script")["challenge"].search(html):
        return Verdict("challenge", _DETAILS["challenge"])
    if len(text) < _BRIEF and tree.css_first("input[type=password]") is not None:
        return Verdict("login-wall", _DETAILS["login-wall"])
    if _EMBEDDED.search(html) or (_links_file(tree) and len(tree.css("a[href]")) < 60):
        return Verdict("pdf-only", "the page only carries or links a file")
    if len(text) < _TINY and (_REFRESH.search(html) or (_SCRIPTED.search(html) and len(html) < 4000)):
        return Verdict("redirect", "the page only leads to another address")
    links = len(tree.css("a[href]"))
    if links > 8:
        return Verdict("index-page", f"the page has {links} links and no running text")
    if _APP.search(html):
        return Verdict("no-body", _DETAILS["no-body"])
    return Verdict("no-body", "no element of the page holds running text")


def by_text(
    tree: Tree, text: str, linked: float, *, dated: bool, headed: bool, teased: bool
) -> Verdict | None:
    """Judge a page by the main `text` found and the share of it in links; None for an article.

    `teased` tells of links between the paragraphs, as in a list of abstracts. Only a short text can be a
    notice instead of an article, and only where the page tells no publish time (`dated`); or a home page's
    words of welcome, where no element shows a headline (`headed`) and many dates are listed.
    """
    if linked > 0.6:
        return Verdict("index-page", f"{linked:.0%} of the main text stands in links")
    if teased:
        return Verdict("index-page", "the text consists of abstracts under links")
    missing = _rules("words")["soft-404"]
    if len(text) < 2 * _TINY and missing.search(text) and missing.search(_title(tree)):
        return Verdict("soft-404", _DETAILS["soft-404"])
    if len(text) >= _BRIEF or (dated and (headed or not _lists_dates(tree))):
        return None
    verdict = _by_words(_title(tree), text if len(text) < 2 * _TINY else "") if not dated else None
    if verdict is not None:
        return verdict
    if len(text) < 2 * _TINY and (links := len(tree.css("a[href]"))) > 60:
        return Verdict("index-page", f"the page has {links} links, little text and no headline or time")
    return None


def _lists_dates(tree: Tree) -> bool:
    text = tree.body.text(separator="\n") if tree.body else ""
    return len(list(islice(dates.find(text), _MANY))) == _MANY


def _by_words(title: str, text: str) -> Verdict | None:
    words = f"{title}\n{text}"
    for reason, pattern in _rules("words").items():
        if pattern.search(words):
            return Verdict(reason, _DETAILS[reason])
    return None


def _title(tree: Tree) -> str:
    node = tree.css_first("title")
    return node.text() if node else ""


def _links_file(tree: Tree) -> bool:
    return any(_FILE.search(node.attributes.get("href") or "") for node in tree.css("a[href]"))


@cache
def _rules(where: str) -> dict[str, re.Pattern[str]]:
    """Return one pattern a reason, in the order of the table."""
    rows = files(__package__).joinpath("kinds.tsv").read_text("utf-8").splitlines()[1:]
    grouped: dict[str, list[str]] = {}
    for _, reason, place, pattern, _ in (row.split("\t") for row in rows):
        if place == where:
            grouped.setdefault(reason, []).append(pattern)
    return {
        reason: re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE)
        for reason, patterns in grouped.items()
    }

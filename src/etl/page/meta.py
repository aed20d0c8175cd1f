"""What the page says of itself: page tags, Open Graph, JSON-LD, Founder's property comment, canonical link.

The page tags (SiteName, ArticleTitle, PubDate, ContentSource, Author, ColumnName …) are prescribed for
government sites by the General Office of the State Council, 国办发〔2017〕47号, annex 2.
Names are compared in
lower case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from etl.page.tree import Node, Tree

_PUBLISHED = (
    "pubdate",
    "article:published_time",
    "publishdate",
    "firstpublishedtime",
    "og:release_date",
    "og:published_time",
    "datepublished",
    "publish_time",
    "publish-date",
    "publication_date",
    "bytedance:published_time",
    "weibo:article:create_at",
    "weibo: article:create_at",
    "sailthru.date",
    "dcterms.date",
    "dc.date",
    "date",
    "dateupdate",
    "article:modified_time",
    "og:updated_time",
)
_SOURCES = ("contentsource", "source", "mediaid", "og:article:source", "article:source", "copyright-source")
_AUTHORS = ("author", "article:author", "og:article:author", "dc.creator")
_ENP = re.compile(r"<!--\s*enpproperty\s(.{0,4000}?)/?enpproperty\s*-->", re.DOTALL)
_ENP_FIELD = re.compile(r"<(?:founder-)?(date|author|title|subtitle|introtitle|sourcename)>([^<]{1,400})</")
_META = "meta[content], link[rel=canonical]"
_LD = 'script[type="application/ld+json"]'
_HANDLE = re.compile(r"\s*[(（][^()（）]{1,40}[)）]$")


@dataclass(frozen=True, slots=True)
class Tags:
    """`named` are meta tags and what else says the same; `published` are times as written, the best first."""

    named: dict[str, str]
    published: tuple[str, ...]
    canonical: str | None

    def first(self, *names: str) -> str | None:
        """Return the first of these tags that has a value."""
        return next((self.named[name] for name in names if self.named.get(name)), None)

    @property
    def source(self) -> str | None:
        """The media source that a page tag names."""
        return self.first(*_SOURCES)

    @property
    def author(self) -> str | None:
        """The author that a tag names, without an account's handle in brackets."""
        author = self.first(*_AUTHORS)
        return _HANDLE.sub("", author) if author else None


def read(tree: Tree, html: str, markup: bytes) -> Tags:
    """Return what `tree`, scripts still in it, and its source (text and bytes) say of the page."""
    named: dict[str, str] = {}
    canonical = _read_tags(tree.head, named)
    dated = any(key in named for key in _PUBLISHED)
    if not dated and markup.find(b"<meta", max(markup.find(b"<body"), 0)) >= 0:
        # tags may stand in the body, as microdata or by mistake
        canonical = _read_tags(tree.body, named) or canonical
    if b"enpproperty" in markup and (found := _ENP.search(html)):
        _add(named, {f"enp:{key}": value.strip() for key, value in _ENP_FIELD.findall(found.group(1))})
    if b"ld+json" in markup:
        for node in tree.css(_LD):
            for item in _articles(node.text()):
                _add(named, _from_ld(item))
    published = [named[key] for key in ("enp:date", "ld:date", *_PUBLISHED) if key in named]
    return Tags(named, tuple(published), canonical)


def _read_tags(root: Node | None, named: dict[str, str]) -> str | None:
    """Add the meta tags below `root` to `named`; return the address of a canonical link."""
    canonical = None
    for node in root.css(_META) if root is not None else ():
        attrs = node.attributes
        if node.tag == "link":
            canonical = canonical or attrs.get("href")
            continue
        key = attrs.get("name") or attrs.get("property") or attrs.get("itemprop")
        value = (attrs.get("content") or "").strip()
        if key and value:
            named.setdefault(key.strip().lower(), value)
    return canonical


def _add(named: dict[str, str], more: dict[str, str]) -> None:
    for key, value in more.items():
        if value:
            named.setdefault(key, value)


def _articles(text: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD script that are articles; malformed scripts yield none."""
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    items = data if isinstance(data, list) else [data]
    for item in items:
        if isinstance(item, dict):
            graph = item.get("@graph")
            for one in graph if isinstance(graph, list) else [item]:
                if isinstance(one, dict) and (
                    one.get("headline") or one.get("datePublished") or one.get("pubDate")
                ):
                    yield one


def _from_ld(item: dict[str, Any]) -> dict[str, str]:
    def name(value: object) -> str:
        """Return a text, or the name of the (first) thing given."""
        if isinstance(value, list):
            value = value[0] if value else ""
        if isinstance(value, dict):
            value = value.get("name")
        return value.strip() if isinstance(value, str) else ""

    return {
        "ld:title": name(item.get("headline") or item.get("title")),
        "ld:date": name(item.get("datePublished") or item.get("pubDate")),
        "author": name(item.get("author")),
        "ld:publisher": name(item.get("publisher")),
    }

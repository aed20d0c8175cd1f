"""What the page says of itself: meta tags (国办发〔2017〕47号, Open Graph) and the canonical link."""

from __future__ import annotations

from dataclasses import dataclass

from etl.page.tree import Tree

_PUBLISHED = (
    "pubdate",
    "article:published_time",
    "publishdate",
    "og:release_date",
    "weibo: article:create_at",
)


@dataclass(frozen=True, slots=True)
class Tags:
    """Meta tags by lower-case name, candidates for the publish time in order of trust, the canonical address."""

    named: dict[str, str]
    published: tuple[str, ...]
    canonical: str | None


def read(tree: Tree) -> Tags:
    """Return the page's meta tags."""
    named: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attrs = node.attributes
        key = attrs.get("name") or attrs.get("property") or attrs.get("itemprop")
        value = (attrs.get("content") or "").strip()
        if key and value:
            named.setdefault(key.strip().lower(), value)
    link = tree.css_first("link[rel=canonical]")
    published = tuple(named[key] for key in _PUBLISHED if key in named)
    return Tags(named, published, link.attributes.get("href") if link else None)

"""Articles that carry the same text, in one partition or in a month: each points at the first of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from etl.records import Article

MAX_DISTANCE = 6
"""Bits in which the SimHash of two reprints may differ. Among 2,056 different news texts no two were closer
than 9; a changed credit line and a word cost a text of 300 characters 4 bits on average, at most 8."""

MIN_NEAR = 80
"""Characters below which only identical texts count: SimHash over few n-grams says little."""

_BANDS = tuple((shift, 0xFF) for shift in range(0, 64, 8))
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Print:
    """What tells an article's text apart, small enough to keep for a whole month."""

    order: tuple[datetime, str]
    article_id: str
    simhash: int
    digest: bytes
    near: bool


def print_of(article: Article) -> Print:
    """Return the print of `article`; the order is by publish time, then address."""
    order = (article.published_at or _LATEST, article.url)
    return print_text(article.article_id, order, article.simhash, article.text)


def print_text(article_id: str, order: tuple[datetime, str], simhash: int, text: str) -> Print:
    """Return the print of an article's text."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return Print(order, article_id, simhash, digest, near=len(text) >= MIN_NEAR)


def find(prints: Iterable[Print]) -> dict[str, str]:
    """Return article id to the id of the first article with the same or nearly the same text.

    Hashes that differ in fewer than 8 bits agree in one of 8 bands at least, so only those are compared
    (Manku, Jain, Das Sarma, WWW 2007).
    """
    duplicates: dict[str, str] = {}
    same: dict[bytes, str] = {}
    bands: dict[tuple[int, int], list[Print]] = {}
    for this in sorted(prints, key=lambda p: p.order):
        first = same.get(this.digest) or (_near(this, bands) if this.near else None)
        if first is not None:
            duplicates[this.article_id] = first
            continue
        same[this.digest] = this.article_id
        if this.near:
            for key in _keys(this):
                bands.setdefault(key, []).append(this)
    return duplicates


def _keys(this: Print) -> list[tuple[int, int]]:
    return [(shift, this.simhash >> shift & mask) for shift, mask in _BANDS]


def _near(this: Print, bands: dict[tuple[int, int], list[Print]]) -> str | None:
    """Return the id of the earliest article within `MAX_DISTANCE` bits, or None."""
    close = (
        other
        for key in _keys(this)
        for other in bands.get(key, ())
        if (other.simhash ^ this.simhash).bit_count() <= MAX_DISTANCE
    )
    first = min(close, key=lambda p: p.order, default=None)
    return first.article_id if first else None

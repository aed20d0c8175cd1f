"""What every way of discovery needs: reading a listing, judging a link, knowing its day."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Generic, TypeVar
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from etl import decode
from etl.capture import urls
from etl.capture.answer import Answer
from etl.capture.discover import dates
from etl.capture.failure import FetchError
from etl.capture.http import Http
from etl.records import Capture, Reject
from etl.sources import Source, model

PLACEHOLDER = re.compile(r"\{day:([^{}]+)\}")

W = TypeVar("W", bound=model.Way)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a listing; `day` is that of its address, else that of the listing."""

    url: str
    title: str | None
    day: date | None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """What a listing could not tell: a reason code, a sentence and the address that it is about."""

    reason: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Visit(Generic[W]):
    """One way of discovery of a source on its way to one day."""

    source: Source
    way: W
    day: date
    http: Http

    @property
    def kind(self) -> str:
        """Return the kind of discovery, as definitions name it."""
        return kind_of(self.way)

    @property
    def now(self) -> datetime:
        """Return the present moment in the source's timezone."""
        return self.http.clock().astimezone(self.source.zone)

    def address(self, template: str, number: int | None = None) -> str:
        """Return a template as an absolute address, its `{day:…}` and `{n}` filled in."""
        filled = PLACEHOLDER.sub(lambda match: self.day.strftime(match[1]), template)
        return self.source.at(filled if number is None else filled.replace("{n}", str(number)))

    def starts(self) -> list[str]:
        """Return the addresses at which the way begins: its own, or the sitemaps that robots.txt names.

        FetchError if robots.txt cannot be read or names none.
        """
        if self.way.urls or not isinstance(self.way, model.Sitemap):
            return [self.address(url) for url in self.way.urls]
        rules = self.http.rules(self.source.base)
        if rules.failure is not None:
            raise rules.failure
        if not rules.sitemaps():
            raise FetchError("no-sitemap", "robots.txt names no sitemap; give `urls` in the definition")
        return list(rules.sitemaps())

    def read(self, url: str) -> tuple[Answer, bytes]:
        """Return a listing's answer and body; FetchError unless its status is 200."""
        answer = self.http.get(url)
        if answer.status != 200:
            reason = "not-found" if answer.status in (404, 410) else "http-status"
            raise FetchError(reason, f"the server answers {answer.status}")
        return answer, self.http.body(answer)

    def html(self, url: str) -> tuple[str, LexborHTMLParser]:
        """Return a listing's tree, decoded as pages are, and the address that its links are relative to.

        FetchError if it cannot be read or decoded.
        """
        answer, body = self.read(url)
        page = decode.decode(self._capture(answer, body), charset_default=self.source.charset)
        if isinstance(page, Reject):
            raise FetchError(page.reason, page.detail)
        tree = LexborHTMLParser(page.html)
        base = tree.css_first("base[href]")
        return urljoin(answer.final_url, (base.attributes["href"] or "").strip() if base else ""), tree

    def entry(
        self, url: str, title: str | None, listed: date | None, published: datetime | None = None
    ) -> Entry | None:
        """Return the entry for an absolute address, or None if the way's patterns do not let it through."""
        clean = urls.clean(url)
        if clean is None:
            return None
        include, exclude, dated = _patterns(self.way.include, self.way.exclude, self.way.date_in_url)
        if (include and not any(one.search(clean) for one in include)) or any(
            one.search(clean) for one in exclude
        ):
            return None
        match = dated.search(clean) if dated else None
        day = dates.of_match(match, self.now.date()) if match else None
        if day is None and published is not None:
            day = published.astimezone(self.source.zone).date()
        return Entry(clean, title, day or listed, published)

    def undated(self, entry: Entry) -> list[Gap]:
        """Return the gap that an entry without a date is, where patterns say that it is an article at all."""
        gap = Gap("undated", "the listing gives no date for this page", entry.url)
        return [gap] if self.way.include else []

    def _capture(self, answer: Answer, body: bytes) -> Capture:
        return Capture(
            capture_id="",
            source_id=self.source.id,
            day=self.day,
            url=answer.url,
            final_url=answer.final_url,
            http_status=answer.status,
            headers=answer.headers,
            fetched_at=self.http.clock(),
            body=body,
            body_sha256=hashlib.sha256(body).hexdigest(),
            content_type=answer.header("content-type"),
        )


def kind_of(way: model.Way) -> str:
    """Return the kind of a way of discovery, as definitions name it."""
    return str(type(way).__struct_config__.tag)


@lru_cache(maxsize=64)
def _patterns(
    include: tuple[str, ...], exclude: tuple[str, ...], dated: str | None
) -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...], re.Pattern[str] | None]:
    return (
        tuple(map(re.compile, include)),
        tuple(map(re.compile, exclude)),
        re.compile(dated) if dated else None,
    )

"""Checks of source definitions; each raises ValueError with a sentence that names the field."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from etl.sources.model import Source, Way

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
"""Source ids become names of folders and files, so nothing else is allowed in them."""

PLACEHOLDER = re.compile(r"\{(?:n|day:[^{}]+)\}")
FIELD = re.compile(r"\{([\w.]+)\}")
"""A path in an address that is made of the fields of a JSON list's entry."""

REGION = re.compile(r"\d{6}\Z")


def check_id(source_id: str) -> None:
    """Raise ValueError unless the id is lower-case ASCII words joined by hyphens, 64 characters at most."""
    if len(source_id) > 64 or not ID.match(source_id):
        raise ValueError(f"`id` must be lower-case letters, digits and single hyphens, not {source_id!r}")
    if source_id == "catalog":
        raise ValueError("`id` can't be 'catalog': the runs that merge all sources have that name")


def check_politeness(delay: float, concurrency: int) -> None:
    """Raise ValueError unless 0 <= delay <= 3600 seconds and 1 <= concurrency <= 16."""
    if not 0 <= delay <= 3600:
        raise ValueError(f"`delay` must be 0 to 3600 seconds, not {delay}")
    if not 1 <= concurrency <= 16:
        raise ValueError(f"`concurrency` must be 1 to 16, not {concurrency}")


def check_pagination(url: str, max_pages: int) -> None:
    """Raise ValueError unless `url` holds `{n}` and 1 <= max_pages <= 10000."""
    if "{n}" not in url:
        raise ValueError(f"`url` of `pages` must contain {{n}}: {url!r}")
    if not 1 <= max_pages <= 10_000:
        raise ValueError(f"`max_pages` must be 1 to 10000, not {max_pages}")
    _check_template("url", url)


def check_way(way: Way) -> None:
    """Raise ValueError for patterns, templates or a period of validity that cannot work."""
    kind = type(way).__struct_config__.tag
    if not way.urls and kind not in ("files", "sitemap"):
        raise ValueError(f"`urls` of a {kind} discovery must name at least one address")
    for url in way.urls:
        _check_template("urls", url)
        if "{n}" in url:
            raise ValueError(f"`urls` cannot contain {{n}} (that belongs to `pages`): {url!r}")
        if kind == "template" and "{day:" not in url:
            raise ValueError(f"`urls` of a template discovery must contain {{day:…}}: {url!r}")
    if kind == "json" and set("{}") & set(FIELD.sub("", getattr(way, "url", ""))):
        raise ValueError(f"`url` may contain only paths of fields in braces: {getattr(way, 'url', '')!r}")
    for field in ("include", "exclude", "follow"):
        for pattern in getattr(way, field, ()):
            _check_regex(field, pattern)
    for field, groups in (("date_in_url", "ymd"), ("date_in_item", "md")):
        if (pattern := getattr(way, field, None)) is not None:
            missing = set(groups) - set(_check_regex(field, pattern).groupindex)
            if missing:
                raise ValueError(
                    f"`{field}` lacks the named group(s) {', '.join(sorted(missing))}: {pattern!r}"
                )
    if way.valid_from and way.valid_to and way.valid_from > way.valid_to:
        raise ValueError(f"`valid_from` {way.valid_from} lies after `valid_to` {way.valid_to}")


def check_source(source: Source) -> None:
    """Raise ValueError for an id, code, address, charset or timezone that cannot work."""
    check_id(source.id)
    if source.group:
        check_id(source.group)
    if not source.discovery:
        raise ValueError("`discovery` must name at least one way to find pages")
    if source.region_code is not None and not REGION.match(source.region_code):
        raise ValueError(f"`region_code` must be six digits (GB/T 2260), not {source.region_code!r}")
    if source.charset is not None:
        _check_charset(source.charset)
    try:
        ZoneInfo(source.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"`timezone` is unknown: {source.timezone!r}") from error
    _check_addresses(source)


def _check_charset(charset: str) -> None:
    try:
        codecs.lookup(charset)
    except LookupError as error:
        raise ValueError(f"`charset` is unknown: {charset!r}") from error


def _check_addresses(source: Source) -> None:
    """Raise ValueError unless every address is http(s), absolute or relative to an absolute base."""
    if source.base:
        _check_web_address("base", source.base)
    for way in source.discovery:
        if not way.urls and not source.base and type(way).__struct_config__.tag == "sitemap":
            raise ValueError("a sitemap discovery without `urls` needs a `base`, whose robots.txt names them")
        pages = getattr(way, "pages", None)
        for url in (*way.urls, *((pages.url,) if pages else ())):
            if urlsplit(url).scheme:
                _check_web_address("urls", url)
            elif not source.base:
                raise ValueError(f"`urls` holds a relative address, but there is no `base`: {url!r}")


def _check_web_address(field: str, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"`{field}` must be an http or https address, not {url!r}")
    if parts.username is not None:
        raise ValueError(f"`{field}` must not contain a user name or password")


def _check_template(field: str, url: str) -> None:
    rest = PLACEHOLDER.sub("", url)
    if "{" in rest or "}" in rest:
        raise ValueError(f"`{field}` may contain only {{day:FORMAT}} and {{n}} in braces: {url!r}")


def _check_regex(field: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"`{field}` is not a regular expression ({error}): {pattern!r}") from error

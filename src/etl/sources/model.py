"""What a source definition may say: one TOML file per source, read into these structures.

Unknown fields are errors. Addresses are absolute or relative to `Source.base`. In addresses, `{day:FORMAT}`
stands for the day with a strftime format (`{day:%Y%m}/{day:%d}`) and `{n}` for the number of a list page.
"""

from __future__ import annotations

from datetime import date
from typing import Literal
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import msgspec

from etl.sources import validation

Level = Literal["国家", "省", "市", "县", "乡镇", "非行政"]
"""Administrative level of the place that a source reports on; 非行政 for agencies without one."""


class Politeness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a host is treated: seconds between requests, requests at a time, whether robots.txt is obeyed."""

    delay: float = 1.0
    concurrency: int = 1
    respect_robots: bool = True

    def __post_init__(self) -> None:
        """Raise ValueError where a number makes no sense."""
        validation.check_politeness(self.delay, self.concurrency)


class Pagination(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the older pages of a list are: `url` with `{n}`, which counts up from `first` by `step`.

    `first` is the number that the *second* page bears (1 for `index_1.html` after `index.html`). At most
    `max_pages` pages are read, the first one included.
    """

    url: str
    first: int = 2
    step: int = 1
    max_pages: int = 50

    def __post_init__(self) -> None:
        """Raise ValueError for a template without `{n}` or a useless count."""
        validation.check_pagination(self.url, self.max_pages)


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all ways of discovery share.

    `include` and `exclude` are regular expressions searched in the absolute address: a link counts if one of
    `include` (or none is given) and none of `exclude` matches. `date_in_url` is a regular expression with the
    named groups y, m and d that reads an article's day from its address; it outranks the date of the listing.
    The way is used for days from `valid_from` to `valid_to`, both included.
    """

    urls: tuple[str, ...]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    date_in_url: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a pattern, template or period that cannot work."""
        validation.check_way(self)


class Rss(Way, frozen=True, tag="rss"):
    """RSS or Atom feeds at `urls`; the day is the entry's pubDate/published in the source's timezone."""


class Sitemap(Way, frozen=True, tag="sitemap"):
    """XML sitemaps or sitemap indexes; the day is news:publication_date, else lastmod.

    Without `urls`, the sitemaps are those that the robots.txt of `Source.base` names.
    """

    urls: tuple[str, ...] = ()


class HtmlList(Way, frozen=True, tag="list"):
    """HTML list pages, newest first.

    `item` is the CSS selector of one entry, `link` that of the anchor inside it; `date_in_item` is a regular
    expression (groups y, m, d; y may be absent) over the entry's text, by default any usual written date.
    """

    item: str = "li"
    link: str = "a[href]"
    date_in_item: str | None = None
    pages: Pagination | None = None


class JsonList(Way, frozen=True, tag="json"):
    """JSON list interfaces, newest first: dotted paths to the list and, in an entry, to address, title, date.

    An empty `items` means that the answer itself is the list. Where entries hold only what an address is made
    of, `url` is a template with paths in braces: `/news/{doc.id}.html`. Dates are ISO texts, Chinese dates or
    epochs.
    """

    items: str = ""
    url: str = "url"
    title: str = "title"
    date: str = "date"
    pages: Pagination | None = None


class Template(Way, frozen=True, tag="template"):
    """Dated addresses (digital newspapers): `urls` for the day, from them the pages 版 that `follow` matches.

    Links that `include` matches are the articles. `follow` holds regular expressions over absolute addresses.
    """

    follow: tuple[str, ...] = ()


class Files(Way, frozen=True, tag="files"):
    """Saved pages, folders or WARC files given on the command line: nothing to visit."""

    urls: tuple[str, ...] = ()


Discovery = Rss | Sitemap | HtmlList | JsonList | Template | Files


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One place that pages come from.

    `region_code` is GB/T 2260. `base` is overridden by the environment variable that `base_env` names.
    `local` allows addresses that are not public (the sample site on loopback). `charset` is the default vote
    of decoding, `profile` the id of a CMS profile. `tested_live` says whether the
    definition was ever run against the real site.
    """

    id: str
    name: str
    level: Level
    discovery: tuple[Discovery, ...]
    region_code: str | None = None
    group: str = ""
    base: str = ""
    base_env: str | None = None
    local: bool = False
    charset: str | None = None
    profile: str | None = None
    timezone: str = "Asia/Shanghai"
    enabled: bool = True
    tested_live: bool = False
    politeness: Politeness = Politeness()

    def __post_init__(self) -> None:
        """Fill in the default group; raise ValueError for a field that cannot work."""
        validation.check_source(self)
        if not self.group:
            msgspec.structs.force_setattr(self, "group", self.id)

    @property
    def zone(self) -> ZoneInfo:
        """Return the timezone in which this source's days begin and end."""
        return ZoneInfo(self.timezone)

    @property
    def visits(self) -> bool:
        """Return whether there is anything to visit: saved files alone are imported, not captured."""
        return any(not isinstance(way, Files) for way in self.discovery)

    def at(self, address: str) -> str:
        """Return `address` made absolute against the base."""
        return urljoin(self.base, address)

    def ways(self, day: date) -> tuple[Discovery, ...]:
        """Return the ways of discovery that hold for `day`."""
        return tuple(
            way
            for way in self.discovery
            if (way.valid_from is None or way.valid_from <= day)
            and (way.valid_to is None or day <= way.valid_to)
        )

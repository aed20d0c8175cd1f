"""The articles of the sample site as they were written, before layout and damage: `articles/*.toml`.

The files also hold what their author meant (`expected`); only tests read that.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from importlib import resources

import msgspec

CST = timezone(timedelta(hours=8))
"""China Standard Time, UTC+08:00 the year round."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One article, or one link of a list that leads to no article (`dead`).

    `layout` names the template, `section` the column or 版 that lists it. `charset` is how the bytes are
    encoded, `header` and `meta` what the HTTP header and the page say (None: the same, "": nothing). `damage`
    are names of `etl.sample.damage.DAMAGES`. each `slip` begins with a character whose lead byte gets lost.
    `behaviour` is how the server answers: "", slow, recovers, moved. `same_as` is the id of the article whose
    words this one reprints. `dead` is "", missing, soft-404, index or disallowed.
    """

    id: str
    title: str
    section: str
    layout: str = ""
    time: time = time(8, 0)
    kicker: str = ""
    subtitle: str = ""
    source: str = ""
    reporters: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    caption: str = ""
    text: str = ""
    charset: str = "utf-8"
    header: str | None = None
    meta: str | None = None
    damage: tuple[str, ...] = ()
    slip: tuple[str, ...] = ()
    behaviour: str = ""
    same_as: str = ""
    dead: str = ""
    site: str = ""
    day: date = date.min

    @property
    def paragraphs(self) -> list[str]:
        """Return the paragraphs of the text in order."""
        return [line for line in re.split(r"\n+", self.text.strip()) if line]

    @property
    def published(self) -> datetime:
        """Return when the article came out, with its offset."""
        return datetime.combine(self.day, self.time, CST)


class _DayFile(msgspec.Struct, frozen=True):
    site: str
    day: date
    article: tuple[Entry, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """Return every entry of both sites, newest first, ties in the order of their ids."""
    folder = resources.files("etl.sample") / "articles"
    found: dict[str, Entry] = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            page = msgspec.toml.decode(file.read_bytes(), type=_DayFile)
            for entry in page.article:
                found[entry.id] = msgspec.structs.replace(entry, site=page.site, day=page.day)
    for entry in list(found.values()):
        if entry.same_as:
            found[entry.id] = msgspec.structs.replace(entry, text=found[entry.same_as].text)
    ordered = sorted(found.values(), key=lambda entry: entry.id)
    return tuple(sorted(ordered, key=lambda entry: entry.published, reverse=True))

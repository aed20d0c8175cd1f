"""Parameters of an address as a filter: lengths are bounded, an empty field of a form means no narrowing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BeforeValidator

from etl.browser.queries import overview
from etl.browser.queries.filter import Filter
from etl.browser.view import TheView

Day = Annotated[date | None, BeforeValidator(lambda value: value or None), Query()]
Word = Annotated[str, Query(max_length=80)]
Code = Annotated[str, Query(max_length=6, pattern=r"^\d*$")]


def wanted(
    view: TheView,
    source: Annotated[str, Query(max_length=64)] = "",
    since: Day = None,
    until: Day = None,
    region: Code = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    level: Annotated[str, Query(max_length=10)] = "",
    person: Annotated[str, Query(max_length=400)] = "",
    text: Word = "",
) -> Filter:
    """Return what the address narrows the page to, for the sources that its reader may see."""
    local = [s.id for s in view.definitions.values() if region and (s.region_code or "").startswith(region)]
    return Filter(
        source=source.strip(),
        since=since,
        until=until,
        region=region,
        kind=kind,
        level=level,
        person=person.strip(),
        text=text.strip(),
        allowed=view.allowed,
        local=tuple(local),
        members=view.members(source.strip()),
    )


Wanted = Annotated[Filter, Depends(wanted)]


def with_range(view: TheView, found: Wanted) -> Filter:
    """Return the filter with a range of days: by default the newest `overview.DAYS` that there are."""
    first, last = overview.known_days(view.index, found)
    until = found.until or last or found.since
    since = found.since or first
    if until and since and not found.since:
        since = min(until, max(since, until - timedelta(days=overview.DAYS - 1)))
    return replace(found, since=since, until=until)


Ranged = Annotated[Filter, Depends(with_range)]

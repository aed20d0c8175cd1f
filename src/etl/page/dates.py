"""Publish times: as printed near the title, in meta tags, in the address. All are +08:00 unless they say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))

_STAMP = re.compile(
    r"(?<!\d)(20\d\d|19[89]\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)\s?日?"
    r"(?:[T\s]{0,6}(\d{1,2})\s?[:：时]\s?(\d{2})(?:\s?[:：分]\s?(\d{2}))?(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?"
)
_URL = re.compile(
    r"(?<!\d)(20\d\d)[-/_]?(0[1-9]|1[0-2]|[1-9](?=[-/_]))[-/_]?(0[1-9]|[12]\d|3[01]|[1-9](?=[/_]))(?!\d{1,3}(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment with the precision it was printed in (minute or day) and where it stands in the text read."""

    at: datetime
    precision: str
    start: int
    end: int


def find(text: str) -> Iterator[Stamp]:
    """Yield every valid date or time printed in `text`, in order."""
    for match in _STAMP.finditer(text):
        year, month, day, hour, minute, second, zone = match.groups()
        try:
            at = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
        except ValueError:
            continue
        yield Stamp(at.replace(tzinfo=_zone(zone)), "minute" if hour else "day", match.start(), match.end())


def in_url(url: str) -> Stamp | None:
    """Return the day that `url` carries (/2022-05/20/, /20220520/, t20220520_, /2022/5/20/), or None."""
    for match in _URL.finditer(url):
        try:
            at = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=CHINA)
        except ValueError:
            continue
        return Stamp(at, "day", match.start(), match.end())
    return None


def _zone(text: str | None) -> timezone:
    if not text:
        return CHINA
    if text == "Z":
        return timezone.utc
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))

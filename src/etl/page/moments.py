"""Moments as pages write them: numbers to a time, +08:00 unless a zone is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

CHINA = timezone(timedelta(hours=8))


class Stamp(NamedTuple):
    """A moment with the precision it was written in (minute or day) and where it stands in the text read."""

    at: datetime
    precision: str
    start: int = 0
    end: int = 0


def moment(*parts: str | None) -> datetime | None:
    """Return the moment of year, month, day, hour, minute, second and zone as written, or None."""
    *numbers, zone = parts
    try:
        year, month, day, hour, minute, second = (int(n or 0) for n in numbers)
        at = datetime(year, month, day, hour, minute, second, tzinfo=_zone(zone))
    except ValueError:
        return None
    return at.astimezone(CHINA) if at.tzinfo is UTC else at  # UTC is how a program writes it, not the page


def _zone(text: str | None) -> timezone:
    if not text:
        return CHINA
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))

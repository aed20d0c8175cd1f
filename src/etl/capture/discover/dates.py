"""Days as listings write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

WRITTEN = (
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m>0?[1-9]|1[0-2])\s?[-/.月]\s?(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<![\d.:/-])(?P<m>0?[1-9]|1[0-2])[-/月](?P<d>0?[1-9]|[12]\d|3[01])(?![\d/-])"),
)
"""Usual ways to write a date in a list: 2026-03-02, 2026年3月2日, 20260302, 03-02 (the year understood)."""


def find(text: str, today: date) -> date | None:
    """Return the first date written in `text`; the latest form with a year wins over one without."""
    for pattern in WRITTEN:
        for match in pattern.finditer(text):
            day = of_match(match, today)
            if day is not None:
                return day
    return None


def of_match(match: re.Match[str], today: date) -> date | None:
    """Return the day that the groups y, m and d of a match name, or None if there is no such day.

    Without a year it is the last such day not after tomorrow, because lists look back.
    """
    groups = match.groupdict()
    month, day = int(groups["m"]), int(groups["d"])
    year = groups.get("y")
    if year is not None:
        return _date(int(year) + 2000 if len(year) == 2 else int(year), month, day)
    latest = today + timedelta(days=1)
    for candidate in (latest.year, latest.year - 1):
        found = _date(candidate, month, day)
        if found is not None and found <= latest:
            return found
    return None


def of_value(value: object, zone: ZoneInfo, today: date) -> date | None:
    """Return the day of a value in JSON or XML: ISO text, a written date, epoch seconds or milliseconds."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"\d{9,13}", value)):
        seconds = float(value)
        seconds = seconds / 1000 if seconds > 1e11 else seconds
        try:
            return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()
        except (OverflowError, OSError, ValueError):
            return None
    text = str(value).strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return find(text, today)
    return moment.astimezone(zone).date() if moment.tzinfo else moment.date()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Days as listings write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

WRITTEN = (
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[-/.年]\s?(?P<m>0?[1-9]|1[0-2])\s?[-/.月]\s?(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<![\d.:/-])(?P<m>0?[1-9]|1[0-2])[-/月](?P<d>0?[1-9]|[12]\d|3[01])(?![\d/-])"),
)
"""Usual ways to write a date in a list: 2026-03-02, 2026年3月2日, 20260302, 03-02 (the year understood)."""

SPOKEN = re.compile(
    r"(?<!\S)(?:(?P<n>\d{1,3})\s?(?P<unit>分钟|小时|天)前(?!\S)"
    r"|(?:刚刚|(?P<word>今|昨|前)[天日])(?=\s*\Z|\s?\d{1,2}:\d\d(?!\d)))"
)
"""Days told from now, as an entry's stamp: 昨天 08:30, 3小时前. A title with such words tells none."""

WORDS = {"今": 0, "昨": 1, "前": 2}
UNITS = {"分钟": "minutes", "小时": "hours", "天": "days"}


def find(text: str, now: datetime) -> date | None:
    """Return the first date written in `text`; the latest form with a year wins over one without.

    `now` is in the listing's timezone; days told from it count where none is written out.
    """
    for pattern in WRITTEN:
        for match in pattern.finditer(text):
            day = of_match(match, now.date())
            if day is not None:
                return day
    spoken = SPOKEN.search(text)
    return _from(now, spoken) if spoken else None


def _from(now: datetime, match: re.Match[str]) -> date:
    """Return the day that a match of `SPOKEN` means."""
    if match["n"]:
        return (now - timedelta(**{UNITS[match["unit"]]: int(match["n"])})).date()
    return now.date() - timedelta(days=WORDS.get(match["word"] or "", 0))


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


def of_value(value: object, now: datetime) -> date | None:
    """Return the day of a value in JSON or XML: ISO text, a written date, epoch seconds or milliseconds.

    `now` is in the listing's timezone, which moments with a zone are told in.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"\d{9,13}", value)):
        seconds = float(value)
        seconds = seconds / 1000 if seconds > 1e11 else seconds
        try:
            return datetime.fromtimestamp(seconds, UTC).astimezone(now.tzinfo).date()
        except (OverflowError, OSError, ValueError):
            return None
    text = str(value).strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return find(text, now)
    return moment.astimezone(now.tzinfo).date() if moment.tzinfo else moment.date()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

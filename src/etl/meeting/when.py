"""When the event took place: printed dates, their resolution against the publish date, and the part of day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from etl.records import Span

_DAY = r"(?P<{0}>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号]"
DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d|今|去|[二〇零一九八七六五四三]{4})年)?(?:(?P<month>1[0-2]|0?[1-9])月)?"
    r"(?<![\d.．\]〕】第])(?P<day>3[01]|[12]\d|0?[1-9])[日号](?!报|刊|人|文|楼|线|院|令|馆|门)"
    r"(?P<first>(?:上午|下午|晚上?|凌晨)?)"
    r"(?:[ ]*(?:[—–\-~～至到]+|、|和)[ ]*(?:(?:(?P<year2>(?:19|20)\d\d)年)?(?P<month2>1[0-2]|0?[1-9])月)?"
    r"(?P<day2>3[01]|[12]\d|0?[1-9])[日号](?!报|刊))?"
    r"|(?:(?P<yearx>(?:19|20)\d\d)年)?(?P<monthx>1[0-2]|0?[1-9])月(?P<dayx>3[01]|[12]\d|0?[1-9])[ ]*(?:[—–\-~～至]+)[ ]*(?P<dayx2>3[01]|[12]\d|0?[1-9])[日号]"
    r"|(?P<word>今天|今日|昨天|昨日|前天|昨晚|今晚|今早|今晨|昨夜)"
)
VAGUE = re.compile(r"日前|近日|近期|最近|节前|前不久|前段时间|连日来")
_PART = re.compile(r"[（(][^（）()]{2,8}[）)]|，")
PART = re.compile(r"[ ]*(?P<part>上午|中午|下午|晚上?|凌晨|清晨|早上|早晨|傍晚|夜间|深夜|夜)")
_PARTS = {
    "晚": "晚上",
    "夜": "晚上",
    "夜间": "晚上",
    "深夜": "晚上",
    "昨晚": "晚上",
    "今晚": "晚上",
    "昨夜": "晚上",
}
_WORDS = {"今": 0, "昨": 1, "前": 2}


class When(NamedTuple):
    """A printed date: its span, the resolved days (None where nothing decides them), how, and the part of day."""

    span: Span
    start: date | None
    end: date | None
    basis: str | None
    part: str | None


def read(text: str, match: re.Match[str], published: date | None) -> When:
    """Return the date that `match` of `DATE` prints, resolved against the publish date.

    A missing month is that of `published` or the one before; a missing year likewise. Without `published` a date
    lacking its year stays unresolved. basis is explicit (year printed), published (completed) or relative (今天).
    """
    span = Span(match.start(), match.end())
    if match["word"]:
        day = published - timedelta(days=_WORDS[match["word"][0]]) if published else None
        part = _PARTS.get(match["word"]) or _part(text, match.end())
        return When(span, day, day, "relative" if day else None, part)
    if match["dayx"]:
        year, month, day, day2 = match["yearx"], match["monthx"], match["dayx"], match["dayx2"]
        year2 = month2 = None
    else:
        year, month, day = match["year"], match["month"], match["day"]
        year2, month2, day2 = match["year2"], match["month2"], match["day2"]
    start = _resolve(year, month, int(day), published)
    end = start
    if day2 and start:
        end = _resolve_end(start, year2, month2, int(day2))
    explicit = bool(year and year[0] in "12")
    part = None if day2 or (match["first"] and day2) else match["first"] or _part(text, match.end())
    basis = None if start is None else "explicit" if explicit else "published"
    return When(span, start, end, basis, _PARTS.get(part, part) if part else None)


def _part(text: str, end: int) -> str | None:
    """Return the part of day printed right behind a date, a bracketed date skipped."""
    gap = re.match(r"[（(][^（）()]{2,10}[）)]", text[end : end + 14])
    match = PART.match(text, end + (gap.end() if gap else 0))
    return match["part"] if match else None


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _resolve(year: str | None, month: str | None, day: int, published: date | None) -> date | None:
    """Return the day meant, or None where neither the text nor the publish date decides it."""
    if year and year[0] in "12":
        if month:
            return _make(int(year), int(month), day)
        return None
    if published is None:
        return None
    base = published.year - (1 if year == "去" else 0)
    if month:
        found = _make(base, int(month), day)
        if found and found > published and not year:
            found = _make(base - 1, int(month), day)
        return found
    found = _make(published.year, published.month, day)
    if found is None or found > published:
        before = published.replace(day=1) - timedelta(days=1)
        found = _make(before.year, before.month, day)
    return found


def _resolve_end(start: date, year: str | None, month: str | None, day: int) -> date | None:
    """Return the last day of a range that begins at `start`."""
    found = _make(int(year) if year else start.year, int(month) if month else start.month, day)
    if found and found < start and month and not year:
        found = _make(start.year + 1, int(month), day)
    return found if found and found >= start else start

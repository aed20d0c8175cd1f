"""When the event took place: printed dates, what they mean against the publish date, the part of day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from etl.meeting import kind
from etl.records import Span

_YEAR = r"(?P<{0}>(?:19|20)\d\d)年"
_MONTH = r"(?P<{0}>1[0-2]|0?[1-9])月"
_DAY = r"(?P<{0}>3[01]|[12]\d|0?[1-9])"
_HAN_YEAR = r"(?P<hyear>[二一][〇零○Ｏ九][〇零○Ｏ一二三四五六七八九]{2})"
_MARK = r"[日号](?!报|刊|人|文|楼|线|院|令|馆|门)"
_TO = r"[ ]*(?:[—–\-~～至到]+|、|和)[ ]*"
_HOURS = r"(?:上午|下午|晚上?|凌晨)?"
DATE = re.compile(
    f"(?:{_YEAR.format('year')}|(?P<near>[今去])年)?(?:{_MONTH.format('month')})?"
    r"(?<![\d.．\]〕】第])"
    f"{_DAY.format('day')}(?:{_MARK}{_HOURS}(?:{_TO}(?:{_YEAR.format('year2')})?(?:{_MONTH.format('month2')})?"
    f"{_DAY.format('day2')}{_MARK})?|(?:—|–|-|~|～|至){_DAY.format('day3')}{_MARK})"
    rf"|(?:{_HAN_YEAR}年)?(?P<hmonth>十[一二]?|[一二三四五六七八九])月"
    r"(?P<hday>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号](?![报刊人])"
    r"|(?P<word>今天|今日|昨天|昨日|前天|昨晚|今晚|今早|今晨|昨夜)"
)
"""A printed date or range of dates."""

DATELINE = re.compile(r"[^，。]{0,4}?(?:讯|电(?![视话影]))|（[^（）]{2,16}）[ \u3000]*\d+月")
"""What follows the date of a dateline (10月15日讯), which is that of the news."""

OPENS = re.compile(r"[\s\u3000]*(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日[，上下早晚中]午?")
"""A date that opens the next sentence, where that of the event tells none."""

HELD_ON = re.compile(
    rf"(?<=于)\d+月{_DAY.format('held')}日(?:[上下]午)?(?:在[^，。；]{{2,20}})?(?:召开|举行|举办)"
)
"""A date that tells of the event itself, whatever vague word opens the sentence (于9月8日召开)."""

VAGUE = re.compile(r"日前|近日|近期|最近|节前|前不久|前段时间|连日来")
"""Words that tell a time but no date."""

_PART = re.compile(r"[ ]*(?P<part>上午|中午|下午|晚上?|凌晨|清晨|早上|早晨|傍晚|夜间|深夜|夜)")
_BRACKET = re.compile(r"[（(][^（）()]{2,10}[）)]")
_PARTS = {
    "晚": "晚上",
    "夜": "晚上",
    "夜间": "晚上",
    "深夜": "晚上",
    "昨晚": "晚上",
    "今晚": "晚上",
    "昨夜": "晚上",
}
_NUMERALS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_AGO = {"今": 0, "昨": 1, "前": 2}


class When(NamedTuple):
    """A printed date: its span, its first and last day (None where nothing decides), how known, part of day.

    `basis` is explicit (year printed), published (completed by the publish date) or relative (今天).
    """

    span: Span
    start: date | None
    end: date | None
    basis: str | None
    part: str | None


def read(text: str, match: re.Match[str], published: date | None) -> When:
    """Return the date that `match` of `DATE` prints, resolved against the publish date.

    A missing month is that of `published` or the one before, a missing year likewise; without `published`
    a date that lacks its year stays unresolved.
    """
    span = Span(match.start(), match.end())
    word = match["word"]
    exact = DATE.match(text, match.end() + 1) if word and text.startswith(("（", "("), match.end()) else None
    if exact and not exact["word"]:
        return read(text, exact, published)._replace(part=_PARTS.get(str(word)) or _part(text, match.end()))
    if word:
        day = published - timedelta(days=_AGO[word[0]]) if published else None
        part = _PARTS.get(word) or _part(text, match.end())
        return When(span, day, day, "relative" if day else None, part)
    start = _resolve(match, published)
    last = match["day2"] or match["day3"]
    end = _last(start, match, int(last)) if start and last else start
    part = None if last else _part(text, _after(match))
    basis = None if start is None else "explicit" if match["year"] or match["hyear"] else "published"
    return When(span, start, end, basis, part)


def _after(match: re.Match[str]) -> int:
    """Return where the part of day of a single date may stand: behind 日."""
    return match.end("hday" if match["hday"] else "day") + 1


def _part(text: str, end: int) -> str | None:
    """Return the part of day printed right behind a date, a bracket between them skipped."""
    gap = _BRACKET.match(text, end)
    match = _PART.match(text, gap.end() if gap else end)
    return _PARTS.get(match["part"], match["part"]) if match else None


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _printed(match: re.Match[str]) -> tuple[int | None, int | None, int]:
    """Return year, month and day of a date as printed, in Arabic or Chinese numerals."""
    if match["hday"]:
        year = int(match["hyear"].translate(_NUMERALS)) if match["hyear"] else None
        return year, kind.number(match["hmonth"]), kind.number(match["hday"]) or 0
    year, month = (int(match[part]) if match[part] else None for part in ("year", "month"))
    return year, month, int(match["day"])


def _resolve(match: re.Match[str], published: date | None) -> date | None:
    """Return the first day meant, or None where neither the text nor the publish date decides it."""
    given, month, day = _printed(match)
    if given:
        return _make(given, month, day) if month else None
    if published is None:
        return None
    year = published.year - (match["near"] == "去")
    if month:
        found = _make(year, month, day)
        late = found and found > published and not match["near"]
        return _make(year - 1, month, day) if late else found
    found = _make(published.year, published.month, day)
    if found is None or found > published:
        before = published.replace(day=1) - timedelta(days=1)
        found = _make(before.year, before.month, day)
    return found


def _last(start: date, match: re.Match[str], day: int) -> date:
    """Return the last day of a range that begins at `start`."""
    month = int(match["month2"]) if match["month2"] else start.month
    year = int(match["year2"]) if match["year2"] else start.year
    found = _make(year, month, day)
    if found and found < start and match["month2"] and not match["year2"]:
        found = _make(year + 1, month, day)
    return found if found and found >= start else start

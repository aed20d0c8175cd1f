"""Publish times that are not written in one piece: 2022 / 05/20 / 08:30, 05-20 08:30, words, English."""

from __future__ import annotations

import re
from datetime import date, datetime

from etl.page.moments import CHINA, Stamp, moment

_PIECES = re.compile(r"(20\d\d)\D{1,4}(\d{1,2})\D{1,4}(\d{1,2})\D{1,4}(\d{1,2}):(\d{2})(?::(\d{2}))?")
_PARTED = re.compile(  # a day beside its month: 20 / 2022-05, 2022.05 / 20, 05-20 2022
    r"(?<![\d:.])(?P<d1>[0-3]?\d)日?\s?\n\s*(?P<y1>20\d\d)[-/.年]\s?(?P<m1>[01]?\d)月?(?![-/.\d]|\s?\d)"
    r"|(?<!\d)(?P<y2>20\d\d)[-/.年]\s?(?P<m2>[01]?\d)月?\s?\n\s*(?P<d2>[0-3]?\d)日?\s?(?=\n|$)"
    r"|(?<![\d:./-])(?P<m3>[01]?\d)[-/.月](?P<d3>[0-3]?\d)日?[,，]?\s+(?P<y3>20\d\d)(?![\d/.-])"
)
_WORDS = re.compile(
    r"([一二][〇零○九O０0][〇零○O０0一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = dict(zip("〇零○O０0一二三四五六七八九", "000000123456789", strict=True))
_YEARLESS = re.compile(
    r"(?<![\d./年-])(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?[\s　]{1,4}(\d{1,2})[:：](\d{2})(?!\d)"
)
_SHORT = re.compile(r"(?<![\d-])(\d\d)-(\d\d)-(\d\d)\s{1,3}(\d\d):(\d\d)(?!\d)")
_AGO = re.compile(r"\d{1,2}\s?(?:分钟|分鐘|小时|小時|天)前|刚刚|昨[天日]\s?\d{1,2}:\d\d")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2}),?\s+(?:[a-z]{3,9},?\s+)?(20\d\d)"
    r"(?:,?\s+(\d{1,2}):(\d{2}))?",
    re.IGNORECASE,
)


def read(text: str, latest: datetime) -> Stamp | None:
    """Return the date in `text` that is in pieces, in words or in English, not after `latest`, or None."""
    found = _pieces(text) or _parted(text) or _in_words(text) or _english(text)
    return found if found and found.at <= latest else None


def yearless(text: str) -> tuple[int, int] | None:
    """Return where a time without a year (05-20 08:30, 2小时前) stands in `text`, or None."""
    match = _YEARLESS.search(text) or _SHORT.search(text) or _AGO.search(text)
    return match.span() if match else None


def clock(text: str, day: date | None) -> datetime | None:
    """Return the minute that `text` prints without a year (05-20 08:30), where it is of `day`."""
    for match in _YEARLESS.finditer(text) if day else ():
        month, of_month, hour, minute = map(int, match.groups())
        if day and (month, of_month) == (day.month, day.day) and hour < 24 and minute < 60:
            return datetime(day.year, month, of_month, hour, minute, tzinfo=CHINA)
    return None


def _pieces(text: str) -> Stamp | None:
    match = _PIECES.search(text)
    at = moment(*match.groups(), None) if match else None
    if match is None and (match := _SHORT.search(text)):
        at = moment(f"20{match[1]}", *match.groups()[1:], None, None)
    return Stamp(at, "minute", match.start(), match.end()) if match and at else None


def _parted(text: str) -> Stamp | None:
    match = _PARTED.search(text)
    if match is None:
        return None
    year, month, day = (next(match[f"{part}{n}"] for n in "123" if match[f"{part}{n}"]) for part in "ymd")
    at = moment(year, month, day, None, None, None, None)
    return Stamp(at, "day", match.start(), match.end()) if at else None


def _in_words(text: str) -> Stamp | None:
    match = _WORDS.search(text)
    if match is None:
        return None
    year = "".join(_DIGITS[char] for char in match[1])
    at = moment(year, str(_number(match[2])), str(_number(match[3])), None, None, None, None)
    return Stamp(at, "day", match.start(), match.end()) if at else None


def _english(text: str) -> Stamp | None:
    match = _ENGLISH.search(text)
    if match is None:
        return None
    month = str(_MONTHS.index(match[1].lower()) + 1)
    at = moment(match[3], month, match[2], match[4], match[5], None, None)
    precision = "minute" if match[4] else "day"
    return Stamp(at, precision, match.start(), match.end()) if at else None


def _number(words: str) -> int:
    """Return a number below 100 written in words: 五, 十二, 二十, 三十一."""
    tens, ten, ones = words.rpartition("十")
    return 10 * int(_DIGITS.get(tens, "1")) * bool(ten) + int(_DIGITS.get(ones, "0"))

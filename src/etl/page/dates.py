"""Publish times: printed near the title, in page tags, in the address; +08:00 unless they say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from etl.page import date_pieces
from etl.page.moments import CHINA, Stamp, moment

__all__ = [
    "CHINA",
    "Stamp",
    "at_end",
    "byline",
    "choose",
    "element",
    "embedded",
    "find",
    "has",
    "in_url",
    "parse",
]

_STAMP = re.compile(
    r"(?<![\d.])(20\d\d|19[89]\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)\s?日?"
    r"(?:[T\s（(]{0,3}(?:星期[一二三四五六日天]|周[一二三四五六日])?[)）]?[T\s]{0,6}(上午|下午|晚上|凌晨|中午)?\s?"
    r"(\d{1,2})\s?[:：时]\s?(\d{2})(?!\d)(?:\s?[:：分]\s?(\d{2})(?!\d))?(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?"
)
_PACKED = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?:[T\s]?(\d\d):?(\d\d)(?::?(\d\d))?)?(?!\d)")
_URL = re.compile(
    r"(?<!\d)(20\d\d)(?:[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d{1,3}(?!\d))|/(\d)/(\d{1,2})(?=[/_]))"
)
_KEY = re.compile(
    r"[\"']?\b(?:publish_?(?:date|time|ed_?at|ed)|pub_?(?:date|time)|datePublished|ptime|ct|oriCreateTime|createTime)"
    r"[\"']?\s{0,3}[:=]\s{0,3}[\"']?([\dTZ:.+\- /]{8,32})",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:更新|修改|编辑|截[止至]|成文|发文|生成|印发|实施|生效|失效|有效期|今天|打印)(?:时间|日期|于)?\s*[:：]?\s*$"
)


def find(text: str) -> Iterator[Stamp]:
    """Yield every valid date or time printed in `text`, in order."""
    for match in _STAMP.finditer(text):
        year, month, day, part, hour, minute, second, zone = match.groups()
        shift = 12 if part in ("下午", "晚上") and hour and int(hour) < 12 else 0
        at = moment(year, month, day, str(int(hour or 0) + shift), minute, second, zone)
        if at is not None:
            yield Stamp(at, "minute" if hour else "day", match.start(), match.end())


def parse(value: str) -> Stamp | None:
    """Return the moment that a tag's `value` names (2022-05-20 08:30, 20220520, RFC 3339), or None."""
    stamp = next(find(value), None)
    if stamp is None and (match := _PACKED.search(value)):
        at = moment(*match.groups(), None)
        stamp = Stamp(at, "minute" if match[4] else "day") if at else None
    if stamp and stamp.at.astimezone(CHINA).strftime("%H:%M:%S") == "00:00:00":
        return stamp._replace(precision="day")  # a tag with a midnight in it knows the day only
    return stamp


def in_url(url: str) -> Stamp | None:
    """Return the day that `url` carries (/2022-05/20/, /20220520/, t20220520_, /art/2022/5/20/), or None."""
    for match in _URL.finditer(url):
        at = moment(match[1], match[2] or match[4], match[3] or match[5], None, None, None, None)
        if at is not None:
            return Stamp(at, "day", match.start(), match.end())
    return None


def byline(text: str, latest: datetime) -> Stamp | None:
    """Return the publish time among the times printed in `text`, none of them after `latest`.

    A time labelled as update or as a document's own date gives way to others; a minute outranks a bare day.
    Where no date is printed in one piece, pieces are put together (2022 / 05/20 / 08:30), or one in words is
    read (二〇二二年五月二十日).
    """
    stamps = [stamp for stamp in find(text) if stamp.at <= latest]
    own = [s for s in stamps if not _LATER.search(text[max(0, s.start - 12) : s.start])] or stamps
    if not own:
        return date_pieces.read(text, latest)
    return next((s for s in own if s.precision == "minute"), own[0])


def at_end(text: str, latest: datetime) -> Stamp | None:
    """Return the date that a line ends with (市政府办公室 2022年5月20日), or None: 自2022年6月1日起施行."""
    stamp = byline(text, latest)
    if stamp is None or text[stamp.end :].strip(" )）") or text[: stamp.start].endswith(tuple("自至到于")):
        return None
    return stamp


def choose(ranked: Iterable[tuple[str, Stamp | None]], latest: datetime) -> tuple[Stamp | None, str | None]:
    """Return the first stamp in rank with its basis, made more precise by a later one of the same day.

    Where only a later one knows the minute and the days differ, the first in rank stands.
    """
    chosen: tuple[Stamp | None, str | None] = (None, None)
    for basis, stamp in ranked:
        if stamp is None or stamp.at > latest:
            continue
        best = chosen[0]
        if best is None or (
            best.precision == "day"
            and stamp.precision == "minute"
            and stamp.at.astimezone(CHINA).date() == best.at.astimezone(CHINA).date()
        ):
            chosen = (stamp, basis)
    return chosen


def element(text: str, latest: datetime) -> Stamp | None:
    """Return the publish time that an element shows, also as seconds since 1970."""
    return _written(text) if text.isdigit() else byline(text, latest)


def embedded(html: str, needles: Iterable[str]) -> Stamp | None:
    """Return the publish time that data in a script gives for this article, for pages that print none.

    A page's data speak of other articles too, so the time nearest to one of `needles` (title, beginning of
    the text) is taken.
    """
    found = [(match.start(), stamp) for match in _KEY.finditer(html) if (stamp := _written(match[1]))]
    places = [
        match.start()
        for needle in needles
        if len(needle) >= 6
        for match in re.finditer(re.escape(needle), html)
    ]
    if not found or not places:
        return found[0][1] if len(found) == 1 else None
    return min(found, key=lambda item: min(abs(item[0] - place) for place in places))[1]


def _written(value: str) -> Stamp | None:
    """Return the moment of a value in data: RFC 3339, or seconds or milliseconds since 1970."""
    if value.isdigit() and len(value) in (10, 13):
        return Stamp(datetime.fromtimestamp(int(value[:10]), CHINA), "minute")
    return parse(value)


def has(text: str) -> bool:
    """Tell whether a full date is printed in `text`."""
    return next(find(text), None) is not None

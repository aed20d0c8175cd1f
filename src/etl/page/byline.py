"""Credits printed near the title and at the foot: media source, reporters, photographers, editors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_BEFORE = 600
_AFTER = 1500
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,12}|[A-Za-z][A-Za-z0-9 .]{1,30}")


@dataclass(frozen=True, slots=True)
class Credits:
    """Names as printed, without labels."""

    media_source: str | None = None
    reporters: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


def region(flow: str, heading: str | None, first: str) -> str:
    """Return the part of the page's text between its headline and the start of its main text."""
    body = flow.find(first[:12]) if first else -1
    start = flow.rfind(heading, 0, body if body > 0 else None) if heading else -1
    start = max(start, 0) + (len(heading) if heading and start >= 0 else 0)
    end = body if body > start else start + _AFTER
    return flow[start : min(end, start + _AFTER)]


def read(text: str) -> Credits:
    """Return the credits that labels in `text` introduce."""
    found: dict[str, list[str]] = {"source": [], "reporter": [], "photographer": [], "editor": []}
    for match in _pattern().finditer(text):
        fields, value = _labels()[match.group(1)], match.group(2).strip()
        for field in fields.split():
            if field in found:
                found[field] += [value] if field == "source" else _NAME.findall(value)
    source = found["source"][0] if found["source"] else None
    return Credits(source, *(tuple(dict.fromkeys(found[f])) for f in ("reporter", "photographer", "editor")))


@cache
def _labels() -> dict[str, str]:
    rows = files("etl.lexicon").joinpath("credits.tsv").read_text("utf-8").splitlines()[1:]
    return {label: field for _, label, field, _ in (row.split("\t") for row in rows)}


@cache
def _pattern() -> re.Pattern[str]:
    labels = "|".join(sorted(map(re.escape, _labels()), key=len, reverse=True))
    return re.compile(rf"({labels})\s?[:：]\s*([^\n\s|：:]{{1,30}})")

"""One article as the bytes of a page: its words damaged, set in a CMS's template, encoded and labelled."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib import resources
from string import Template

import msgspec

from etl.sample.content import Entry
from etl.sample.damage import DAMAGES, IN_TEXT_ONLY, traditional
from etl.sample.slip import slip

WEEKDAYS = "一二三四五六日"
SECTIONS = {
    "01": "要闻",
    "02": "综合",
    "03": "民生",
    "zwyw": "政务要闻",
    "tzgg": "通知公告",
    "bmdt": "部门动态",
}
"""Printed names of the columns and of the pages 版 of the newspaper."""


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a CMS addresses a page, and what stands around a paragraph and a photograph."""

    path: str
    open: str
    close: str
    photo: str


def path_of(entry: Entry) -> str:
    """Return the path (with query) at which the page of `entry` lies."""
    day = entry.day
    names = {"id": entry.id, "y": f"{day:%Y}", "m": f"{day:%m}", "d": f"{day:%d}"}
    return Template(layouts()[entry.layout].path).substitute(names)


@cache
def page(entry: Entry) -> bytes:
    """Return the body of the page of `entry` as it is served."""
    layout = layouts()[entry.layout]
    words = {
        "title": _heading(entry, entry.title),
        "kicker": _heading(entry, entry.kicker),
        "subtitle": _heading(entry, entry.subtitle),
        "body": "\n".join(_paragraph(entry, layout, text) for text in entry.paragraphs),
        "photo": _photo(entry, layout),
        "reporters": _heading(entry, _credit("记者 ", entry.reporters)),
        "editors": _heading(entry, " ".join(entry.editors)),
        "source": _heading(entry, entry.source),
        "meta": entry.charset if entry.meta is None else entry.meta,
        "id": entry.id,
        "path": path_of(entry),
        "section": entry.section,
        "section_name": SECTIONS[entry.section],
    }
    text = template(entry.layout).substitute(words | dates(entry.published))
    if entry.charset == "big5":
        text = traditional(text)
    return text.encode(_CODECS[entry.charset], "xmlcharrefreplace")


def content_type(entry: Entry) -> str:
    """Return the Content-Type header of the page of `entry`, with the charset that it claims."""
    label = entry.charset if entry.header is None else entry.header
    return f"text/html; charset={label}" if label else "text/html"


def dates(when: datetime) -> dict[str, str]:
    """Return the forms in which the sites print a point in time."""
    return {
        "date": f"{when:%Y-%m-%d}",
        "minute": f"{when:%Y-%m-%d %H:%M}",
        "iso": when.isoformat(),
        "short_date": f"{when.year}-{when.month}-{when.day}",
        "cn_date": f"{when.year}年{when.month:02}月{when.day:02}日",
        "cn_minute": f"{when.year}年{when.month:02}月{when.day:02}日 {when:%H:%M}",
        "weekday": WEEKDAYS[when.weekday()],
    }


@cache
def template(name: str) -> Template:
    """Return the template `layouts/<name>.html`."""
    return Template((resources.files("etl.sample") / "layouts" / f"{name}.html").read_text("utf-8"))


@cache
def layouts() -> dict[str, Layout]:
    """Return the layouts of `layouts/layouts.toml` by name."""
    raw = (resources.files("etl.sample") / "layouts" / "layouts.toml").read_bytes()
    return msgspec.toml.decode(raw, type=dict[str, Layout])


_CODECS = {"utf-8": "utf-8", "gbk": "gbk", "gb2312": "gb2312", "gb18030": "gb18030", "big5": "big5hkscs"}


def _heading(entry: Entry, text: str) -> str:
    """Return a title or byline with the damage that reaches those, escaped for HTML."""
    names = tuple(name for name in entry.damage if name not in IN_TEXT_ONLY)
    return html.escape(_damage(names, text), quote=False)


def _damage(names: tuple[str, ...], text: str) -> str:
    for name in names if text else ():
        text = DAMAGES[name](text)
    return text


def _paragraph(entry: Entry, layout: Layout, text: str) -> str:
    """Return one paragraph; where it slips, the run may swallow the beginning of the closing tag."""
    for start in entry.slip:
        if start in text:
            return layout.open + _damage(entry.damage, slip(text + layout.close, text.index(start)))
    return layout.open + html.escape(_damage(entry.damage, text), quote=False) + layout.close


def _photo(entry: Entry, layout: Layout) -> str:
    if not entry.caption:
        return ""
    caption = entry.caption + _credit(" ", entry.photographers) + " 摄"
    return Template(layout.photo).substitute(id=entry.id, caption=_heading(entry, caption))


def _credit(label: str, names: Iterable[str]) -> str:
    joined = " ".join(names)
    return label + joined if joined else ""

"""The pages by which a crawler finds articles: pages 版 of an issue, lists, feed, sitemap, robots.txt."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date, datetime, time
from email.utils import format_datetime
from functools import cache

from etl.sample.content import CST, Entry, entries
from etl.sample.render import SECTIONS, dates, path_of, template

PAGES = ("01", "02", "03")
"""Page numbers 版次 of each issue of the newspaper."""

ROBOTS = """\
User-agent: *
Disallow: /gov/nbzl/
Disallow: /daily/print/
Crawl-delay: 0

Sitemap: {base}/gov/sitemap.xml
"""

_PER_PAGE = {"zwyw": 6, "tzgg": 4}
_LIST_TEMPLATE = {"zwyw": "trslist", "tzgg": "oldlist"}
_ITEM = {
    "zwyw": '<li><a href="{path}" title="{title}">{title}</a><span class="date">{date}</span></li>',
    "tzgg": '<tr><td>·<a href="{path}" target="_blank">{title}</a></td><td width="90">{short_date}</td></tr>',
}


def link_of(entry: Entry) -> str:
    """Return the path by which the lists link to `entry`: an old one for a page that has moved."""
    path = path_of(entry)
    if entry.behaviour != "moved":
        return path
    folder, _, name = path.rpartition("/")
    return f"{folder}/old/{name}"


def list_paths(section: str) -> list[str]:
    """Return the paths of the list pages of a column of the portal, newest page first."""
    count = -(-len(_in(section)) // _PER_PAGE[section])
    if section == "tzgg":
        return [f"/gov/tzgg/list.asp?page={number}" for number in range(1, count + 1)]
    return ["/gov/zwyw/index.html"] + [f"/gov/zwyw/index_{number}.html" for number in range(1, count)]


def list_page(section: str, number: int) -> str:
    """Return the HTML of list page `number` (from 0) of a column."""
    size = _PER_PAGE[section]
    shown = _in(section)[number * size : (number + 1) * size]
    items = "\n".join(_item(_ITEM[section], entry) for entry in shown)
    pages = len(list_paths(section))
    page = number if section == "zwyw" else number + 1
    return template(_LIST_TEMPLATE[section]).substitute(items=items, pages=pages, page=page)


def node_paths() -> dict[str, tuple[date, str]]:
    """Return the path of every page 版 of every issue with its day and number."""
    days = sorted({entry.day for entry in entries() if entry.layout == "founder"})
    return {
        f"/daily/paper/{day:%Y-%m}/{day:%d}/node_{number}.htm": (day, number)
        for day in days
        for number in PAGES
    }


def node_page(day: date, number: str) -> str:
    """Return the HTML of one page 版: links to the articles on it, none for advertisements."""
    printed = [e for e in entries() if e.layout == "founder" and (e.day, e.section) == (day, number)]
    items = "\n".join(_item('<li><a href="{path}">{title}</a></li>', entry) for entry in printed)
    words = {"items": items, "section": number, "section_name": SECTIONS[number]}
    return template("node").substitute(words | dates(datetime.combine(day, time(), CST)))


def index_page(title: str, shown: Sequence[Entry]) -> str:
    """Return the HTML of a home page or column front: nothing but links."""
    items = "\n".join(_item('<li><a href="{path}">{title}</a></li>', entry) for entry in shown)
    return template("index").substitute(title=title, items=items)


def feed(base: str) -> str:
    """Return the RSS 2.0 feed of the newspaper's web articles."""
    items = "".join(
        f"<item><title>{html.escape(entry.title)}</title><link>{base}{link_of(entry)}</link>"
        f"<pubDate>{format_datetime(entry.published)}</pubDate></item>\n"
        for entry in entries()
        if entry.layout == "web"
    )
    head = f"<title>新河新闻网</title><link>{base}/daily/</link><description>新河日报网上版</description>"
    start = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
    return f"{start}{head}\n{items}</channel></rss>\n"


def sitemap(base: str) -> str:
    """Return the sitemap (sitemaps.org 0.9) of the portal's column pages and of its departments' news."""
    urls = "".join(
        f"<url><loc>{base}{html.escape(path_of(entry))}</loc><lastmod>{entry.published.isoformat()}</lastmod></url>\n"
        for entry in entries()
        if entry.layout in ("vsb", "trs") and not entry.dead and entry.behaviour != "moved"
    )
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{xmlns}">\n{urls}</urlset>\n'


@cache
def _in(section: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries() if entry.section == section)


def _item(pattern: str, entry: Entry) -> str:
    title = html.escape(entry.title)
    return pattern.format(path=html.escape(link_of(entry)), title=title, **dates(entry.published))

"""A day of ten days ago, captured today: exactly its articles land, by every kind of discovery."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from etl import stages
from etl.dataset import read
from etl.sample.content import entries as sample_entries
from etl.sample.listing import link_of
from etl.sample.server import serve

DAY = date(2026, 3, 2)
HEAD = """id = "here"
name = "此处日报"
level = "市"
base = "{base}"
local = true
politeness = {{ delay = 0 }}
[[discovery]]
"""
KINDS = {
    "rss": 'kind = "rss"\nurls = ["/rss.xml"]',
    "atom": 'kind = "rss"\nurls = ["/atom.xml"]',
    "sitemap": 'kind = "sitemap"\nurls = ["/sitemap.xml"]',
    "news-sitemap": 'kind = "sitemap"\nurls = ["/news.xml.gz"]',
    "list": 'kind = "list"\nurls = ["/index.html"]\npages = { url = "/index_{n}.html", first = 1 }',
    "query": 'kind = "list"\nurls = ["/list?page=1"]\npages = { url = "/list?page={n}" }',
    "json": 'kind = "json"\nurls = ["/api?page=1"]\nitems = "data.rows"\ndate = "pub"\n'
    'pages = { url = "/api?page={n}" }',
    "template": 'kind = "template"\nurls = ["/{day:%Y%m}/{day:%d}/node_1.html"]\n'
    "follow = ['node_\\d+\\.html$']\ninclude = ['/\\d{4}/\\d\\d/\\d\\d/\\d\\.html$']",
}


@pytest.fixture
def press(site, entries, listed, answer):
    """The site with its fourteen days listed in every way; each page tells its day."""
    publish(site, entries, listed, answer)
    return site


def publish(site, entries, listed, answer) -> None:
    """List the entries in every way."""
    for day, path in entries:
        site.routes[path] = f"<html><body><h1>会议</h1><p>{day}，市委召开会议。</p></body></html>".encode()
    pages = [entries[at : at + 6] for at in range(0, len(entries), 6)]
    site.routes |= {f"/index_{n}.html" if n else "/index.html": listed(page) for n, page in enumerate(pages)}
    for n, page in enumerate(pages, 1):
        rows = [{"url": path, "title": "会议", "pub": f"{day} 08:00:00"} for day, path in page]
        body = json.dumps({"data": {"rows": rows}}).encode()
        site.routes |= {
            f"/list?page={n}": listed(page),
            f"/api?page={n}": answer(body, content_type="application/json"),
        }
    items = "".join(
        f"<item><link>{path}</link><pubDate>{day:%a, %d %b %Y} 23:30:00 +0800</pubDate></item>"
        for day, path in entries
    )
    site.routes["/rss.xml"] = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()
    atoms = "".join(
        f"<entry><title>x</title><link href='{path}'/><published>{day}T23:30:00+08:00</published></entry>"
        for day, path in entries
    )
    site.routes["/atom.xml"] = f"<feed xmlns='http://www.w3.org/2005/Atom'>{atoms}</feed>".encode()
    urls = "".join(
        f"<url><loc>{site.url(path)}</loc><lastmod>{day}T23:30:00+08:00</lastmod></url>"
        for day, path in entries
    )
    site.routes["/sitemap.xml"] = f"<urlset>{urls}</urlset>".encode()
    news = "".join(
        f"<url><loc>{site.url(path)}</loc><lastmod>2026-03-12</lastmod><n:news>"
        f"<n:publication_date>{day}</n:publication_date></n:news></url>"
        for day, path in entries
    )
    packed = gzip.compress(
        f"<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>{news}</urlset>".encode()
    )
    site.routes["/news.xml.gz"] = answer(packed, content_type="application/gzip")
    for day in {day for day, _ in entries}:
        links = [path for when, path in entries if when == day]
        site.routes[f"/{day:%Y%m}/{day:%d}/node_1.html"] = (
            f"<a href='node_2.html'>2</a><a href='{links[0]}'>x</a>".encode()
        )
        site.routes[f"/{day:%Y%m}/{day:%d}/node_2.html"] = "".join(
            f"<area href='{path}'>" for path in links[1:]
        ).encode()


@pytest.fixture
def backfill(press, settings, tmp_path):
    """A function that captures `DAY` with a definition; it gives the report and the paths that landed."""

    def run(discovery):
        (tmp_path / "here.toml").write_text(HEAD.format(base=press.base) + discovery)
        here = replace(settings, sources=(tmp_path,))
        report = stages.capture_day("here", DAY, settings=here, clock=press.clock)
        rows = read(here.data, "captures", day=DAY)
        return report, sorted(url.removeprefix(press.base) for url in rows["url"])

    return run


@pytest.mark.parametrize("kind", KINDS)
def test_exactly_the_articles_of_the_day_land(backfill, wanted, kind):
    report, landed = backfill(KINDS[kind])
    assert landed == wanted
    assert report.rejects == {}
    assert report.taken == len(wanted)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("rss", "feed-too-short"),
        ("atom", "feed-too-short"),
        ("sitemap", "sitemap-too-short"),
        ("list", "list-too-short"),
        ("json", "list-too-short"),
        ("template", "not-found"),
    ],
)
def test_what_does_not_reach_back_is_no_empty_success(press, backfill, entries, listed, answer, kind, reason):
    press.routes.clear()
    publish(press, [(day, path) for day, path in entries if day > date(2026, 3, 5)], listed, answer)
    report, landed = backfill(KINDS[kind])
    assert landed == []
    assert report.rejects == {f"discover/{reason}": 1}


@pytest.mark.parametrize(("source", "site"), [("xinhe-daily", "daily"), ("xinhe-gov", "gov")])
def test_a_day_of_the_sample_site_lands_ten_days_later(settings, monkeypatch, source, site):
    with serve() as base:
        monkeypatch.setenv("ETL_SAMPLE_SITE", base)
        clock = lambda: datetime(2026, 3, 12, 4, tzinfo=UTC)  # noqa: E731
        report = stages.capture_day(source, DAY, settings=settings, clock=clock)
        landed = {url.removeprefix(base) for url in read(settings.data, "captures", day=DAY)["url"]}
        rejected = {url.removeprefix(base) for url in read(settings.data, "rejects", day=DAY)["url"]}
    listed = {link_of(one) for one in sample_entries() if one.site == site and one.day == DAY}
    assert listed
    first = {url for url in landed if url in listed}
    assert listed <= landed | rejected
    others = {link_of(one) for one in sample_entries() if one.day != DAY}
    assert not (landed | rejected) & others
    assert len(first) > 3
    assert not [reason for reason in report.rejects if reason.startswith("discover/")]

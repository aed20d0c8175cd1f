"""Every kind of discovery finds an old day's articles, exactly these, and says what it cannot tell."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta

import pytest

from etl.capture.discover import discover
from etl.records import Link

DAY = date(2026, 3, 2)
DAYS = [DAY + timedelta(days=n) for n in range(-3, 11)]
"""The site's days: the tenth before today is `DAY`, today is 12 March."""


def articles(day: date) -> list[str]:
    """Return the paths of a day's three articles."""
    return [f"/{day:%Y/%m/%d}/{n}.html" for n in range(3)]


WANTED = articles(DAY)
ENTRIES = [(day, path) for day in reversed(DAYS) for path in articles(day)]


def find(site, settings, discovery: str, day: date = DAY, **fields):
    """Return the paths found for `day`, sorted, and the reasons of the rejects."""
    with site.http(settings, site.source(discovery, **fields)) as http:
        items = list(discover(http.source, day, http))
    links = [item for item in items if isinstance(item, Link)]
    assert all(link.day == day and link.source_id == "here" for link in links)
    return sorted(link.url.removeprefix(site.base) for link in links), [
        item.reason for item in items if not isinstance(item, Link)
    ]


def rss(entries) -> bytes:
    items = "".join(
        f"<item><title>新闻</title><link>{path}</link>"
        f"<pubDate>{day:%a, %d %b %Y} 07:00:00 +0800</pubDate></item>"
        for day, path in entries
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>报</title>{items}</channel></rss>'.encode()
    )


def listed(entries, written="%Y-%m-%d") -> bytes:
    rows = "".join(f'<li><a href="{path}">新闻</a><span>{day:{written}}</span></li>' for day, path in entries)
    return f"<html><body><ul>{rows}</ul></body></html>".encode()


def sitemap(entries, base: str) -> bytes:
    rows = "".join(
        f"<url><loc>{base}{path}</loc><lastmod>{day}T09:00:00+08:00</lastmod></url>" for day, path in entries
    )
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{xmlns}">{rows}</urlset>'.encode()


def test_rss(site, settings):
    site.routes["/rss.xml"] = rss(ENTRIES)
    assert find(site, settings, 'kind = "rss"\nurls = ["/rss.xml"]') == (WANTED, [])


def test_atom_in_gbk_with_dates_in_another_timezone(site, settings, answer):
    entry = "<entry><title>会议</title><link href='{}'/><published>{}</published></entry>"
    text = (
        "<?xml version='1.0' encoding='gbk'?><feed xmlns='http://www.w3.org/2005/Atom'><title>报</title>"
        + entry.format("/early", "2026-03-01T17:00:00Z")
        + entry.format("/late", "2026-03-02T15:59:59Z")
        + entry.format("/next", "2026-03-02T16:00:00Z")
        + entry.format("/old", "2026-02-02T16:00:00Z")
        + "</feed>"
    )
    site.routes["/atom"] = answer(text.encode("gbk"), content_type="application/atom+xml")
    assert find(site, settings, 'kind = "rss"\nurls = ["/atom"]') == (["/early", "/late"], [])


def test_a_feed_that_does_not_reach_back_says_so(site, settings):
    site.routes["/rss.xml"] = rss(ENTRIES[:6])
    assert find(site, settings, 'kind = "rss"\nurls = ["/rss.xml"]') == ([], ["feed-too-short"])


def test_a_feed_that_begins_within_the_day_may_lack_some_of_it(site, settings):
    site.routes["/rss.xml"] = rss(ENTRIES[:32])
    assert find(site, settings, 'kind = "rss"\nurls = ["/rss.xml"]') == (WANTED[:2], ["feed-too-short"])


def test_what_is_no_feed_is_reported(site, settings):
    site.routes["/rss.xml"] = b"<html><body>moved</body></html>"
    assert find(site, settings, 'kind = "rss"\nurls = ["/rss.xml"]') == ([], ["bad-feed"])


def test_a_broken_feed_gives_what_can_be_read_and_says_so(site, settings):
    site.routes["/rss.xml"] = rss(ENTRIES).replace(b"</channel></rss>", b"<item><title>& <b></item>")
    found, reasons = find(site, settings, 'kind = "rss"\nurls = ["/rss.xml"]')
    assert (found, reasons) == (WANTED, ["bad-feed"])


def test_wrong_dates_in_a_feed_are_gaps_where_the_pattern_wants_the_page(site, settings):
    text = rss(ENTRIES).replace(b"Mon, 02 Mar 2026 07:00:00 +0800", b"Mon, 32 Foo 2026")
    site.routes["/rss.xml"] = text
    found, reasons = find(site, settings, "kind = 'rss'\nurls = ['/rss.xml']\ninclude = ['/\\d+\\.html$']")
    assert found == []
    assert reasons == ["undated"] * 3


def test_sitemap(site, settings):
    site.routes["/sitemap.xml"] = sitemap(ENTRIES, site.base)
    assert find(site, settings, 'kind = "sitemap"\nurls = ["/sitemap.xml"]') == (WANTED, [])


def test_sitemap_index_skips_files_older_than_the_day(site, settings, answer):
    months = "".join(
        f"<sitemap><loc>{site.base}/{name}.xml.gz</loc><lastmod>{last}</lastmod></sitemap>"
        for name, last in [("feb", "2026-02-28"), ("mar", "2026-03-11")]
    )
    site.routes["/sitemap.xml"] = f"<sitemapindex>{months}</sitemapindex>".encode()
    packed = gzip.compress(sitemap(ENTRIES, site.base))
    site.routes["/mar.xml.gz"] = answer(packed, content_type="application/gzip")
    assert find(site, settings, 'kind = "sitemap"\nurls = ["/sitemap.xml"]') == (WANTED, [])
    assert "/feb.xml.gz" not in site.asked


def test_news_sitemap_prefers_the_publication_date(site, settings):
    text = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{site.base}/n1</loc><lastmod>2026-03-09</lastmod><news:news>"
        "<news:publication_date>2026-03-02</news:publication_date><news:title>会议</news:title></news:news></url>"
        f"<url><loc>{site.base}/old</loc><lastmod>2026-01-01</lastmod></url></urlset>"
    )
    site.routes["/news.xml"] = text.encode()
    assert find(site, settings, 'kind = "sitemap"\nurls = ["/news.xml"]') == (["/n1"], [])


def test_a_sitemap_that_begins_later_says_so(site, settings):
    site.routes["/sitemap.xml"] = sitemap(ENTRIES[:6], site.base)
    assert find(site, settings, 'kind = "sitemap"\nurls = ["/sitemap.xml"]') == ([], ["sitemap-too-short"])


def test_entities_in_a_sitemap_unfold_to_nothing(site, settings):
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
    )
    site.routes["/sitemap.xml"] = f"{bomb}]><urlset><url><loc>&j;</loc></url></urlset>".encode()
    found, reasons = find(site, settings, 'kind = "sitemap"\nurls = ["/sitemap.xml"]')
    assert found == []
    assert reasons in (["bad-sitemap"], ["sitemap-too-short"])


def test_html_list_is_walked_until_it_is_older_than_the_day(site, settings):
    pages = [ENTRIES[at : at + 6] for at in range(0, len(ENTRIES), 6)]
    site.routes["/index.html"] = listed(pages[0])
    site.routes |= {f"/index_{n}.html": listed(page) for n, page in enumerate(pages) if n}
    way = 'kind = "list"\nurls = ["/index.html"]\npages = { url = "/index_{n}.html", first = 1 }'
    assert find(site, settings, way) == (WANTED, [])
    assert site.pages() == ["/index.html", *(f"/index_{n}.html" for n in range(1, 6))]


def test_entries_pinned_to_the_top_do_not_end_the_walk(site, settings):
    pinned = [(DAY - timedelta(days=200), "/2025/pinned.html")]
    site.routes["/index.html"] = listed(pinned + ENTRIES[:18])
    site.routes["/index_2.html"] = listed(pinned + ENTRIES[18:])
    way = 'kind = "list"\nurls = ["/index.html"]\npages = { url = "/index_{n}.html" }'
    assert find(site, settings, way) == (WANTED, [])


def test_a_list_that_ends_too_early_says_so(site, settings):
    site.routes["/index.html"] = listed(ENTRIES[:6])
    way = 'kind = "list"\nurls = ["/index.html"]\npages = { url = "/index_{n}.html" }'
    assert find(site, settings, way) == ([], ["list-too-short"])


def test_a_list_longer_than_allowed_says_so(site, settings):
    for n in range(1, 5):
        site.routes[f"/list_{n}.html"] = listed(ENTRIES[n * 3 : n * 3 + 3])
    way = 'kind = "list"\nurls = ["/list_1.html"]\npages = { url = "/list_{n}.html", max_pages = 3 }'
    assert find(site, settings, way) == ([], ["list-too-long"])


def test_a_server_that_gives_the_same_page_for_every_number_ends_the_walk(site, settings):
    site.routes |= {f"/list?page={n}": listed(ENTRIES[:6]) for n in range(1, 50)}
    way = 'kind = "list"\nurls = ["/list?page=1"]\npages = { url = "/list?page={n}" }'
    assert find(site, settings, way) == ([], ["list-too-short"])
    assert len(site.pages()) == 2


@pytest.mark.parametrize("written", ["%Y年%m月%d日", "[%m-%d]", "%Y/%m/%d", "%Y.%m.%d 08:30"])
def test_usual_ways_to_write_a_date_are_read(site, settings, written):
    site.routes["/list.html"] = listed(ENTRIES, written)
    assert find(site, settings, 'kind = "list"\nurls = ["/list.html"]') == (WANTED, [])


def test_a_list_in_gbk_with_a_rule_for_its_dates(site, settings, answer):
    rows = "".join(f'<dd><a href="{path}">会议</a> 第{day:%d/%m/%y}号</dd>' for day, path in ENTRIES)
    site.routes["/list.html"] = answer(f"<dl>{rows}</dl>".encode("gbk"), content_type="text/html")
    way = (
        'kind = "list"\nurls = ["/list.html"]\nitem = "dd"\n'
        "date_in_item = '第(?P<d>\\d\\d)/(?P<m>\\d\\d)/(?P<y>\\d\\d)号'"
    )
    assert find(site, settings, way, charset="gb18030") == (WANTED, [])


def test_the_date_in_the_address_outranks_the_listing(site, settings):
    site.routes["/list.html"] = listed([(date(2026, 3, 9), path) for _, path in ENTRIES])
    way = (
        'kind = "list"\nurls = ["/list.html"]\ndate_in_url = \'/(?P<y>\\d{4})/(?P<m>\\d\\d)/(?P<d>\\d\\d)/\''
    )
    assert find(site, settings, way) == (WANTED, [])


def test_patterns_choose_the_links(site, settings):
    site.routes["/list.html"] = listed([*ENTRIES, (DAY, "/about.html"), (DAY, "/2026/03/02/video/9.html")])
    way = (
        'kind = "list"\nurls = ["/list.html"]\n'
        "include = ['/\\d{4}/\\d\\d/\\d\\d/']\nexclude = ['/video/']"
    )
    assert find(site, settings, way) == (WANTED, [])


def test_a_list_without_any_link_is_a_fault_of_the_definition(site, settings):
    site.routes["/list.html"] = b"<html><body><p>new layout</p></body></html>"
    assert find(site, settings, 'kind = "list"\nurls = ["/list.html"]') == ([], ["empty-list"])


def test_json_list(site, settings, answer):
    def page(entries):
        items = [{"doc": {"link": path, "name": "会议"}, "pub": f"{day} 08:00:00"} for day, path in entries]
        return answer(json.dumps({"data": {"list": items}}).encode(), content_type="application/json")

    site.routes |= {f"/api?page={n}": page(ENTRIES[n * 10 - 10 : n * 10]) for n in range(1, 6)}
    way = (
        'kind = "json"\nurls = ["/api?page=1"]\nitems = "data.list"\nurl = "doc.link"\ntitle = "doc.name"\n'
        'date = "pub"\npages = { url = "/api?page={n}" }'
    )
    assert find(site, settings, way) == (WANTED, [])


@pytest.mark.parametrize(
    "value", [1772409600, 1772409600000, "1772409600", "2026-03-02", "2026-03-01T20:00:00Z"]
)
def test_dates_in_json_may_be_epochs_or_texts(site, settings, answer, value):
    old = {"url": "/old.html", "date": "2026-01-01"}
    body = json.dumps([{"url": "/x.html", "date": value}, old]).encode()
    site.routes["/api"] = answer(body, content_type="application/json")
    assert find(site, settings, 'kind = "json"\nurls = ["/api"]') == (["/x.html"], [])


def test_what_is_no_json_list_is_reported(site, settings):
    site.routes["/api"] = b"<html>"
    assert find(site, settings, 'kind = "json"\nurls = ["/api"]') == ([], ["bad-json"])


PAPER = (
    'kind = "template"\nurls = ["/{day:%Y%m}/{day:%d}/node_01.html"]\n'
    "follow = ['node_\\d+\\.html$']\ninclude = ['content_\\d+\\.html$']"
)


def test_a_digital_newspaper_leads_from_the_day_to_its_pages_and_articles(site, settings):
    site.routes["/202603/02/node_01.html"] = (
        b'<map><area href="content_1.html"></map><a href="content_1.html">A</a>'
        b'<a href="node_01.html">1</a><a href="./node_02.html">2</a>'
    )
    site.routes["/202603/02/node_02.html"] = b'<a href="node_01.html">1</a><a href="content_2.html">B</a>'
    assert find(site, settings, PAPER) == (["/202603/02/content_1.html", "/202603/02/content_2.html"], [])
    assert sorted(site.pages()) == ["/202603/02/node_01.html", "/202603/02/node_02.html"]


def test_a_paper_that_did_not_appear_is_reported(site, settings):
    assert find(site, settings, PAPER) == ([], ["not-found"])


def test_a_page_of_the_paper_that_fails_is_reported_and_the_others_are_read(site, settings):
    site.routes["/202603/02/node_01.html"] = b'<a href="node_02.html">2</a><a href="content_1.html">A</a>'
    assert find(site, settings, PAPER) == (["/202603/02/content_1.html"], ["not-found"])


def test_a_day_on_which_nothing_was_published_is_reported(site, settings):
    site.routes["/list.html"] = listed([entry for entry in ENTRIES if entry[0] != DAY])
    assert find(site, settings, 'kind = "list"\nurls = ["/list.html"]') == ([], ["nothing-listed"])


def test_a_day_for_which_no_way_is_valid_is_reported(site, settings):
    way = 'kind = "list"\nurls = ["/list.html"]\nvalid_from = 2026-03-03'
    assert find(site, settings, way) == ([], ["no-way"])


def test_the_same_page_under_two_addresses_is_found_once(site, settings):
    site.routes["/list.html"] = listed(
        [(DAY, "/a.html?utm_source=x"), (DAY, "/./a.html#top"), (DAY, "/b/../a.html?spm=1.2")]
    ) + listed([(DAY - timedelta(days=1), "/old.html")])
    assert find(site, settings, 'kind = "list"\nurls = ["/list.html"]') == (["/a.html"], [])


def test_a_listing_that_cannot_be_read_does_not_stop_another(site, settings):
    site.routes["/b.html"] = listed(ENTRIES)
    assert find(site, settings, 'kind = "list"\nurls = ["/a.html", "/b.html"]') == (WANTED, ["not-found"])


def test_without_addresses_sitemaps_are_those_that_robots_names(site, settings, answer):
    site.routes["/robots.txt"] = f"User-agent: *\nSitemap: {site.base}/here.xml\n".encode()
    site.routes["/here.xml"] = sitemap(ENTRIES, site.base)
    assert find(site, settings, 'kind = "sitemap"') == (WANTED, [])


def test_robots_that_names_no_sitemap_is_reported(site, settings):
    assert find(site, settings, 'kind = "sitemap"') == ([], ["no-sitemap"])


@pytest.mark.parametrize("wrapped", ["callback({})", "cb_1({});\n", "var list = {};", "  {}"])
def test_lists_served_as_scripts_are_read(site, settings, answer, wrapped):
    items = json.dumps([{"url": path, "date": str(day)} for day, path in ENTRIES])
    site.routes["/list.js"] = answer(wrapped.replace("{}", items).encode(), content_type="text/javascript")
    assert find(site, settings, 'kind = "json"\nurls = ["/list.js"]') == (WANTED, [])

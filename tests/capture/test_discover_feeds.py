"""Feeds and sitemaps find an old day's articles, exactly these, and say what they cannot tell."""

from __future__ import annotations

import gzip


def rss(entries) -> bytes:
    items = "".join(
        f"<item><title>新闻</title><link>{path}</link>"
        f"<pubDate>{day:%a, %d %b %Y} 07:00:00 +0800</pubDate></item>"
        for day, path in entries
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>报</title>{items}</channel></rss>'.encode()
    )


def sitemap(entries, base: str) -> bytes:
    rows = "".join(
        f"<url><loc>{base}{path}</loc><lastmod>{day}T09:00:00+08:00</lastmod></url>" for day, path in entries
    )
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{xmlns}">{rows}</urlset>'.encode()


def test_rss(site, find, entries, wanted):
    site.routes["/rss.xml"] = rss(entries)
    assert find('kind = "rss"\nurls = ["/rss.xml"]') == (wanted, [])


def test_atom_in_gbk_with_dates_in_another_timezone(site, answer, find):
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
    assert find('kind = "rss"\nurls = ["/atom"]') == (["/early", "/late"], [])


def test_a_feed_that_does_not_reach_back_says_so(site, find, entries):
    site.routes["/rss.xml"] = rss(entries[:6])
    assert find('kind = "rss"\nurls = ["/rss.xml"]') == ([], ["feed-too-short"])


def test_a_feed_that_begins_within_the_day_may_lack_some_of_it(site, find, entries, wanted):
    site.routes["/rss.xml"] = rss(entries[:32])
    assert find('kind = "rss"\nurls = ["/rss.xml"]') == (wanted[:2], ["feed-too-short"])


def test_what_is_no_feed_is_reported(site, find):
    site.routes["/rss.xml"] = b"<html><body>moved</body></html>"
    assert find('kind = "rss"\nurls = ["/rss.xml"]') == ([], ["bad-feed"])


def test_a_broken_feed_gives_what_can_be_read_and_says_so(site, find, entries, wanted):
    site.routes["/rss.xml"] = rss(entries).replace(b"</channel></rss>", b"<item><title>& <b></item>")
    found, reasons = find('kind = "rss"\nurls = ["/rss.xml"]')
    assert (found, reasons) == (wanted, ["bad-feed"])


def test_wrong_dates_in_a_feed_are_gaps_where_the_pattern_wants_the_page(site, find, entries):
    text = rss(entries).replace(b"Mon, 02 Mar 2026 07:00:00 +0800", b"Mon, 32 Foo 2026")
    site.routes["/rss.xml"] = text
    found, reasons = find("kind = 'rss'\nurls = ['/rss.xml']\ninclude = ['/\\d+\\.html$']")
    assert found == []
    assert reasons == ["undated"] * 3


def test_sitemap(site, find, entries, wanted):
    site.routes["/sitemap.xml"] = sitemap(entries, site.base)
    assert find('kind = "sitemap"\nurls = ["/sitemap.xml"]') == (wanted, [])


def test_sitemap_index_skips_files_older_than_the_day(site, answer, find, entries, wanted):
    months = "".join(
        f"<sitemap><loc>{site.base}/{name}.xml.gz</loc><lastmod>{last}</lastmod></sitemap>"
        for name, last in [("feb", "2026-02-28"), ("mar", "2026-03-11")]
    )
    site.routes["/sitemap.xml"] = f"<sitemapindex>{months}</sitemapindex>".encode()
    packed = gzip.compress(sitemap(entries, site.base))
    site.routes["/mar.xml.gz"] = answer(packed, content_type="application/gzip")
    assert find('kind = "sitemap"\nurls = ["/sitemap.xml"]') == (wanted, [])
    assert "/feb.xml.gz" not in site.asked


def test_news_sitemap_prefers_the_publication_date(site, find):
    text = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{site.base}/n1</loc><lastmod>2026-03-09</lastmod><news:news>"
        "<news:publication_date>2026-03-02</news:publication_date><news:title>会议</news:title></news:news></url>"
        f"<url><loc>{site.base}/old</loc><lastmod>2026-01-01</lastmod></url></urlset>"
    )
    site.routes["/news.xml"] = text.encode()
    assert find('kind = "sitemap"\nurls = ["/news.xml"]') == (["/n1"], [])


def test_pictures_and_films_in_a_sitemap_are_not_the_page(site, find):
    google = "http://www.google.com/schemas/sitemap"
    text = (
        f"<urlset xmlns:image='{google}-image/1.1' xmlns:video='{google}-video/1.1'><url>"
        f"<image:image><image:loc>{site.base}/p.jpg</image:loc></image:image><video:video>"
        f"<video:publication_date>2026-03-02</video:publication_date></video:video><loc>{site.base}/n1</loc>"
        f"<lastmod>2026-03-01</lastmod></url><url><loc>{site.base}/n2</loc><lastmod>2026-03-02</lastmod></url>"
        "</urlset>"
    )
    site.routes["/sitemap.xml"] = text.encode()
    assert find('kind = "sitemap"\nurls = ["/sitemap.xml"]') == (["/n2"], [])


def test_a_sitemap_that_begins_later_says_so(site, find, entries):
    site.routes["/sitemap.xml"] = sitemap(entries[:6], site.base)
    assert find('kind = "sitemap"\nurls = ["/sitemap.xml"]') == ([], ["sitemap-too-short"])


def test_entities_in_a_sitemap_unfold_to_nothing(site, find):
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
    )
    site.routes["/sitemap.xml"] = f"{bomb}]><urlset><url><loc>&j;</loc></url></urlset>".encode()
    found, reasons = find('kind = "sitemap"\nurls = ["/sitemap.xml"]')
    assert found == []
    assert reasons in (["bad-sitemap"], ["sitemap-too-short"])


def test_without_addresses_sitemaps_are_those_that_robots_names(site, answer, find, entries, wanted):
    site.routes["/robots.txt"] = f"User-agent: *\nSitemap: {site.base}/here.xml\n".encode()
    site.routes["/here.xml"] = sitemap(entries, site.base)
    assert find('kind = "sitemap"') == (wanted, [])


def test_robots_that_names_no_sitemap_is_reported(site, find):
    assert find('kind = "sitemap"') == ([], ["no-sitemap"])

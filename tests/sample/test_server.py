from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import pytest
import requests

from etl.sample.content import CST, entries
from etl.sample.listing import link_of, list_paths, node_paths
from etl.sample.render import path_of
from etl.sample.server import serve


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with serve() as url:
        yield url


def test_every_live_article_is_served(base: str) -> None:
    for entry in entries():
        if entry.dead in ("", "disallowed"):
            response = requests.get(base + link_of(entry), timeout=60)
            if response.status_code == 500:
                assert entry.behaviour == "recovers"
                response = requests.get(base + link_of(entry), timeout=60)
            assert response.status_code == 200, entry.id
            assert response.url == base + path_of(entry)


def test_a_page_is_not_sent_again_to_who_has_it(base: str) -> None:
    url = base + "/daily/paper/2026-03/02/content_1001.htm"
    first = requests.get(url, timeout=60)
    by_tag = requests.get(url, headers={"If-None-Match": first.headers["ETag"]}, timeout=60)
    by_date = requests.get(url, headers={"If-Modified-Since": first.headers["Last-Modified"]}, timeout=60)
    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_date.status_code == 304
    assert requests.get(url, headers={"If-None-Match": '"other"'}, timeout=60).status_code == 200


def test_every_page_by_which_articles_are_found_is_served(base: str) -> None:
    paths = [*node_paths(), *list_paths("zwyw"), *list_paths("tzgg"), "/", "/daily/", "/gov/"]
    assert [path for path in paths if requests.get(base + path, timeout=60).status_code != 200] == []


def test_an_unknown_path_is_a_404(base: str) -> None:
    assert requests.get(base + "/gov/zwyw/none.html", timeout=60).status_code == 404


def test_the_feed_dates_each_web_article(base: str) -> None:
    items = ET.fromstring(requests.get(base + "/daily/rss.xml", timeout=60).content).findall("channel/item")
    web = {base + link_of(entry): entry for entry in entries() if entry.layout == "web"}
    assert {item.findtext("link") for item in items} == set(web)
    for item in items:
        published = parsedate_to_datetime(item.findtext("pubDate", ""))
        assert published.astimezone(CST) == web[item.findtext("link", "")].published


def test_the_sitemap_leads_to_pages_and_robots_to_the_sitemap(base: str) -> None:
    robots = requests.get(base + "/robots.txt", timeout=60).text
    address = re.search(r"Sitemap: (\S+)", robots)
    assert address
    root = ET.fromstring(requests.get(address[1], timeout=60).content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert len(root.findall("s:url/s:lastmod", space)) == len(root.findall("s:url/s:loc", space)) > 0


def test_the_same_request_gives_the_same_bytes(base: str) -> None:
    with serve() as other:
        for path in ("/gov/zwyw/index.html", "/daily/paper/2026-03/02/content_1002.htm"):
            assert (
                requests.get(base + path, timeout=60).content
                == requests.get(other + path, timeout=60).content
            )

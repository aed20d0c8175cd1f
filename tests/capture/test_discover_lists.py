"""Lists and digital newspapers give an old day's articles, exactly these, and say what they cannot tell."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from etl.capture.discover import discover
from etl.records import Link

DAY = date(2026, 3, 2)


def test_html_list_is_walked_until_it_is_older_than_the_day(site, find, entries, wanted, listed):
    pages = [entries[at : at + 6] for at in range(0, len(entries), 6)]
    site.routes["/index.html"] = listed(pages[0])
    site.routes |= {f"/index_{n}.html": listed(page) for n, page in enumerate(pages) if n}
    way = 'kind = "list"\nurls = ["/index.html"]\npages = { url = "/index_{n}.html", first = 1 }'
    assert find(way) == (wanted, [])
    assert site.pages() == ["/index.html", *(f"/index_{n}.html" for n in range(1, 6))]


def test_entries_pinned_to_the_top_do_not_end_the_walk(site, find, entries, wanted, listed):
    pinned = [(DAY - timedelta(days=200), "/2025/pinned.html")]
    site.routes["/index.html"] = listed(pinned + entries[:18])
    site.routes["/index_2.html"] = listed(pinned + entries[18:])
    way = 'kind = "list"\nurls = ["/index.html"]\npages = { url = "/index_{n}.html" }'
    assert find(way) == (wanted, [])


def test_a_list_that_ends_too_early_says_so(site, find, entries, listed):
    site.routes["/index.html"] = listed(entries[:6])
    way = 'kind = "list"\nurls = ["/index.html"]\npages = { url = "/index_{n}.html" }'
    assert find(way) == ([], ["list-too-short"])


def test_a_list_longer_than_allowed_says_so(site, find, entries, listed):
    for n in range(1, 5):
        site.routes[f"/list_{n}.html"] = listed(entries[n * 3 : n * 3 + 3])
    way = 'kind = "list"\nurls = ["/list_1.html"]\npages = { url = "/list_{n}.html", max_pages = 3 }'
    assert find(way) == ([], ["list-too-long"])


def test_a_server_that_gives_the_same_page_for_every_number_ends_the_walk(site, find, entries, listed):
    site.routes |= {f"/list?page={n}": listed(entries[:6]) for n in range(1, 50)}
    way = 'kind = "list"\nurls = ["/list?page=1"]\npages = { url = "/list?page={n}" }'
    assert find(way) == ([], ["list-too-short"])
    assert len(site.pages()) == 2


@pytest.mark.parametrize("written", ["%Y年%m月%d日", "[%m-%d]", "%Y/%m/%d", "%Y.%m.%d 08:30"])
def test_usual_ways_to_write_a_date_are_read(site, written, find, entries, wanted, listed):
    site.routes["/list.html"] = listed(entries, written)
    assert find('kind = "list"\nurls = ["/list.html"]') == (wanted, [])


@pytest.mark.parametrize(
    ("stamp", "ago"),
    [("刚刚", 0), ("今天 08:30", 0), ("5分钟前", 0), ("11小时前 来源：某报", 0), ("13小时前", 1),
     ("昨天08:30", 1), ("昨天", 1), ("前天 23:59", 2), ("10天前", 10)],
)  # fmt: skip
def test_days_may_be_told_from_now(site, settings, stamp, ago):
    site.routes["/list.html"] = f"<li><a href='/x.html'>市委召开会议</a> <i>{stamp}</i></li>".encode()
    day = site.now.date() - timedelta(days=ago)
    with site.http(settings) as http:
        links = [one.url for one in discover(http.source, day, http) if isinstance(one, Link)]
    assert links == [site.url("/x.html")]


@pytest.mark.parametrize("title", ["今天3人获奖", "昨天 我市召开会议", "刚刚过去的一年", "三小时前后"])
def test_what_a_title_tells_from_now_is_no_date(site, title, find):
    site.routes["/list.html"] = f"<li><a href='/1.html'>{title}</a></li>".encode()
    way = "kind = 'list'\nurls = ['/list.html']\ninclude = ['html$']"
    assert find(way)[1] == ["undated", "list-too-short"]


def test_a_list_in_gbk_with_a_rule_for_its_dates(site, answer, find, entries, wanted):
    rows = "".join(f'<dd><a href="{path}">会议</a> 第{day:%d/%m/%y}号</dd>' for day, path in entries)
    site.routes["/list.html"] = answer(f"<dl>{rows}</dl>".encode("gbk"), content_type="text/html")
    way = (
        'kind = "list"\nurls = ["/list.html"]\nitem = "dd"\n'
        "date_in_item = '第(?P<d>\\d\\d)/(?P<m>\\d\\d)/(?P<y>\\d\\d)号'"
    )
    assert find(way, charset="gb18030") == (wanted, [])


def test_the_date_in_the_address_outranks_the_listing(site, find, entries, wanted, listed):
    site.routes["/list.html"] = listed([(date(2026, 3, 9), path) for _, path in entries])
    way = (
        'kind = "list"\nurls = ["/list.html"]\ndate_in_url = \'/(?P<y>\\d{4})/(?P<m>\\d\\d)/(?P<d>\\d\\d)/\''
    )
    assert find(way) == (wanted, [])


def test_patterns_choose_the_links(site, find, entries, wanted, listed):
    site.routes["/list.html"] = listed([*entries, (DAY, "/about.html"), (DAY, "/2026/03/02/video/9.html")])
    way = (
        'kind = "list"\nurls = ["/list.html"]\n'
        "include = ['/\\d{4}/\\d\\d/\\d\\d/']\nexclude = ['/video/']"
    )
    assert find(way) == (wanted, [])


def test_a_list_without_any_link_is_a_fault_of_the_definition(site, find):
    site.routes["/list.html"] = b"<html><body><p>new layout</p></body></html>"
    assert find('kind = "list"\nurls = ["/list.html"]') == ([], ["empty-list"])


def test_json_list(site, answer, find, entries, wanted):
    def page(entries):
        items = [{"doc": {"link": path, "name": "会议"}, "pub": f"{day} 08:00:00"} for day, path in entries]
        return answer(json.dumps({"data": {"list": items}}).encode(), content_type="application/json")

    site.routes |= {f"/api?page={n}": page(entries[n * 10 - 10 : n * 10]) for n in range(1, 6)}
    way = (
        'kind = "json"\nurls = ["/api?page=1"]\nitems = "data.list"\nurl = "doc.link"\ntitle = "doc.name"\n'
        'date = "pub"\npages = { url = "/api?page={n}" }'
    )
    assert find(way) == (wanted, [])


def test_addresses_may_be_made_of_fields_in_json(site, answer, find):
    docs = [{"doc": {"id": one}, "kind": "要闻", "date": "2026-03-02"} for one in (7, "8/../9", None, "")]
    body = json.dumps([*docs, {"doc": {"id": 1}, "kind": "要闻", "date": "2026-01-01"}]).encode()
    site.routes["/api"] = answer(body, content_type="application/json")
    way = 'kind = "json"\nurls = ["/api"]\nurl = "/{kind}/{doc.id}.html"'
    kind = "%E8%A6%81%E9%97%BB"
    assert find(way) == ([f"/{kind}/7.html", f"/{kind}/8%2F..%2F9.html"], [])


@pytest.mark.parametrize(
    "value", [1772409600, 1772409600000, "1772409600", "2026-03-02", "2026-03-01T20:00:00Z"]
)
def test_dates_in_json_may_be_epochs_or_texts(site, answer, value, find):
    old = {"url": "/old.html", "date": "2026-01-01"}
    body = json.dumps([{"url": "/x.html", "date": value}, old]).encode()
    site.routes["/api"] = answer(body, content_type="application/json")
    assert find('kind = "json"\nurls = ["/api"]') == (["/x.html"], [])


def test_what_is_no_json_list_is_reported(site, find):
    site.routes["/api"] = b"<html>"
    assert find('kind = "json"\nurls = ["/api"]') == ([], ["bad-json"])


PAPER = (
    'kind = "template"\nurls = ["/{day:%Y%m}/{day:%d}/node_01.html"]\n'
    "follow = ['node_\\d+\\.html$']\ninclude = ['content_\\d+\\.html$']"
)


def test_a_digital_newspaper_leads_from_the_day_to_its_pages_and_articles(site, find):
    site.routes["/202603/02/node_01.html"] = (
        b'<map><area href="content_1.html"></map><a href="content_1.html">A</a>'
        b'<a href="node_01.html">1</a><a href="./node_02.html">2</a>'
    )
    site.routes["/202603/02/node_02.html"] = b'<a href="node_01.html">1</a><a href="content_2.html">B</a>'
    assert find(PAPER) == (["/202603/02/content_1.html", "/202603/02/content_2.html"], [])
    assert sorted(site.pages()) == ["/202603/02/node_01.html", "/202603/02/node_02.html"]


def test_a_paper_that_did_not_appear_is_reported(site, find):
    assert find(PAPER) == ([], ["not-found"])


def test_a_page_of_the_paper_that_fails_is_reported_and_the_others_are_read(site, find):
    site.routes["/202603/02/node_01.html"] = b'<a href="node_02.html">2</a><a href="content_1.html">A</a>'
    assert find(PAPER) == (["/202603/02/content_1.html"], ["not-found"])


def test_a_day_on_which_nothing_was_published_is_reported(site, find, entries, listed):
    site.routes["/list.html"] = listed([entry for entry in entries if entry[0] != DAY])
    assert find('kind = "list"\nurls = ["/list.html"]') == ([], ["nothing-listed"])


def test_a_day_for_which_no_way_is_valid_is_reported(site, find):
    way = 'kind = "list"\nurls = ["/list.html"]\nvalid_from = 2026-03-03'
    assert find(way) == ([], ["no-way"])


def test_the_same_page_under_two_addresses_is_found_once(site, find, listed):
    site.routes["/list.html"] = listed(
        [(DAY, "/a.html?utm_source=x"), (DAY, "/./a.html#top"), (DAY, "/b/../a.html?spm=1.2")]
    ) + listed([(DAY - timedelta(days=1), "/old.html")])
    assert find('kind = "list"\nurls = ["/list.html"]') == (["/a.html"], [])


def test_a_folder_and_its_own_page_are_one_page(site, find, listed):
    rows = [
        (DAY, "/a/index.html"),
        (DAY, "/a/"),
        (DAY, "/a/index.html?id=1"),
        (DAY, "/b/"),
        (DAY, "/b/index.htm"),
    ]
    site.routes["/list.html"] = listed([*rows, (DAY - timedelta(days=1), "/old.html")])
    assert find('kind = "list"\nurls = ["/list.html"]') == (
        ["/a/index.html", "/a/index.html?id=1", "/b/"],
        [],
    )


def test_a_listing_that_cannot_be_read_does_not_stop_another(site, find, entries, wanted, listed):
    site.routes["/b.html"] = listed(entries)
    assert find('kind = "list"\nurls = ["/a.html", "/b.html"]') == (wanted, ["not-found"])


@pytest.mark.parametrize("wrapped", ["callback({})", "cb_1({});\n", "var list = {};", "  {}"])
def test_lists_served_as_scripts_are_read(site, answer, wrapped, find, entries, wanted):
    items = json.dumps([{"url": path, "date": str(day)} for day, path in entries])
    site.routes["/list.js"] = answer(wrapped.replace("{}", items).encode(), content_type="text/javascript")
    assert find('kind = "json"\nurls = ["/list.js"]') == (wanted, [])


def test_links_are_relative_to_the_base_that_a_page_names(find, site, entries, listed, wanted):
    moved = [(day, path.removeprefix("/2026/")) for day, path in entries]
    body = listed(moved).replace(b"<body>", b"<head><base href='/2026/'></head><body>")
    site.routes["/list.html"] = body
    assert find('kind = "list"\nurls = ["/list.html"]') == (wanted, [])


def test_json_in_gbk_is_read(find, site, answer, entries, wanted):
    items = json.dumps(
        [{"url": path, "title": "会议", "date": str(day)} for day, path in entries], ensure_ascii=False
    )
    site.routes["/api"] = answer(items.encode("gbk"), content_type="application/json")
    assert find('kind = "json"\nurls = ["/api"]') == (wanted, [])

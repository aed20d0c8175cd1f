"""A day from discovery to captures, landed and replayed."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.capture import collect, landing
from etl.capture.fetch import refusal
from etl.errors import UnavailableError, UsageError
from etl.records import Capture, Reject

LIST = """
<ul>
<li><a href="/2026/03/03/later.html">市政府召开第三次会议</a> 2026-03-03</li>
<li><a href="/2026/03/02/a.html">市委召开专题会议</a> 2026-03-02</li>
<li><a href="/2026/03/02/b.html">全市春耕工作推进会召开</a> 2026-03-02</li>
<li><a href="/2026/03/01/before.html">早些时候的新闻</a> 2026-03-01</li>
</ul>
""".encode()
PAGE = "<html><body><p>三月二日，市委召开专题会议。</p></body></html>".encode()


@pytest.fixture
def paper(site, answer):
    """A site with two articles on the day, each with an ETag, one of them gzipped."""

    def tagged(body, tag, **headers):
        def route(handler):
            if handler.headers.get("If-None-Match") == tag:
                answer(b"", 304, etag=tag)(handler)
            else:
                answer(body, etag=tag, **headers)(handler)

        return route

    site.routes |= {
        "/list.html": LIST,
        "/2026/03/02/a.html": tagged(PAGE, '"a1"'),
        "/2026/03/02/b.html": tagged(gzip.compress(PAGE * 20, mtime=0), '"b1"', content_encoding="gzip"),
    }
    return site


def land(site, settings, source=None, **options):
    """Collect the site's day into the landing zone; return rejects and the published path."""
    source = source or site.source()
    previous = list(landing.index(settings, source.id, site.day))
    items = collect(source, site.day, settings=settings, clock=site.clock, previous=previous, **options)
    rejects = []
    with landing.Writer(settings, source.id, site.day) as writer:
        for item in items:
            if isinstance(item, Capture):
                writer.append(item)
                rejects += [refusal(item)] if item.refused else []
            else:
                rejects.append(item)
    return rejects, writer.published


def test_a_day_lands_and_replays_as_fetched(paper, settings):
    source = paper.source()
    live = list(collect(source, paper.day, settings=settings, clock=paper.clock))
    rejects, path = land(paper, settings)
    assert rejects == []
    assert Path(path).name == "here-2026-03-02-0.warc.gz"
    replayed = list(landing.replay(settings, "here", paper.day))
    assert [capture.body for capture in replayed] == [PAGE, PAGE * 20]

    def bare(capture):
        stripped = replace(capture, warc_file=None, warc_offset=None, warc_length=None, request_headers=())
        return replace(stripped, headers=tuple(pair for pair in capture.headers if pair[0] != "Date"))

    assert list(map(bare, replayed)) == list(map(bare, live))


def test_a_second_run_with_nothing_new_writes_nothing(paper, settings):
    _, first = land(paper, settings)
    before = list(landing.index(settings, "here", paper.day))
    paper.now += timedelta(days=1)
    rejects, second = land(paper, settings)
    assert (rejects, second) == ([], None)
    assert paper.requests[-1]["If-None-Match"] in ('"a1"', '"b1"')
    assert list(landing.index(settings, "here", paper.day)) == before
    assert [path.name for path in Path(first).parent.glob("*.gz")] == ["here-2026-03-02-0.warc.gz"]


def test_a_refetch_asks_without_conditions_and_keeps_what_is_the_same(paper, settings):
    land(paper, settings)
    rejects, second = land(paper, settings, refetch=True)
    assert (rejects, second) == ([], None)
    assert "If-None-Match" not in paper.requests[-1]


def test_a_changed_page_lands_beside_the_old_one_and_replay_gives_the_new(paper, settings):
    land(paper, settings)
    paper.routes["/2026/03/02/a.html"] = PAGE + "更正".encode()
    paper.now += timedelta(hours=1)
    _, path = land(paper, settings)
    assert Path(path).name == "here-2026-03-02-1.warc.gz"
    assert len(list(landing.index(settings, "here", paper.day))) == 3
    replayed = list(landing.replay(settings, "here", paper.day))
    assert sorted(capture.body for capture in replayed) == sorted([PAGE * 20, PAGE + "更正".encode()])


def test_a_page_that_turns_back_is_replayed_as_it_is_now(paper, settings):
    for body in (PAGE, PAGE + b"x", PAGE):
        paper.routes["/2026/03/02/a.html"] = body
        paper.now += timedelta(hours=1)
        land(paper, settings)
    replayed = {capture.url: capture.body for capture in landing.replay(settings, "here", paper.day)}
    assert replayed[paper.url("/2026/03/02/a.html")] == PAGE


def test_a_page_that_fails_is_a_reject_and_the_others_land(paper, settings):
    del paper.routes["/2026/03/02/a.html"]
    rejects, _ = land(paper, settings)
    assert [(r.stage, r.reason, r.url) for r in rejects] == [
        ("fetch", "not-found", paper.url("/2026/03/02/a.html"))
    ]
    landed = list(landing.index(settings, "here", paper.day))
    assert [(c.http_status, c.refused) for c in landed] == [(404, "not-found"), (200, None)]


def test_a_page_that_is_gone_today_is_replayed_as_it_was(paper, settings):
    land(paper, settings)
    del paper.routes["/2026/03/02/a.html"]
    for _ in range(2):
        paper.now += timedelta(hours=1)
        rejects, _ = land(paper, settings)
        assert [reject.reason for reject in rejects] == ["not-found"]
    assert len(list(landing.index(settings, "here", paper.day))) == 3
    replayed = list(landing.replay(settings, "here", paper.day))
    assert [(c.http_status, c.refused) for c in replayed] == [(200, None)] * 2


def article(number: int, last: int) -> bytes:
    """Return one of the pages of an article."""
    more = f'<a href="long_{number + 1}.html">下一页</a>' if number < last else ""
    text = f"这是第{number}页，会议强调，要把各项任务抓细抓实，确保年内见效。"
    return f"<html><h1>长篇报道</h1><p>2026-03-02</p><div id=zoom><p>{text}</p></div>{more}</html>".encode()


@pytest.fixture
def long_article(paper):
    """The site's day with one article more, on three pages."""
    paper.routes["/list.html"] = LIST.replace(
        b"<ul>", '<ul><li><a href="/2026/03/02/long.html">长篇报道</a> 2026-03-02</li>'.encode()
    )
    paper.routes["/2026/03/02/long.html"] = article(1, 3)
    paper.routes |= {f"/2026/03/02/long_{n}.html": article(n, 3) for n in (2, 3)}
    return paper


def test_the_next_pages_of_an_article_land_and_say_what_they_continue(long_article, settings):
    site = long_article
    assert land(site, settings)[0] == []
    landed = {capture.url: capture.continues for capture in landing.index(settings, "here", site.day)}
    first, second, third = (site.url(f"/2026/03/02/long{n}.html") for n in ("", "_2", "_3"))
    assert (landed[first], landed[second], landed[third]) == (None, first, second)
    assert land(site, settings) == ([], None)
    assert site.pages()[-1] != "/2026/03/02/long_3.html"
    assert site.pages().count("/2026/03/02/long_3.html") == 2


def test_next_pages_are_followed_up_to_the_limit_and_not_past_robots(long_article, settings):
    site = long_article
    few = replace(settings, max_pages=2)
    found = list(collect(site.source(), site.day, settings=few, clock=site.clock))
    assert site.url("/2026/03/02/long_2.html") in {item.url for item in found}
    assert site.url("/2026/03/02/long_3.html") not in {item.url for item in found}
    site.routes["/robots.txt"] = b"User-agent: *\nDisallow: /2026/03/02/long_2"
    found = list(collect(site.source(), site.day, settings=settings, clock=site.clock))
    assert [item.reason for item in found if isinstance(item, Reject)] == ["robots-disallowed"]


def test_a_redirect_is_followed_and_its_hop_lands(paper, settings, answer):
    paper.routes["/2026/03/02/a.html"] = answer(b"", 302, location="/moved.html")
    paper.routes["/moved.html"] = PAGE
    land(paper, settings)
    capture = next(c for c in landing.replay(settings, "here", paper.day) if c.url.endswith("/a.html"))
    assert capture.final_url == paper.url("/moved.html")
    assert capture.body == PAGE


def test_a_day_in_the_future_is_refused(paper, settings):
    with pytest.raises(UsageError, match="2026-03-13 lies in the future"):
        list(collect(paper.source(), date(2026, 3, 13), settings=settings, clock=paper.clock))


def test_a_source_without_addresses_is_refused(paper, settings):
    with pytest.raises(UsageError, match="etl import"):
        list(collect(paper.source('kind = "files"'), paper.day, settings=settings, clock=paper.clock))


def test_a_host_that_does_not_answer_is_unavailable(site, settings):
    source = site.source(base="http://127.0.0.1:9", politeness={"respect_robots": False})
    with pytest.raises(
        UnavailableError, match=r"'here' cannot be reached at http://127\.0\.0\.1:9/list\.html"
    ):
        list(collect(source, site.day, settings=settings, clock=site.clock))


def test_an_empty_day_is_reported(paper, settings):
    found = list(collect(paper.source(), date(2026, 2, 1), settings=settings, clock=paper.clock))
    assert [(item.stage, item.reason) for item in found if isinstance(item, Reject)] == [
        ("discover", "list-too-short")
    ]

"""Robots, pace, retries, the circuit breaker, cookies: what makes a crawler welcome."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from etl.capture.failure import FetchError
from etl.capture.http import Http
from etl.capture.limiter import COOL_DOWN, Limiter
from etl.capture.robots import read


class Clock:
    """Seconds that pass only while something sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def test_requests_to_a_host_keep_their_distance(site, settings):
    site.routes["/x"] = b"<p>x</p>"
    clock = Clock()
    source = site.source(politeness={"delay": 2.0, "respect_robots": False})
    with Http(source, settings, site.clock, limiter=Limiter(clock, clock.sleep)) as http:
        for _ in range(3):
            http.get(site.url("/x"))
    assert clock.slept == [2.0, 2.0]


def test_a_crawl_delay_in_robots_is_kept(site, settings):
    site.routes |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 5\n", "/x": b"<p>x</p>"}
    clock = Clock()
    with Http(site.source(), settings, site.clock, limiter=Limiter(clock, clock.sleep)) as http:
        http.get(site.url("/x"))
        http.get(site.url("/x"))
    assert clock.slept == [5.0]


def test_robots_is_fetched_once_and_rules_for_our_name_win(site, settings):
    site.routes |= {
        "/robots.txt": b"User-agent: *\nDisallow: /\n\nUser-agent: huiyi-etl\nDisallow: /private/\n",
        "/x": b"<p>x</p>",
        "/private/y": b"<p>y</p>",
    }
    with site.http(settings) as http:
        http.get(site.url("/x"))
        http.get(site.url("/x"))
        with pytest.raises(FetchError, match=r"robots\.txt asks not to"):
            http.get(site.url("/private/y"))
    assert site.asked == ["/robots.txt", "/x", "/x"]


def test_a_source_may_say_that_robots_does_not_apply(site, settings):
    site.routes |= {"/robots.txt": b"User-agent: *\nDisallow: /\n", "/x": b"<p>x</p>"}
    source = site.source(politeness={"respect_robots": False})
    with site.http(settings, source) as http:
        assert http.get(site.url("/x")).status == 200
    assert site.asked == ["/x"]


def test_a_redirect_is_held_against_robots_too(site, settings, answer):
    site.routes |= {
        "/robots.txt": b"User-agent: *\nDisallow: /private/\n",
        "/x": answer(b"", 302, location="/private/y"),
        "/private/y": b"<p>y</p>",
    }
    with site.http(settings) as http, pytest.raises(FetchError) as caught:
        http.get(site.url("/x"))
    assert caught.value.reason == "robots-disallowed"
    assert "/private/y" not in site.asked


@pytest.mark.parametrize(
    ("status", "allowed"), [(200, True), (404, True), (403, True), (429, False), (500, False), (302, False)]
)
def test_statuses_of_robots_mean_what_the_standard_says(status, allowed):
    rules = read(lambda: (status, b""))
    assert rules.allows("http://a.example/x", "huiyi") is allowed


def test_sitemaps_are_read_from_robots():
    rules = read(lambda: (200, b"Sitemap: http://a.example/s.xml\n"))
    assert rules.sitemaps() == ("http://a.example/s.xml",)


def test_a_retry_waits_as_long_as_the_server_asks(site, settings, answer):
    tries = []

    def route(handler):
        tries.append(1)
        headers = {"retry_after": "7"} if len(tries) == 1 else {}
        answer(b"<p>x</p>", 503 if len(tries) == 1 else 200, **headers)(handler)

    site.routes["/x"] = route
    clock = Clock()
    with site.http(replace(settings, max_retry_after=10), sleep=clock.sleep) as http:
        assert http.get(site.url("/x")).status == 200
    assert clock.slept == [7.0]


def test_tries_back_off_ever_longer(site, settings, answer):
    site.routes["/x"] = answer(b"", 500)
    clock = Clock()
    with site.http(replace(settings, backoff=1.0), sleep=clock.sleep) as http, pytest.raises(FetchError):
        http.get(site.url("/x"))
    first, second, third = clock.slept
    assert 1 <= first <= 2
    assert 2 <= second <= 3
    assert 4 <= third <= 5


def test_a_host_that_keeps_failing_is_left_alone_for_a_while(site, settings, answer):
    site.routes["/x"] = answer(b"", 500)
    clock = Clock()
    few = replace(settings, max_tries=1, breaker_failures=3)
    source = site.source(politeness={"respect_robots": False})
    with Http(source, few, site.clock, limiter=Limiter(clock, clock.sleep)) as http:
        reasons = []
        for _ in range(5):
            with pytest.raises(FetchError) as caught:
                http.get(site.url("/x"))
            reasons.append(caught.value.reason)
        assert reasons == ["server-error"] * 3 + ["circuit-open"] * 2
        assert len(site.asked) == 3
        clock.now += COOL_DOWN
        site.routes["/x"] = b"<p>well again</p>"
        assert http.get(site.url("/x")).status == 200
        assert http.get(site.url("/x")).status == 200


def test_pages_that_are_missing_do_not_open_the_circuit(site, settings):
    with site.http(replace(settings, breaker_failures=1)) as http:
        assert [http.get(site.url("/gone")).status for _ in range(3)] == [404] * 3


def test_no_more_than_allowed_at_once():
    limiter = Limiter()
    active, most = [], []

    def work():
        with limiter.turn("a.example", 0.0, 2):
            active.append(1)
            most.append(len(active))
            time.sleep(0.01)
            active.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 2


def test_no_cookie_is_kept_and_nothing_is_taken_from_the_environment(
    site, settings, answer, monkeypatch, tmp_path
):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    site.routes["/x"] = answer(b"<p>x</p>", set_cookie="id=1; Path=/")
    with site.http(settings) as http:
        http.get(site.url("/x"))
        got = http.get(site.url("/x"))
    assert not {"Cookie", "Authorization"} & set(site.requests[-1])
    assert got.header("set-cookie") == "redacted"
    assert site.requests[-1]["User-Agent"] == settings.user_agent


def test_the_connection_is_kept_and_what_stands_behind_a_body_is_not_the_next_answer(site, settings):
    ports = []

    def route(handler):
        ports.append(handler.client_address[1])
        body = b"<p>x</p>"
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        if handler.path == "/evil":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")

    site.routes |= {"/x": route, "/y": route, "/evil": route}
    with site.http(settings, site.source(politeness={"respect_robots": False})) as http:
        assert [http.get(site.url(path)).wire for path in ("/x", "/y", "/evil", "/x", "/y")] == [
            b"<p>x</p>"
        ] * 5
    assert ports[0] == ports[1]

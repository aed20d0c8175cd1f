"""A scriptable web server on loopback and a source that visits it."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pytest

from etl.capture.discover import discover
from etl.capture.http import Http
from etl.capture.limiter import Limiter
from etl.records import Link
from etl.settings import Settings
from etl.sources import Source

Handler = Callable[[Any], None]


@dataclass
class Site:
    """Routes by path: bytes (served as UTF-8 HTML) or a function of the request handler."""

    port: int = 0
    routes: dict[str, bytes | Handler] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    day: date = date(2026, 3, 2)
    now: datetime = datetime(2026, 3, 12, 4, 0, tzinfo=UTC)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return self.base + path

    def clock(self) -> datetime:
        return self.now

    def pages(self) -> list[str]:
        """Return the paths asked for, robots.txt left out."""
        return [path for path in self.asked if path != "/robots.txt"]

    def source(self, discovery: str = 'kind = "list"\nurls = ["/list.html"]', **fields: Any) -> Source:
        """Return a source named "here" on this site, its one way of discovery given as TOML."""
        head = {"id": "here", "name": "此处日报", "level": "市", "base": self.base, "local": True, **fields}
        head["politeness"] = {"delay": 0, **head.get("politeness", {})}
        ways = tomllib.loads(f"[[discovery]]\n{discovery}")
        return msgspec.convert(head | ways, type=Source)

    def http(self, settings: Settings, source: Source | None = None, **options: Any) -> Http:
        """Return a client of its own for `source`, with a limiter of its own."""
        return Http(source or self.source(), settings, self.clock, limiter=Limiter(), **options)


def reply(handler: Any, body: bytes, status: int = 200, **headers: str) -> None:
    """Send a sound answer; `content_type="…"` becomes Content-Type."""
    handler.send_response(status)
    fields = {"content_type": "text/html; charset=utf-8", "content_length": str(len(body)), **headers}
    for name, value in fields.items():
        handler.send_header(name.replace("_", "-").title(), value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def answer() -> Callable[..., Handler]:
    """Return a maker of routes: `answer(body, status, **headers)`."""

    def route(body: bytes = b"", status: int = 200, **headers: str) -> Handler:
        return lambda handler: reply(handler, body, status, **headers)

    return route


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server whose routes a test fills in."""
    here = Site()

    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            here.asked.append(self.path)
            here.requests.append(dict(self.headers.items()))
            route = here.routes.get(self.path)
            if route is None:
                reply(self, b"no such page", 404)
            elif callable(route):
                route(self)
            else:
                reply(self, route)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    server.daemon_threads = True
    here.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield here
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def settings(tmp_path: Any) -> Settings:
    """Return settings with a data folder of the test's own, small limits and short pauses."""
    return Settings(
        data=str(tmp_path / "data"),
        max_body=300_000,
        backoff=0.01,
        max_retry_after=1.0,
    )


DAY = date(2026, 3, 2)
DAYS = [DAY + timedelta(days=n) for n in range(-3, 11)]
"""The site's days for discovery: the tenth before today is `DAY`, today is 12 March."""


def articles(day: date) -> list[str]:
    """Return the paths of a day's three articles."""
    return [f"/{day:%Y/%m/%d}/{n}.html" for n in range(3)]


@pytest.fixture
def wanted() -> list[str]:
    """Return the paths of the articles of `DAY`."""
    return articles(DAY)


@pytest.fixture
def entries() -> list[tuple[date, str]]:
    """Return day and path of every article, newest first."""
    return [(day, path) for day in reversed(DAYS) for path in articles(day)]


@pytest.fixture
def listed() -> Callable[..., bytes]:
    """Return a maker of HTML lists from entries, with a way to write the date."""

    def make(entries: list[tuple[date, str]], written: str = "%Y-%m-%d") -> bytes:
        rows = (f'<li><a href="{path}">新闻</a><span>{day:{written}}</span></li>' for day, path in entries)
        return f"<html><body><ul>{''.join(rows)}</ul></body></html>".encode()

    return make


@pytest.fixture
def find(site: Site, settings: Settings) -> Callable[..., tuple[list[str], list[str]]]:
    """Return what discovers `DAY` with a definition: the paths found, sorted, and the reasons of rejects."""

    def run(discovery: str, **fields: Any) -> tuple[list[str], list[str]]:
        with site.http(settings, site.source(discovery, **fields)) as http:
            items = list(discover(http.source, DAY, http))
        links = [item for item in items if isinstance(item, Link)]
        assert all(link.day == DAY and link.source_id == "here" for link in links)
        reasons = [item.reason for item in items if not isinstance(item, Link)]
        return sorted(link.url.removeprefix(site.base) for link in links), reasons

    return run


HERE = """
id = "here"
name = "此处日报"
level = "市"
base = "{base}"
local = true
politeness = {{ delay = {delay} }}
[[discovery]]
kind = "list"
urls = ["/list.html"]
"""


@pytest.fixture
def defined(site: Site, tmp_path: Path) -> Callable[..., tuple[Path]]:
    """A function that defines the source `here`, which reads `/list.html`, and gives its folder."""

    def define(delay: float = 0) -> tuple[Path]:
        (tmp_path / "here.toml").write_text(HERE.format(base=site.base, delay=delay))
        return (tmp_path,)

    return define


@pytest.fixture
def two_pages(site: Site) -> Site:
    """The site with two pages of its day on its list."""
    rows = "".join(f"<li><a href='/{n}.html'>会议</a> 2026-03-02</li>" for n in (1, 2))
    site.routes |= {"/list.html": f"<ul>{rows}</ul>".encode(), "/1.html": b"<p>1</p>"}
    site.routes["/2.html"] = b"<p>2</p>" * 99
    return site

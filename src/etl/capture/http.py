"""The polite HTTP client of one source: robots, pace, retries, limits; redirects are followed one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import requests
from requests.cookies import RequestsCookieJar
from urllib3.exceptions import HTTPError

from etl.capture import robots
from etl.capture.answer import Answer, Clock, kept
from etl.capture.coding import ANNOUNCED, CodingError, undo
from etl.capture.dial import Dialer
from etl.capture.failure import DOWN, FetchError, translate
from etl.capture.landing import redact
from etl.capture.limiter import SHARED, Limiter
from etl.capture.retry import RETRY_STATUS, StatusError, retrying
from etl.records import Redirect
from etl.settings import Settings
from etl.sources import Source

if TYPE_CHECKING:
    from http.cookiejar import CookiePolicy

REDIRECTS = frozenset([301, 302, 303, 307, 308])
CHUNK = 64 * 1024
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,application/json;q=0.8"


@dataclass(slots=True)
class Http:
    """Context manager around a requests session for `source`; `clock` gives the UTC time of captures.

    `dialer` and `limiter` are replaceable for tests. Nothing is kept between hosts: no cookies, no
    credentials.
    """

    source: Source
    settings: Settings
    clock: Clock
    limiter: Limiter = field(default_factory=lambda: SHARED)
    dialer: Dialer | None = None
    sleep: Callable[[float], None] = time.sleep
    _session: requests.Session = field(default_factory=requests.Session)
    _robots: dict[str, robots.Rules] = field(default_factory=dict)

    def __enter__(self) -> Http:
        """Set the session up: our connections only, no proxies or credentials from the environment."""
        limits = self.settings
        dialer = self.dialer or Dialer(
            self.source.local, limits.connect_timeout, limits.read_timeout, limits.total_timeout
        )
        session = self._session
        session.trust_env = False
        session.verify = limits.ca_bundle or True
        session.cookies = RequestsCookieJar(policy=_no_cookies())
        session.headers.clear()
        session.headers.update(
            {
                "User-Agent": limits.user_agent,
                "Accept": ACCEPT,
                "Accept-Language": "zh-CN,zh;q=0.9",
                "Accept-Encoding": ANNOUNCED,
            }
        )
        adapter = dialer.adapter(max(self.source.politeness.concurrency, 1))
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._session.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to a GET of `url`, redirects followed, whatever its status is.

        Raise FetchError for what robots.txt forbids, an address that must not be contacted, a limit that is
        passed, and a host that does not answer well after all tries.
        """
        hops: list[Redirect] = []
        asked = url
        while True:
            self._check_scheme(asked)
            if self.source.politeness.respect_robots:
                self._check_robots(asked)
            answer = self._with_retries(asked, headers or {})
            target = answer.header("location") if answer.status in REDIRECTS else None
            if target is None:
                return replace(answer, url=url, redirects=tuple(hops))
            hops.append(Redirect(redact.url(asked), answer.status, answer.headers))
            if len(hops) > self.settings.max_redirects:
                raise FetchError("redirect-limit", f"more than {self.settings.max_redirects} redirects")
            asked = urljoin(asked, target.encode("latin-1", "replace").decode("utf-8", "replace"))
            if asked.partition("#")[0] in {hop.url for hop in hops}:
                raise FetchError("redirect-loop", f"redirects lead back to {redact.url(asked)}")

    def body(self, answer: Answer) -> bytes:
        """Return the body of an answer with its Content-Encoding undone, or raise FetchError."""
        try:
            return undo(answer.wire, answer.header("content-encoding") or "", self.settings.max_body)
        except CodingError as error:
            raise FetchError(error.reason, str(error)) from error

    def rules(self, url: str) -> robots.Rules:
        """Return the robots rules of the origin of `url`, fetched once."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = robots.read(lambda: self._robots_txt(origin))
        return self._robots[origin]

    def _robots_txt(self, origin: str) -> tuple[int, bytes]:
        asked = f"{origin}/robots.txt"
        for _ in range(self.settings.max_redirects + 1):
            self._check_scheme(asked)
            answer = self._with_retries(asked, {}, keep_status=True)
            target = answer.header("location") if answer.status in REDIRECTS else None
            if target is None:
                return answer.status, self.body(answer)
            asked = urljoin(asked, target)
        raise FetchError("redirect-limit", f"more than {self.settings.max_redirects} redirects")

    def _check_scheme(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            sound = False
        if not sound:
            raise FetchError(
                "scheme-refused", f"only http and https are fetched, not {redact.url(url)[:200]}"
            )
        if parts.username is not None:
            raise FetchError("address-refused", "addresses with a user name or password are not fetched")

    def _check_robots(self, url: str) -> None:
        rules = self.rules(url)
        if rules.failure is not None:
            raise FetchError(rules.failure.reason, rules.failure.detail)
        if not rules.allows(url, self.settings.user_agent):
            raise FetchError("robots-disallowed", "robots.txt asks not to fetch this page")

    def _with_retries(self, url: str, headers: Mapping[str, str], *, keep_status: bool = False) -> Answer:
        """Ask until there is an answer; FetchError once the tries are used up or the host is given up.

        With `keep_status`, an answer whose status asks for another try is returned when the tries are used
        up.
        """
        host = urlsplit(url).netloc.rpartition("@")[2]
        most = self.settings.breaker_failures
        if self.limiter.is_open(host):
            raise FetchError(
                "circuit-open", f"{host} failed too often in a row and is left alone for a minute"
            )
        try:
            answer = retrying(self.settings, self.sleep)(self._once, url, headers)
        except StatusError as error:
            self.limiter.report(host, well=False, most=most)
            if keep_status:
                return error.answer
            raise
        except FetchError as error:
            self.limiter.report(host, well=error.reason not in DOWN, most=most)
            raise
        self.limiter.report(host, well=True, most=most)
        return answer

    def _once(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask once; FetchError for no answer and for statuses that ask for another try."""
        parts = urlsplit(url)
        polite = self.source.politeness
        known = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        delay = max(polite.delay, known.delay(self.settings.user_agent) if known else 0.0)
        with self.limiter.turn(parts.netloc.rpartition("@")[2], delay, polite.concurrency):
            try:
                answer = self._exchange(url, headers)
            except (requests.RequestException, HTTPError, OSError, ValueError, FetchError) as error:
                raise translate(error) from error
        if answer.status in RETRY_STATUS:
            raise StatusError(answer, self.clock())
        return answer

    def _exchange(self, url: str, headers: Mapping[str, str]) -> Answer:
        limits = self.settings
        response = self._session.get(
            url,
            headers=dict(headers),
            stream=True,
            allow_redirects=False,
            timeout=(limits.connect_timeout, limits.read_timeout),
        )
        with response:
            served = tuple((str(name), str(value)) for name, value in response.raw.headers.iteritems())
            wire = self._read(response)
        sent = tuple((str(name), str(value)) for name, value in response.request.headers.items())
        host = ("Host", urlsplit(url).netloc)
        return Answer(url, url, response.status_code, kept(served), (host, *sent), wire)

    def _read(self, response: requests.Response) -> bytes:
        """Return the body as it comes over the wire, transfer coding undone; FetchError past the limit."""
        limit = self.settings.max_body
        coding = response.headers.get("Transfer-Encoding", "chunked").strip().lower()
        if coding not in ("chunked", "identity", ""):
            raise FetchError("bad-response", f"the transfer coding {coding[:40]!r} is not supported")
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > limit:
            raise FetchError(
                "too-large", f"the body is announced with {announced} bytes, allowed are {limit}"
            )
        parts: list[bytes] = []
        size = 0
        while chunk := response.raw.read(CHUNK, decode_content=False):
            size += len(chunk)
            if size > limit:
                raise FetchError("too-large", f"the body is larger than {limit} bytes")
            parts.append(chunk)
        return b"".join(parts)


def _no_cookies() -> CookiePolicy:
    from http.cookiejar import DefaultCookiePolicy

    return DefaultCookiePolicy(allowed_domains=[])

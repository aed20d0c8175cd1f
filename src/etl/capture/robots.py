"""robots.txt (RFC 9309): what a site does not want to be fetched is not fetched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from etl.capture.failure import FetchError

MAX_SIZE = 512 * 1024
"""Bytes of a robots.txt that are heeded; RFC 9309, 2.5 asks for 500 KiB at least."""

MAX_CRAWL_DELAY = 60.0

OF_THE_HOST = frozenset(
    ["address-refused", "scheme-refused", "bad-address", "unreachable", "tls", "circuit-open"]
)
"""Reasons that hold for every page of the host, robots.txt or not."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin; `failure` says why nothing may be fetched at all."""

    parsed: Protego | None
    failure: FetchError | None = None

    def allows(self, url: str, user_agent: str) -> bool:
        """Tell whether `url` may be fetched."""
        return self.failure is None and (self.parsed is None or bool(self.parsed.can_fetch(url, user_agent)))

    def delay(self, user_agent: str) -> float:
        """Return the Crawl-delay in seconds, at most a minute; 0 where none is asked for."""
        asked = self.parsed.crawl_delay(user_agent) if self.parsed is not None else None
        return min(max(float(asked or 0), 0.0), MAX_CRAWL_DELAY)

    def sitemaps(self) -> tuple[str, ...]:
        """Return the sitemaps that robots.txt names."""
        return tuple(self.parsed.sitemaps) if self.parsed is not None else ()


def read(fetch: Callable[[], tuple[int, bytes]]) -> Rules:
    """Return the rules that `fetch`, which returns status and body of robots.txt, brings.

    2xx is parsed; 4xx but 429 means no rules; anything else, and no answer at all, means that nothing may be
    fetched (RFC 9309, 2.3.1).
    """
    try:
        status, body = fetch()
    except FetchError as error:
        if error.reason in OF_THE_HOST:
            return Rules(None, error)
        return Rules(None, _unavailable(f"cannot be read: {error.detail}"))
    if 200 <= status < 300:
        text = body[:MAX_SIZE].decode("utf-8-sig", "replace")
        return Rules(Protego.parse(text))
    if 400 <= status < 500 and status != 429:
        return Rules(None)
    return Rules(None, _unavailable(f"answers {status}"))


def _unavailable(detail: str) -> FetchError:
    return FetchError("robots-unavailable", f"robots.txt {detail}")

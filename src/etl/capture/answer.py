"""A response as it came, with the headers that are kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from etl.capture.landing import redact
from etl.records import Redirect

Headers = tuple[tuple[str, str], ...]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it came: `wire` is the body before Content-Encoding is undone, `redirects` led to it."""

    url: str
    final_url: str
    status: int
    headers: Headers
    request_headers: Headers
    wire: bytes
    redirects: tuple[Redirect, ...] = ()

    def header(self, name: str) -> str | None:
        """Return the first value of a header, or None; `name` is in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def kept(headers: Iterable[tuple[str, str]]) -> Headers:
    """Return the headers as they are kept: secrets masked, and Transfer-Encoding renamed.

    The transfer coding is undone before anything lands, so the name would mislead readers of the WARC file;
    the prefix is the one that web archives use.
    """
    return tuple(
        (f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name, value)
        for name, value in redact.headers(headers)
    )

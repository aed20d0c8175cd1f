"""Why a request failed: any exception of the libraries below becomes a `FetchError` with a reason code."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator

from urllib3.exceptions import DecodeError

TRANSIENT = frozenset(
    ["unreachable", "connection-lost", "timeout", "truncated", "server-error", "rate-limited"]
)
"""Reasons that another try may cure."""

DOWN = frozenset(["unreachable", "connection-lost", "timeout", "tls", "circuit-open", "server-error"])
"""Reasons that speak of the host and not of the page."""


class FetchError(Exception):
    """A request that brought no usable answer; `retry_after` is what the server asked for, in seconds."""

    def __init__(self, reason: str, detail: str, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after

    @property
    def transient(self) -> bool:
        """Tell whether another try may help."""
        return self.reason in TRANSIENT


def translate(error: BaseException) -> FetchError:
    """Return the `FetchError` that an exception of requests, urllib3, ssl or http.client amounts to."""
    for cause in _causes(error):
        if isinstance(cause, FetchError):
            return cause
    for cause in _causes(error):
        found = _known(cause)
        if found is not None:
            return FetchError(*found)
    return FetchError("bad-response", f"the answer could not be read ({_short(error)})")


def _known(error: BaseException) -> tuple[str, str] | None:
    """Return reason and detail for one exception of the chain, or None if it says nothing by itself."""
    import ssl

    if isinstance(error, ssl.SSLError):
        return "tls", f"no trusted connection could be made ({_short(error)})"
    if isinstance(error, socket.gaierror):
        return "unreachable", f"the host name has no address ({_short(error)})"
    if isinstance(error, TimeoutError):
        return "timeout", str(error) or "the server took too long"
    if isinstance(error, ConnectionRefusedError):
        return "unreachable", "the host refused the connection"
    if isinstance(error, http.client.IncompleteRead):
        return "truncated", "the body ended before its announced length"
    if isinstance(error, ConnectionError):
        return "connection-lost", f"the connection broke ({_short(error)})"
    if isinstance(error, DecodeError):
        return "bad-encoding", _short(error)
    if isinstance(error, http.client.HTTPException):
        return "bad-response", f"the answer is no sound HTTP ({_short(error)})"
    if isinstance(error, UnicodeError):
        return "bad-address", f"the address cannot be asked for ({_short(error)})"
    if isinstance(error, OSError) and error.errno is not None:
        return "unreachable", f"the host cannot be reached ({_short(error)})"
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the exceptions below `error`, innermost first: causes, contexts, and those passed on."""
    seen: dict[int, BaseException] = {}
    todo: list[BaseException | None] = [error]
    while todo and len(seen) < 32:
        one = todo.pop()
        if one is None or id(one) in seen:
            continue
        seen[id(one)] = one
        inner = [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
        todo += [item for item in inner if isinstance(item, BaseException)]
    yield from reversed(seen.values())


def _short(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 160 else text[:159] + "…"

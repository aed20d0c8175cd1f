"""Secrets never land: credentials and cookies are masked by rule before anything is written or logged."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

SECRET = frozenset(
    ["authorization", "proxy-authorization", "cookie", "cookie2", "set-cookie", "set-cookie2", "x-api-key"]
)
MASK = "redacted"


def headers(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the headers with the values of secret ones replaced; user info in addresses is removed."""
    return tuple(
        (name, MASK if name.lower() in SECRET else url(value) if name.lower() == "location" else value)
        for name, value in pairs
    )


def url(address: str) -> str:
    """Return the address without user name and password."""
    if "@" not in address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

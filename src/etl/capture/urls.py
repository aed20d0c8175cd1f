"""Addresses in one form, so that the same page is not fetched twice."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import safe_url_string

TRACKING = re.compile(
    r"(?:utm_\w+|spm|from|isappinstalled|share_?\w*|wx_?\w*|weibo_id|bd_vid|gclid|fbclid|_t|timestamp"
    r"|jsessionid|phpsessid|aspsessionid\w*|sessionid)=|sid=[0-9a-f]{32}\Z",
    re.IGNORECASE,
)
"""Query parameters that say where a reader came from or who he is, never which page it is.

A short `sid` is the number of a story (`article.php?sid=3`).
"""

SESSION = re.compile(r";jsessionid=[^/?#]*|(?<=/)\((?:[A-Z]\([^()/]+\))+\)/", re.IGNORECASE)
"""Session ids in paths: those of Java, and of ASP.NET without cookies (`/(S(…))/`)."""

ESCAPE = re.compile("%[0-9a-f]{2}")
INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|php|jsp|aspx?)\Z", re.IGNORECASE)
"""The name of a folder's own page, which servers give for the folder's address as well."""

DEFAULT_PORT = {"http": 80, "https": 443}


def clean(url: str) -> str | None:
    """Return the address under which a page is fetched, or None if it is none of http(s).

    Percent-encoded where it must be, host in lower case and in IDNA form, no default port, no dot segments,
    no fragment, no tracking parameters or session ids. Case and order of all else is kept: servers may mind.
    """
    try:
        parts = urlsplit(safe_url_string(url.strip()))
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORT or not host:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORT[parts.scheme]:
        netloc += f":{port}"
    query = "&".join(one for one in parts.query.split("&") if one and not TRACKING.match(one))
    path = _without_dots(SESSION.sub("", parts.path)) or "/"
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def key(url: str) -> str:
    """Return what two clean addresses of the same page share.

    The folder's own page may be named or not, and escapes may be written in either case (RFC 3986, 6.2.2.1).
    The page is still fetched under the address that was listed: not every server answers the other one.
    """
    path, mark, query = ESCAPE.sub(lambda escape: escape[0].upper(), url).partition("?")
    return INDEX.sub("/", path) + mark + query


def _without_dots(path: str) -> str:
    """Return the path with `.` and `..` segments resolved (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)

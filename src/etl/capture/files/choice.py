"""Which pages of an archive are wanted, judged before anything is decoded or kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from etl.errors import UsageError

LANG = re.compile(rb"<html[^>]{0,500}?\blang\s*=\s*[\"']?\s*([a-zA-Z]{2})", re.IGNORECASE)
CHINESE = (b"zh", b"cn")
WIDE = re.compile(rb"[\x81-\xfe]{4,}|(?:&#(?:\d{5}|[xX][0-9a-fA-F]{4});){2,}")
"""Runs of the bytes that Chinese has in GB18030, Big5 and UTF-8, or of characters written as numbers."""

MIN_WIDE = 60
"""Bytes in such runs that a page has which may be Chinese: 20 characters in UTF-8, 30 in the others."""

UTF16 = (b"\xff\xfe", b"\xfe\xff")
HEAD = 16 * 1024
LANGUAGES = ("zh",)
"""Languages that can be told before a page is decoded."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted: pages of `hosts` (and below them), whose address `include` matches, in Chinese.

    Empty fields want everything.
    """

    hosts: frozenset[str] = frozenset()
    include: tuple[re.Pattern[str], ...] = ()
    chinese: bool = False

    def __str__(self) -> str:
        """Return the choice as text: equal choices are written alike."""
        patterns = sorted(pattern.pattern for pattern in self.include)
        return repr((sorted(self.hosts), patterns, self.chinese))

    def wants_url(self, url: str) -> bool:
        """Tell whether a page at `url` is wanted: known before its record is read."""
        if self.include and not any(pattern.search(url) for pattern in self.include):
            return False
        if not self.hosts:
            return True
        try:
            labels = (urlsplit(url).hostname or "").split(".")
        except ValueError:
            return False
        return any(".".join(labels[at:]) in self.hosts for at in range(len(labels)))

    def wants_language(self, identified: str | None) -> bool:
        """Tell whether a page may be Chinese by what its archive found out: `eng,zho` (ISO 639-3), or None.

        That is WARC-Identified-Content-Language. Content-Language is not asked: servers name their own.
        """
        return not self.chinese or not identified or "zho" in identified.lower().replace(" ", "").split(",")

    def wants_body(self, body: bytes) -> bool:
        """Tell whether a page may be Chinese: by its `lang` or UTF-16, else by the bytes that Chinese has.

        Cheap and generous: what passes is judged by decoding, only what cannot be Chinese is left out.
        """
        if not self.chinese or body.startswith(UTF16):
            return True
        told = LANG.search(body, 0, HEAD)
        if told and told[1].lower() in CHINESE:
            return True
        found = 0
        for run in WIDE.finditer(body):
            found += run.end() - run.start()
            if found >= MIN_WIDE:
                return True
        return False


def choose(hosts: Iterable[str], patterns: Iterable[str], languages: Iterable[str]) -> Choice:
    """Return the choice of host names, regular expressions over addresses, and languages (of `LANGUAGES`).

    UsageError for what is no host name, no regular expression, or a language that cannot be told.
    """
    compiled = []
    for pattern in patterns:
        try:
            compiled.append(re.compile(pattern))
        except re.error as error:
            raise UsageError(f"{pattern!r} is no regular expression ({error})") from error
    asked = set(languages)
    if unknown := asked - set(LANGUAGES):
        raise UsageError(f"language {min(unknown)!r} cannot be told; there is {', '.join(LANGUAGES)}")
    return Choice(frozenset(map(_host, hosts)), tuple(compiled), bool(asked))


def _host(name: str) -> str:
    """Return a host name as addresses write it: lower case, IDNA."""
    try:
        host = urlsplit(f"//{name.strip().strip('.')}").hostname or ""
        labels = host.encode("idna").decode("ascii")
    except (UnicodeError, ValueError):
        labels = ""
    if not labels or "/" in name:
        raise UsageError(f"{name!r} is no host name; give one like news.example.cn, without http://")
    return labels


EVERYTHING = Choice()

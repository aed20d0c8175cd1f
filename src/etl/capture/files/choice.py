"""Which pages of an archive are wanted, judged before anything is decoded or kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

LANG = re.compile(rb"<html[^>]{0,500}?\blang\s*=\s*[\"']?\s*([a-zA-Z]{2})", re.IGNORECASE)
CHINESE = (b"zh", b"cn")
WIDE = re.compile(rb"[\x81-\xfe]{4,}")
MIN_RUNS = 8
HEAD = 16 * 1024


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted: pages of `hosts` (and below them), whose address `include` matches, in Chinese.

    Empty fields want everything.
    """

    hosts: frozenset[str] = frozenset()
    include: tuple[re.Pattern[str], ...] = ()
    chinese: bool = False

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

    def wants_body(self, body: bytes) -> bool:
        """Tell whether a page may be Chinese: by its `lang`, else by runs of the bytes that Chinese has.

        Cheap and generous: what passes is judged by decoding, only what cannot be Chinese is left out.
        """
        if not self.chinese:
            return True
        told = LANG.search(body, 0, HEAD)
        if told and told[1].lower() in CHINESE:
            return True
        runs = sum(1 for _ in zip(range(MIN_RUNS), WIDE.finditer(body), strict=False))
        return runs >= MIN_RUNS


EVERYTHING = Choice()

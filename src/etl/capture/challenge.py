"""Pages that are no pages but tests of whether the reader is a browser. They are recognised, never passed."""

from __future__ import annotations

import re

MAX_SIZE = 32 * 1024
"""Bytes up to which a body can be a challenge; articles with such a script are larger or have text."""

MIN_CHINESE = 40

MARKS = re.compile(
    rb"__jsl_clearance|acw_sc__v2|\$_ts\s*=|_\$\w{2}\(\)|/_guard/|cf-chl-|window\.awsWafCookie|"
    rb"document\.cookie\s*=[^;]{0,400};?\s*(?:window\.|document\.)?location"
)
"""Marks of the shields that Chinese portals use (加速乐, 阿里云 WAF, 瑞数, 安全狗) and of two others."""

SCRIPT = re.compile(rb"(?is)<(script|style)\b.*?</\1\s*>")
TAG = re.compile(rb"<[^>]{0,2000}>")
WIDE = re.compile(rb"[\x81-\xfe][\x40-\xfe]")


def is_challenge(body: bytes) -> bool:
    """Tell whether a body is a challenge: a script that bears a mark, and next to no text beside it."""
    if len(body) > MAX_SIZE or not MARKS.search(body):
        return False
    text = TAG.sub(b"", SCRIPT.sub(b"", body))
    return len(WIDE.findall(text)) < MIN_CHINESE

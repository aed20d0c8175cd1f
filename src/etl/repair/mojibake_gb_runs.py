"""Where UTF-8 was read as GBK: which characters that gives, and the runs of them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from etl.repair.edits import LOST

_CONTINUING = frozenset(range(0x80, 0xC0))
_LEADS = frozenset([*range(0xC2, 0xC4), *range(0xE2, 0xEA), 0xEE, 0xEF])
"""The bytes that begin characters of Chinese UTF-8: Latin-1, U+2000–U+9FFF, U+E000–U+FFFF."""
_LAYERED = frozenset((0xC4, 0xC5, 0xC7, 0xC9, 0xCB, 0xCE, 0xCF, 0xD0, 0xD1))
"""Those of Greek, Cyrillic and pinyin letters, which stand among characters that were misread before."""
TORN = f"?\x00\x80€{LOST}"
"""What stands for a byte without a partner."""


def members(*, layered: bool) -> frozenset[str]:
    """Return the characters of a misread run (of a run misread twice): no ASCII, and without `TORN`."""
    parts = _CONTINUING | _LEADS | (_LAYERED if layered else frozenset())
    trails = [*parts, *range(0x40, 0x7F)]
    pairs = (bytes((lead, trail)) for lead in parts if lead > 0x80 for trail in trails)
    texts = (pair.decode("gb18030", "ignore") for pair in pairs)
    return frozenset(text for text in texts if len(text) == 1 and not text.isascii())


@lru_cache(maxsize=1)
def rare() -> frozenset[str]:
    """Return the members that news does not print: without one of them there is no E1."""
    return frozenset(c for c in members(layered=False) if not c.encode("gb2312", "ignore"))


@lru_cache(maxsize=1)
def any_rare() -> re.Pattern[str]:
    """Return a pattern for a rare member."""
    return re.compile(_any(rare()))


@lru_cache(maxsize=2)
def _inside(*, layered: bool) -> frozenset[str]:
    return members(layered=layered) | frozenset(TORN)


@lru_cache(maxsize=2)
def pattern(*, layered: bool) -> re.Pattern[str]:
    """Return a pattern for a run."""
    return re.compile(f"{_any(_inside(layered=layered))}{{2,}}")


@lru_cache(maxsize=1)
def pairs() -> list[tuple[str, str]]:
    """Return the neighbours, a rare one among them, that hold a whole character of UTF-8.

    Either the first is a lead and a continuation byte, or its second byte is the lead.
    """
    raws = {c: c.encode("gb18030") for c in members(layered=False)}
    opens = {c for c, raw in raws.items() if raw[0] in _LEADS and raw[1] in _CONTINUING}
    begins = {c for c, raw in raws.items() if raw[1] in _LEADS}
    behind = {c for c, raw in raws.items() if raw[0] in _CONTINUING} | {"€", "\x80"}
    both = {c for c in behind if c not in raws or raws[c][1] in _CONTINUING} | {"€"}
    ways = ((opens, behind), (begins, both))
    rare_first = [(a & rare(), b) for a, b in ways]
    rare_second = [(a, b & rare() | {"\x80"}) for a, b in ways]
    return [("".join(sorted(a)), "".join(sorted(b))) for a, b in (*rare_first, *rare_second)]


@lru_cache(maxsize=1)
def core() -> re.Pattern[str]:
    """Return a pattern for one of the `pairs`."""
    first = _any(frozenset().union(*(a for a, _ in pairs())))
    return re.compile(f"{first}(?:{'|'.join(f'(?<={_any(a)}){_any(b)}' for a, b in pairs())})")


@lru_cache(maxsize=1)
def symbols() -> re.Pattern[str]:
    """Return a pattern for one character that is × ÷ ° ± or ·, misread, between ASCII characters."""
    misread = (symbol.encode("utf-8").decode("gb18030") for symbol in "×÷°±·")
    return re.compile(f"(?<=[!-~]){_any(frozenset(misread))}(?=[!-~])")


def runs(text: str, *, layered: bool) -> Iterator[tuple[int, int]]:
    """Yield the runs of `text` that hold a whole character of UTF-8."""
    run, inside = pattern(layered=layered), _inside(layered=layered)
    end = 0
    while found := core().search(text, end):
        start = found.start()
        while start > end and text[start - 1] in inside:
            start -= 1
        whole = run.match(text, start)
        end = whole.end() if whole else found.end()
        yield start, end


def _any(characters: Iterable[str]) -> str:
    return f"[{re.escape(''.join(sorted(characters)))}]"

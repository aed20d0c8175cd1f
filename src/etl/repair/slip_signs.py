"""Where a text may have lost step: rare characters, marks and stray letters near each other.

`common.txt` holds the hanzi of both scripts that are not rare; `build_model.py` writes it. So the judge
need not be read to see that a text is sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from etl.repair import judge
from etl.repair.edits import LOST
from etl.repair.variants import simplified

COMMON = Path(__file__).with_name("common.txt")
RARE = -12.5
"""Log probability below which a character is a sign: one in 2 of slipped text, in 200 of news."""
_NEAR = 5
"""Signs at most so many characters apart belong together; one alone is no sign of anything."""
_BEFORE, _AFTER = 4, 8
_LONGEST = 1500
_MARKS = f"\x00?{LOST}"
_TAGGED = frozenset("/abcdefghijklmnopqrstuvwxyz")
_SYMBOLS = "\u0370-\u03ff\u0400-\u04ff①-⒛ぁ-ヿㄅ-ㄩ─-╿～＠-［］-｀｛-｠\ue000-\uf8ff"


@lru_cache(maxsize=1)
def rare() -> str:
    """Return the hanzi that news hardly prints."""
    common = frozenset(COMMON.read_text("utf-8"))
    return "".join(c for c in map(chr, range(0x4E00, 0x9FA6)) if c not in common)


def triggers() -> str:
    """Return characters without one of which there is no window."""
    symbols = re.findall(f"[{_SYMBOLS}]", "".join(map(chr, range(0x10000))))
    return rare() + "".join(symbols) + f"\x00{LOST}?"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Return the pattern of one sign; a gloss without its opening bracket is one with the mark before it."""
    return re.compile(
        rf"(?:\x00+|[?{LOST}])[(（]?[a-zà-ǜ]{{1,6}}[)）]|[{rare()}{_SYMBOLS}]|\x00+"
        rf"|[?{LOST}](?=[^\x00-\x7f{LOST}]|/?[a-z]{{1,9}}>)|(?<=[㐀-鿿])[@-~](?=[㐀-鿿])"
    )


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `text` where signs are near each other, with what is around in the line."""
    open_start = open_end = -1
    for first, last in _clusters(text):
        start, end = _window(text, first, last)
        if start > open_end:
            yield from _pieces(open_start, open_end)
            open_start = start
        open_end = end
    yield from _pieces(open_start, open_end)


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield `start` to `end` in pieces of bounded length."""
    for piece in range(start, end, _LONGEST):
        yield piece, min(end, piece + _LONGEST)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each group of two signs or more in one line, not marks alone."""
    first = last = count = odd = 0
    for sign in _pattern().finditer(text):
        here = sign.start()
        if sign.group() >= "㐀" and _in_word(text, here):
            continue
        if count and (here - last > _NEAR or "\n" in text[last:here]):
            if count > 1 and odd:
                yield first, last
            count = odd = 0
        if not count:
            first = here
        last = sign.end()
        gloss = sign.group()[-1] in ")）"
        count += 1 + gloss
        odd += gloss or sign.group()[-1] not in _MARKS or text[last : last + 1] in _TAGGED
    if count > 1 and odd:
        yield first, last


def _in_word(text: str, place: int) -> bool:
    """Tell whether the character at `place` is part of a known word of two to four characters."""
    known = judge.words()
    around = simplified(text[max(0, place - 3) : place + 4])
    middle = min(place, 3)
    return any(
        around[start : start + size] in known
        for size in (2, 3, 4)
        for start in range(max(0, middle - size + 1), middle + 1)
        if start + size <= len(around)
    )


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    start, end = max(0, first - _BEFORE), min(len(text), last + _AFTER)
    start = max(start, text.rfind("\n", 0, first) + 1)
    stop = text.find("\n", last, end)
    return start, stop if stop >= 0 else end

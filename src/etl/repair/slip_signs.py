"""Where a text may have lost step: rare characters, marks and stray letters near each other.

`common.txt` holds the hanzi of both scripts that are not rare; `build_model.py` writes it. So the judge
need not be read to see that a text is sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import merge
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from etl.repair import gbk, judge, slip_letters
from etl.repair.edits import LOST
from etl.repair.slip_bytes import as_converted, as_printed
from etl.repair.variants import simplified

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COMMON = Path(__file__).with_name("common.txt")
RARE = -12.5
"""Log probability below which a character is a sign: one in 2 of slipped text, in 200 of news."""
_NEAR = 5
"""Signs at most so many characters apart belong together; one alone is no sign of anything."""
_TOGETHER = 20
"""The same between where signs begin: a sign is up to nine characters."""
_BEFORE, _AFTER = 4, 8
_LONGEST = 1500
_COMMON = -10.5
MARKS = f"\x00?{LOST}"
_ODD, _MARK, _LETTER = 1, 2, 3
_HANZI = re.compile("[㐀-鿿].[㐀-鿿]")
_TAGGED = frozenset("/abcdefghijklmnopqrstuvwxyz")
_SYMBOLS = "\u0370-\u03ff\u0400-\u04ff①-⒛ぁ-ヿㄅ-ㄩ─-╿～＠-［］-｀｛-｠\ue000-\uf8ff"


@lru_cache(maxsize=1)
def rare() -> str:
    """Return the hanzi that news hardly prints."""
    common = frozenset(COMMON.read_text("utf-8"))
    return "".join(c for c in map(chr, range(0x4E00, 0x9FA6)) if c not in common)


def odd() -> str:
    """Return the characters that news hardly prints: without some of them near each other nothing slipped."""
    symbols = re.findall(f"[{_SYMBOLS}]", "".join(map(chr, range(0x10000))))
    return rare() + "".join(symbols) + "".join(map(chr, range(0x3400, 0x4DC0)))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Return the pattern of one sign; a gloss without its opening bracket is one with the mark before it."""
    return re.compile(
        rf"(?:\x00+|[?{LOST}])[(（]?[a-zà-ǜ]{{1,6}}[)）]|[{rare()}{_SYMBOLS}]|\x00+"
        rf"|[?{LOST}](?=[^\x00-\x7f{LOST}]|/?[A-Za-z]{{1,9}}>)|(?<=[㐀-鿿])[@-~](?=[㐀-鿿])"
    )


def windows(text: str, hant: bool) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `text` where signs are near each other, with what is around in the line.

    In Traditional text (`hant`) one letter may be sign enough.
    """
    open_start = open_end = -1
    for first, last in merge(_clusters(text), slip_letters.runs(text) if hant else ()):
        start, end = _window(text, first, last)
        if start > open_end:
            yield from _pieces(open_start, open_end)
            open_start = start
        open_end = max(open_end, end)
    yield from _pieces(open_start, open_end)


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield `start` to `end` in pieces of bounded length."""
    for piece in range(start, end, _LONGEST):
        yield piece, min(end, piece + _LONGEST)


@lru_cache(maxsize=1)
def _kinds() -> NDArray[np.uint8]:
    """Return the kind of each UTF-16 unit: mark, letter, any other character that may be a sign, or 0."""
    import numpy as np

    kinds = np.zeros(0x10000, np.uint8)
    kinds[[ord(character) for character in odd()]] = _ODD
    kinds[0x40:0x7F] = _LETTER
    kinds[[ord(mark) for mark in MARKS]] = _MARK
    return kinds


def _places(text: str) -> list[int]:
    """Return the places of `text` where signs begin that have others near them, or may be glosses or tags."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds().take(codes, mode="clip")
    places, what = kinds.nonzero()[0].tolist(), kinds.tobytes()
    if _LETTER in what:
        places = [p for p in places if what[p] != _LETTER or _HANZI.match(text, p - 1)]
    near: set[int] = set()
    earlier = before = -_TOGETHER - 1  # the two signs before
    for place in places:
        if place - before <= _TOGETHER:
            three = before - earlier <= _TOGETHER
            if three or what[place] == _MARK or what[before] == _MARK:
                near.update((earlier, before, place) if three else (before, place))
        if what[place] == _MARK and text[place + 1 : place + 2] < "\u0200":
            near.add(place)
        earlier, before = before, place
    return sorted(near)


def _signs(text: str) -> Iterator[re.Match[str]]:
    """Yield the signs of `text` that have others near them, or may be a gloss or a tag."""
    end = 0
    for place in _places(text):
        if place >= end and (sign := _pattern().match(text, place)):
            end = sign.end()
            yield sign


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each group of signs in one line that may be a slip."""
    for near in _groups(text, _signs(text)):
        odd = near if len(near) == 1 else [s for s in near if s[0] < "㐀" or not _in_word(text, s.start())]
        for group in _groups(text, odd):
            if _is_suspicious(text, group):
                yield group[0].start(), group[-1].end()


def _groups(text: str, signs: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Yield the `signs` that are near each other in one line."""
    group: list[re.Match[str]] = []
    for sign in signs:
        if group and (sign.start() - group[-1].end() > _NEAR or "\n" in text[group[-1].end() : sign.start()]):
            yield group
            group = []
        group.append(sign)
    if group:
        yield group


def _is_suspicious(text: str, group: Sequence[re.Match[str]]) -> bool:
    """Tell whether a search is worth its time: a gloss or tag cut open, or characters that a shift mends."""
    marks = sum(1 for sign in group if sign.group()[-1] in MARKS)
    if any(sign.group()[-1] in ")）" for sign in group):
        return True
    if any(sign.group()[-1] in "?" + LOST and text[sign.end() : sign.end() + 1] in _TAGGED for sign in group):
        return len(group) > 1
    odd = len(group) - marks
    if not odd or odd < (1 if marks else 3):
        return False
    return _mended(text[group[0].start() : group[-1].end() + 1])


def _mended(stretch: str) -> bool:
    """Tell whether half of what `stretch` gives one byte on is common: of sound text every fifth is."""
    known, good, every = judge.words(), 0, 0
    for variants in (as_printed, as_converted):
        pairs = [() if character.isascii() else variants(character) for character in stretch]
        good = every = 0
        for first, second in pairwise(pairs):
            if first and second:
                text = gbk.decode(first[0][1], second[0][0])
                every += 1
                good += bool(text) and known[simplified(text)] >= _COMMON
        if good * 2 >= every:
            return True
    return False


def _in_word(text: str, place: int) -> bool:
    """Tell whether the character at `place` is part of a known word of two to four characters."""
    known = judge.words()
    around = simplified(text[max(0, place - 3) : place + 4])
    middle, size = min(place, 3), len(around)
    for start in range(middle, -1, -1):
        for end in range(max(middle + 1, start + 2), min(start + 4, size) + 1):
            if around[start:end] in known:
                return True
    return False


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    start, end = max(0, first - _BEFORE), min(len(text), last + _AFTER)
    start = max(start, text.rfind("\n", 0, first) + 1)
    stop = text.find("\n", last, end)
    return start, stop if stop >= 0 else end

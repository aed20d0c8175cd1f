"""J1: junk words that a spinner put before the marks: `成立于2010年去碰，位(wei)于…這微妙，`.

The spinner worked on a page that was Traditional, and mostly glossed, already: its words are Simplified and
have no glosses. Where most full-width marks of a text have a Simplified character right before them, the
last two or three characters before each mark are junk as far as nothing speaks for them: a Traditional form,
a gloss, a number that they count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from operator import add
from typing import NamedTuple

from etl.repair import gloss, judge, script
from etl.repair import script_tables as tables
from etl.repair.edits import Edit
from etl.repair.variants import simplified

TRIGGERS = tables.telling()["hant"]
FULL = 0.3
"""Where so many marks have a Simplified character right before them, junk may stand before every mark."""
LEAST_MARKS, MANY_MARKS = 3, 8
"""Out of many marks, junk stands before each, whether or not it is a word that the page might print."""
LEAST_TELLING = 3
"""Without that, so many Simplified characters before at least two marks, and none elsewhere, are junk."""
_PRIOR = {1: -4.0, 2: -1.2, 3: -0.4, 4: -4.0}
"""Log shares of junk by its length, from pages of one mirror."""
_LONGEST = 200
"""Characters of a clause that are looked at."""
_CLAUSES = re.compile("[一-鿿0-9]{2,}")
_LINES = re.compile("[^\n]+")
_MARKS = frozenset("，。、；！？：,;!?:")
_CLOSERS = frozenset("”’》）)」』")
"""Behind these a clause may be nothing but junk."""
_TOKEN = re.compile("[一-鿿]|[0-9]+")
_COUNTING = re.compile("(?<=[0-9])[年月日号個个種种名人次家項项届屆元万萬亿億岁歲时時点點分位条條件台臺只座]")
_DIGIT = re.compile("[0-9]")
_IS_HANT, _IS_HANS = (bytes(code == one for code in range(256)) for one in (script.HANT, script.HANS))
_TAIL, _WINDOW = 4, 16


class _Page(NamedTuple):
    """A text without its glosses, and for each character its script.

    Characters with a gloss behind them are at `glossed`. `places` are where glosses stood, `lengths` how much
    had been left out before and with each.
    """

    text: str
    scripts: bytes
    glossed: list[int]
    places: list[int]
    lengths: list[int]

    def original(self, place: int) -> int:
        """Return where the character at `place` stands in the text with its glosses."""
        before = bisect_right(self.places, place)
        return place + (self.lengths[before - 1] if before else 0)


class _Cues(NamedTuple):
    """For each character of a page 1 if it is the page's own, or none of the page; the judge's `values`.

    Its own are Traditional ones, those with a gloss, and those that a number counts. None of the page are
    Simplified ones, digits, and those without the gloss that they have twice elsewhere.
    """

    genuine: bytearray
    alien: bytearray
    values: list[float]


def find(text: str) -> list[Edit]:
    """Return the removal of the junk before the full-width marks of a text that has some."""
    if not _is_mixed(text):
        return []
    page = _page(text)
    clauses = _clauses(page)
    density = _density(page, clauses)
    if not density:
        return []
    every = density >= FULL and len(clauses) >= MANY_MARKS
    cues = _cues(page)
    edits = []
    for start, end in clauses:
        junk = _junk_start(page, cues, start, end, full=density >= FULL, every=every)
        if junk < end:
            edits.append(Edit(page.original(junk), page.original(end - 1) + 1, "", "J1", 0.85))
    return edits


def flags(text: str) -> frozenset[str]:
    """Return injected where junk stands in `text` (that is, where `find` could not take it out)."""
    page = _page(text) if _is_mixed(text) else None
    return frozenset({"injected"} if page and _density(page, _clauses(page)) else ())


def _is_mixed(text: str) -> bool:
    """Tell whether `text` has characters of either script."""
    scripts = script.of_characters(text)
    return script.HANS in scripts and script.HANT in scripts


def _page(text: str) -> _Page:
    pieces = gloss.split(text) if "(" in text or "（" in text else [text]
    plain = [piece.rstrip(" \xa0") for piece in pieces[:-1:2]]
    brackets = map(len, pieces[1::2])
    spaces = (len(piece) - len(kept) for piece, kept in zip(pieces[::2], plain, strict=False))
    places = list(accumulate(map(len, plain)))
    shown = "".join([*plain, pieces[-1]])
    return _Page(
        shown,
        script.of_characters(shown),
        [place - 1 for place in places if place],
        places,
        list(accumulate(map(add, brackets, spaces))),
    )


def _clauses(page: _Page) -> list[tuple[int, int]]:
    """Return the unbroken runs of hanzi and numbers that end at a mark, in the lines that are Traditional.

    Simplified lines beside them are a page's own, and Simplified before all of their marks.
    """
    found: list[tuple[int, int]] = []
    for line in _LINES.finditer(page.text):
        hans, hant = (page.scripts.count(one, *line.span()) for one in (script.HANS, script.HANT))
        if hant and hant >= hans:
            spans = (match.span() for match in _CLAUSES.finditer(page.text, *line.span()))
            found += [(max(a, b - _LONGEST), b) for a, b in spans if page.text[b : b + 1] in _MARKS]
    return found


def _density(page: _Page, clauses: list[tuple[int, int]]) -> float:
    """Return the share of marks right after a Simplified character, 0 where that is no spinner's work.

    Simplified characters before marks count only in a text that is Traditional everywhere else.
    """
    count = page.scripts.count
    near = [count(script.HANS, max(start, end - 3), end) for start, end in clauses]
    marks, telling = len(near) - near.count(0), sum(near)
    if marks < 2:
        return 0.0
    far = [(start, end - _TAIL) for start, end in clauses if end - start > _TAIL]
    elsewhere = sum(count(script.HANS, start, end) for start, end in far)
    if sum(count(script.HANT, start, end) for start, end in far) <= 4 * elsewhere:
        return 0.0
    density = marks / len(clauses)
    dense = density >= FULL and (len(clauses) >= LEAST_MARKS or density == 1)
    return density if dense or (telling >= LEAST_TELLING and not elsewhere) else 0.0


def _cues(page: _Page) -> _Cues:
    genuine = bytearray(page.scripts.translate(_IS_HANT))
    alien = bytearray(page.scripts.translate(_IS_HANS))
    for place in page.glossed:
        genuine[place] = 1
    for counting in _COUNTING.finditer(page.text):
        genuine[counting.start()] = 1
    for digit in _DIGIT.finditer(page.text):
        alien[digit.start()] = 1
    counts = Counter([page.text[place] for place in page.glossed])
    if usual := {character for character, count in counts.items() if count > 1}:
        for place, character in enumerate(page.text):
            if character in usual:
                alien[place] = 1
    return _Cues(genuine, alien, judge.best_splits(simplified(page.text)))


def _junk_start(page: _Page, cues: _Cues, start: int, end: int, *, full: bool, every: bool) -> int:
    """Return where the junk of a clause begins, `end` where nothing shows that there is any."""
    begins = _begins(page.text, max(start, end - _WINDOW), end)
    count = len(begins)
    left = page.text[start - 1 : start] not in _CLOSERS
    most = min(_TAIL, count - left, count - bisect_right(begins, cues.genuine.rfind(1, begins[0], end)))
    alien = cues.alien.find(1, begins[-most], end) if most else -1
    least = count + 1 - bisect_right(begins, alien) if alien >= 0 else 0
    if not most or not (least or full):
        return end
    sizes = range(least or 1, most + 1)
    best = sizes[0] if len(sizes) == 1 else _likeliest(page.text, cues.values, begins, end, sizes)
    sure = least or every or page.text[begins[-best] : end] not in judge.words()
    return begins[-best] if sure else end


def _begins(text: str, start: int, end: int) -> Sequence[int]:
    """Return where the hanzi and numbers of `text[start:end]` begin."""
    if text[start:end].isalpha():
        return range(start, end)
    return [match.start() for match in _TOKEN.finditer(text, start, end)]


def _likeliest(text: str, values: Sequence[float], begins: Sequence[int], end: int, sizes: range) -> int:
    """Return the size of junk that the judge prefers: what is left reads well, and what goes is a phrase."""
    return max(
        sizes,
        key=lambda size: values[begins[-size]] + _of_junk(text[begins[-size] : end]) + _PRIOR[size],
    )


@lru_cache(maxsize=4096)
def _of_junk(text: str) -> float:
    return judge.total(text)

"""J1: junk words that a spinner put before the marks: `成立于2010年去碰，位(wei)于…這微妙，`.

The spinner worked on a page that was Traditional, and mostly glossed, already: its words are Simplified and
have no glosses. Where most full-width marks of a text have a Simplified character right before them, the
last two or three characters before each mark are junk as far as nothing speaks for them: a Traditional form,
a gloss, a number that they count.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from etl.repair import judge
from etl.repair import script_tables as tables
from etl.repair.edits import Edit

TRIGGERS = tables.telling()["hant"]
FULL = 0.3
"""Where so many marks have a Simplified character right before them, junk may stand before every mark."""
LEAST_MARKS = 3
LEAST_TELLING = 3
"""Without that, so many Simplified characters before at least two marks, and none elsewhere, are junk."""
_PRIOR = {1: -4.0, 2: -1.2, 3: -0.4, 4: -4.0}
"""Log shares of junk by its length, from pages of one mirror."""
_CLAUSE = re.compile("([^，。、；！？：,;!?:“”《》（）\n\u3000\x00-\x1f]{2,200})[，。、；！？：,;!?:]")
_TOKEN = re.compile(
    r"([一-鿿]|\d+)((?:[ \xa0]?[(（][ \xa0]?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü:]{1,7}[ \xa0]?[)）])*)"
)
_COUNTED = frozenset("年月日号個个種种名人次家项項届屆元万萬亿億岁歲时時点點分位条條件台臺只座")
_TAIL = 4


class _Token(NamedTuple):
    """A hanzi or number, its place, its gloss, what its script says (+1 Simplified, −1 Traditional)."""

    text: str
    start: int
    end: int
    glossed: bool
    script: int


def find(text: str) -> list[Edit]:
    """Return the removal of the junk before the full-width marks of a text that has some."""
    tails = _tails(text)
    density = _density(tails)
    if not density:
        return []
    glossed = _always_glossed(text)
    edits = []
    for tokens in tails:
        size = _junk_size(tokens, glossed, full=density >= FULL)
        if size:
            edits.append(Edit(tokens[-size].start, tokens[-1].end, "", "J1", 0.85))
    return edits


def flags(text: str) -> frozenset[str]:
    """Return injected where junk stands in `text` (that is, where `find` could not take it out)."""
    return frozenset({"injected"} if _density(_tails(text)) else ())


def _tails(text: str) -> list[list[_Token]]:
    """Return the tokens of each clause before a full-width mark of a partly Traditional text."""
    if not tables.traditional().search(text) or not tables.simplified().search(text):
        return []
    return [tokens for match in _CLAUSE.finditer(text) if len(tokens := _tokens(text, match)) > 1]


def _tokens(text: str, clause: re.Match[str]) -> list[_Token]:
    """Return the unbroken run of hanzi, numbers and glosses that ends at the mark, in order."""
    tokens: list[_Token] = []
    start, end = clause.span(1)
    last, scripts = start, _scripts()
    for match in _TOKEN.finditer(text, start, end):
        begins, ends = match.span()
        if begins != last:
            tokens.clear()
        last = ends
        character, glosses = match.groups()
        tokens.append(_Token(character, begins, ends, bool(glosses), scripts.get(character, 0)))
    return tokens if last == end else []


@lru_cache(maxsize=1)
def _scripts() -> dict[str, int]:
    telling = tables.telling()
    return dict.fromkeys(telling["hans"], 1) | dict.fromkeys(telling["hant"], -1)


def _density(tails: list[list[_Token]]) -> float:
    """Return the share of marks right after a Simplified character, 0 where that is no spinner's work.

    Simplified characters before marks count only in a text that is Traditional everywhere else.
    """
    near = [sum(token.script > 0 for token in tokens[-3:]) for tokens in tails]
    far = [token.script for tokens in tails for token in tokens[:-_TAIL]]
    marks, telling, elsewhere = sum(map(bool, near)), sum(near), far.count(1)
    if marks < 2 or far.count(-1) <= 4 * elsewhere:
        return 0.0
    density = marks / len(tails)
    dense = density >= FULL and (len(tails) >= LEAST_MARKS or density == 1)
    return density if dense or (telling >= LEAST_TELLING and not elsewhere) else 0.0


def _always_glossed(text: str) -> frozenset[str]:
    """Return the characters of `text` that have their reading behind them at least twice."""
    counts: dict[str, int] = {}
    for match in _TOKEN.finditer(text):
        if match[2]:
            counts[match[1]] = counts.get(match[1], 0) + 1
    return frozenset(char for char, count in counts.items() if count > 1)


def _junk_size(tokens: list[_Token], glossed: frozenset[str], *, full: bool) -> int:
    """Return how many of the last tokens are junk, 0 where nothing shows that any is."""
    most = 0
    while most < min(_TAIL, len(tokens) - 1) and not _is_genuine(tokens, most):
        most += 1
    suspects = [n for n, t in enumerate(reversed(tokens[-most:]), 1) if most and _is_alien(t, glossed)]
    least = max(suspects, default=0)
    sizes = range(max(least, 1), most + 1)
    if not sizes:
        return 0
    best = max(sizes, key=lambda size: _likelihood(tokens, size))
    return best if least or (full and _is_odd(tokens[-best:])) else 0


def _is_genuine(tokens: list[_Token], count: int) -> bool:
    """Tell whether the token before the last `count` is the page's: Traditional, glossed, counting."""
    token = tokens[-1 - count]
    before = tokens[-2 - count].text if len(tokens) > count + 1 else ""
    return token.script < 0 or token.glossed or (before.isdigit() and token.text in _COUNTED)


def _is_alien(token: _Token, glossed: frozenset[str]) -> bool:
    """Tell whether a token is none of the page: Simplified, a bare number, without its usual gloss."""
    return token.script > 0 or token.text.isdigit() or token.text in glossed


def _likelihood(tokens: list[_Token], size: int) -> float:
    """Return the log probability of the clause without its last `size` tokens, and of those as junk."""
    kept = "".join(token.text for token in tokens[-12:-size])
    junk = "".join(token.text for token in tokens[-size:])
    return judge.total(kept) + judge.total(junk) + _PRIOR[size]


def _is_odd(tokens: list[_Token]) -> bool:
    """Tell whether tokens without any mark of junk are no word that the page itself may print there."""
    return "".join(token.text for token in tokens) not in judge.words()

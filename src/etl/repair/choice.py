"""Choosing among the characters that a damaged place may hold: the judge, the script, and paired marks.

The judge knows words; it does not know that a text keeps to one script, that （ wants a ）, or that 。 ends
a line. These add nats to its value, as measured on news sentences with single characters taken out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from etl.repair import judge
from etl.repair.edits import LOST
from etl.repair.variants import is_simplified, is_traditional, simplified, traditional_only

_OPENERS = dict(zip("“‘（《〈【「『〔", "”’）》〉】」』〕", strict=True))
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
_HALF = str.maketrans("()", "（）")
_REACH = 120
"""How far a mark's partner is looked for, in characters."""
_WRONG = -7.0
_WIDTH, _COMMON, _WORDS, _FEW = 60, 8, 16, 24
_DIGITS = frozenset("0123456789")
_NO_NUMBER = -1.5
"""The same for characters that are not in `numbers.tsv`."""
_SAYING = "说道称出调示辑者为是下如"
_ENDS = "。！？；"
_TAG = re.compile(r"/?[A-Za-z]{1,10}>")


class Ranked(NamedTuple):
    """One way to fill a run of unknown characters: `texts`, one for each, and how likely that is in nats."""

    value: float
    texts: tuple[str, ...]


def rank(places: Sequence[Sequence[str]], left: str, right: str) -> list[Ranked]:
    """Return ways to fill a run of unknown characters between the sound texts around it, the likeliest first.

    `places` are the candidates for each. Of long lists only what can be part of the best ways is weighed.
    """
    hant = not traditional_only().isdisjoint(left[-_REACH:] + right[:_REACH])
    lists = _shortlists(places, left, right, hant)
    if len(lists) == 1:
        values = zip(judge.fits("".join(lists[0]), left, right), lists[0], strict=True)
        alone = [Ranked(value + _fitness(c, left, right, hant), (c,)) for value, c in values]
        return sorted(alone, key=lambda r: (-r.value, r.texts))
    table = judge.words()
    paths = [(judge.after(left), 0.0, "")]
    for index, candidates in enumerate(lists):
        rest = right if index == len(places) - 1 else LOST + right
        grown = [
            (
                judge.extend(prefix, simplified(candidate), table),
                bonus + _fitness(candidate, left + text, rest, hant),
                text + candidate,
            )
            for prefix, bonus, text in paths
            for candidate in candidates
        ]
        paths = nlargest(_WIDTH, grown, key=lambda p: p[0].values[-1] + p[1])
    ranked = [Ranked(judge.with_right(prefix, right) + bonus, tuple(text)) for prefix, bonus, text in paths]
    return sorted(ranked, key=lambda r: (-r.value, r.texts))


def _shortlists(
    places: Sequence[Sequence[str]], left: str, right: str, hant: bool
) -> Sequence[Sequence[str]]:
    """Return for each place the candidates that are common, go with a neighbour, or form a word with one."""
    if len(places) == 1 and len(places[0]) <= _FEW:
        return places
    lists = [dict.fromkeys(_common(tuple(candidates), hant)) for candidates in places]
    for place, candidate in _with_sides(places, left, right):
        lists[place][candidate] = None
    for index, (first, second) in enumerate(pairwise(places)):
        known = (
            (value + _foreign(a, hant) + _foreign(b, hant), a, b) for value, a, b in _words_of(first, second)
        )
        for _, a, b in nlargest(_WORDS, known):
            lists[index][a] = None
            lists[index + 1][b] = None
    return [list(found) for found in lists]


@lru_cache(maxsize=4096)
def _common(candidates: tuple[str, ...], hant: bool) -> list[str]:
    """Return the commonest of `candidates`."""
    table = judge.words()
    return nlargest(_COMMON, candidates, key=lambda c: table[simplified(c)] + _foreign(c, hant))


def _words_of(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[float, str, str]]:
    """Yield (nats, a, b) for each word of one of `first` and one of `second`."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for b in second:
        forms[simplified(b)].append(b)
    for a in first:
        for value, follower in _followers().get(simplified(a), ()):
            for b in forms.get(follower, ()):
                yield value, a, b


@lru_cache(maxsize=1)
def _followers() -> dict[str, list[tuple[float, str]]]:
    """Return for a character the second characters of the words of two that it begins, with their nats."""
    found: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for word, value in judge.words().items():
        if len(word) == 2:
            found[word[0]].append((value, word[1]))
    return found


def _with_sides(places: Sequence[Sequence[str]], left: str, right: str) -> Iterator[tuple[int, str]]:
    """Yield (place, candidate) for the outer candidates that form a word with the text beside them."""
    table = judge.words()
    if left:
        one, two = simplified(left[-1:]), simplified(left[-2:])
        for candidate, form in zip(places[0], simplified("".join(places[0])), strict=True):
            if one + form in table or two + form in table:
                yield 0, candidate
    if right:
        one, two = simplified(right[:1]), simplified(right[:2])
        for candidate, form in zip(places[-1], simplified("".join(places[-1])), strict=True):
            if form + one in table or form + two in table:
                yield len(places) - 1, candidate


def _foreign(character: str, hant: bool) -> float:
    """Return the nats by which `character` is less likely since it belongs to the other script."""
    if hant:
        return -4.0 if is_simplified(character) else 0.0
    return -6.0 if is_traditional(character) else 0.0


def _fitness(character: str, left: str, right: str, hant: bool) -> float:
    """Return the nats that the surroundings add to `character`."""
    if character in _OPENERS:
        return _opens(character, left, right)
    if character in _CLOSERS:
        if not _open(character, left):
            return _WRONG
        return 6.0 if _ends_line(right) else 2.0
    if character in "：。！？；、，":
        return _stops(character, left, right)
    return _foreign(character, hant) + _numeric(simplified(character), left[-1:], right[:1])


def _numeric(character: str, before: str, behind: str) -> float:
    """Return the nats by which `character` is likelier beside digits: 月 before 5日, 万 behind 3."""
    nats = 0.0
    if behind in _DIGITS:
        nats += _numbers()["before"].get(character, _NO_NUMBER)
    if before in _DIGITS:
        nats += _numbers()["behind"].get(character, _NO_NUMBER)
    return nats


@lru_cache(maxsize=1)
def _numbers() -> dict[str, dict[str, float]]:
    """Return `numbers.tsv`: side of the digits, then character to log of its share there by its share of all.

    The figures were counted in 1.2 million characters of news.
    """
    sides: dict[str, dict[str, float]] = {"before": {}, "behind": {}}
    for line in Path(__file__).with_name("numbers.tsv").read_text("utf-8").splitlines()[1:]:
        _, side, character, nats = line.split("\t")
        sides[side][character] = float(nats)
    return sides


def _open(closer: str, left: str) -> bool:
    """Tell whether `left` has an opener of `closer` that is not closed yet."""
    before = left[-_REACH:].translate(_HALF)
    return before.rfind(_CLOSERS[closer]) > before.rfind(closer)


def _opens(opener: str, left: str, right: str) -> float:
    """Return the nats for `opener`: it is not open yet, and its partner must follow before another one."""
    after, closer = right[:_REACH], _OPENERS[opener]
    place, again = after.find(closer), after.find(opener)
    if place < 0 or 0 <= again < place or _open(closer, left):
        return _WRONG
    return 2.0


def _ends_line(right: str) -> bool:
    """Tell whether nothing of the line is left in `right` but perhaps a tag."""
    return not right or right[0] in "\n \u3000<" or bool(_TAG.match(right))


def _stops(mark: str, left: str, right: str) -> float:
    """Return the nats for a stop: a line ends with the end of a sentence, and marks do not follow marks."""
    if _ends_line(right):
        return 1.5 if mark in _ENDS else _WRONG if mark != "：" else -3.0
    if mark == "：":
        return 3.0 if right[0] in "“《" or left[-1:] in _SAYING else -2.0
    if left[-1:] in _ENDS or right[0] in "，。、；：！？）":
        return _WRONG
    return 0.0

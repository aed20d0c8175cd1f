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
from typing import TYPE_CHECKING, NamedTuple

from etl.repair import judge
from etl.repair.edits import LOST
from etl.repair.marginals import marginals
from etl.repair.variants import is_simplified, is_traditional, simplified, traditional_only

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OPENERS = dict(zip("“‘（《〈【「『〔", "”’）》〉】」』〕", strict=True))
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
_HALF = str.maketrans("()", "（）")
_REACH = 120
"""How far a mark's partner is looked for, in characters."""
_WRONG = -7.0
_LIKELIEST, _WORDS = 24, 16
"""Candidates for a place that are weighed with their surroundings, and words of two from two lists."""
_DIGITS = frozenset("0123456789")
_NO_NUMBER = -1.5
"""The same for characters that are not in `numbers.tsv`."""
_SAYING = "说道称出调示辑者为是下如"
_ENDS = "。！？；"
_TAG = re.compile(r"/?[A-Za-z]{1,10}>")
_FEW = 16
"""So many candidates are weighed one by one."""
_NO_HANZI = re.compile("[^㐀-鿿]")


class _List(NamedTuple):
    """A place's `candidates`, their Simplified `forms`, and the nats of those that the script lacks."""

    candidates: Sequence[str]
    forms: str
    foreign: NDArray[np.float64]


def rank(places: Sequence[tuple[str, ...]], left: str, right: str) -> list[list[tuple[float, str]]]:
    """Return for each of some unknown characters in a row its candidates, the likeliest first, with nats.

    `places` are the candidates for each, `left` and `right` the sound text around; the nats are those of the
    likeliest text with that candidate. Candidates that fit far less well than others are left out.
    """
    hant = not traditional_only().isdisjoint(left[-_REACH:] + right[:_REACH])
    lists = [_listed(candidates, hant) for candidates in places]
    before, behind = simplified(left[1 - judge.LONGEST :]), simplified(right[: judge.LONGEST - 1])
    last = len(lists) - 1
    alone = [
        _alone(LOST if n else before, candidates, behind if n == last else LOST, hant)
        for n, candidates in enumerate(places)
    ]
    chosen = [dict.fromkeys(values.argsort()[-_LIKELIEST:].tolist()) for values in alone]
    for n, (first, second) in enumerate(pairwise(lists)):
        for a, b in _in_words(first, second):
            chosen[n][a] = chosen[n + 1][b] = None
    short = [_part(place, list(some)) for place, some in zip(lists, chosen, strict=True)]
    bonus = [
        _bonus(place, left + LOST * n, right if n == last else LOST + right) for n, place in enumerate(short)
    ]
    if last:
        values = marginals(before, [place.forms for place in short], behind, bonus)
    else:
        values = [alone[0][list(chosen[0])] + bonus[0] - short[0].foreign]
    return [
        sorted(zip(some.tolist(), place.candidates, strict=True), key=lambda pair: (-pair[0], pair[1]))
        for some, place in zip(values, short, strict=True)
    ]


@lru_cache(maxsize=64)  # the ways to read one window differ in a place or two
def _alone(before: str, candidates: tuple[str, ...], behind: str, hant: bool) -> NDArray[np.float64]:
    """Return the nats of each of `candidates` between its neighbours."""
    place = _listed(candidates, hant)
    if len(candidates) <= _FEW:
        return _one_by_one(before, place.forms, behind) + place.foreign
    return marginals(before, [place.forms], behind, [place.foreign])[0]


def _one_by_one(before: str, forms: str, behind: str) -> NDArray[np.float64]:
    """Return the nats of each of a few `forms` between its neighbours: quicker than to ask the filter."""
    import numpy as np

    table = judge.words()
    known = table.get
    ahead, size = judge.best_splits(before), len(before)
    rest = [0.0]  # the nats of what is behind each place, from the end on
    for start in range(len(behind) - 1, -1, -1):
        words = ((known(behind[start:end]), end) for end in range(start + 2, len(behind) + 1))
        ways = [value + rest[len(behind) - end] for value, end in words if value is not None]
        rest.append(max([table[behind[start]] + rest[-1], *ways]))
    rest.reverse()
    left, right = len(_NO_HANZI.split(before)[-1]), len(_NO_HANZI.split(behind, 1)[0])
    frames = [
        (before[size - m :], behind[:n], ahead[size - m] + rest[n])
        for m in range(left + 1)
        for n in range(min(right, judge.LONGEST - 1 - m) + 1)
        if m or n
    ]
    found = []
    for form in forms:
        best = ahead[-1] + table[form] + rest[0]
        for head, tail, value in frames:
            word = known(head + form + tail)
            if word is not None and word + value > best:
                best = word + value
        found.append(best)
    return np.array(found)


@lru_cache(maxsize=4096)
def _listed(candidates: tuple[str, ...], hant: bool) -> _List:
    import numpy as np

    foreign = np.array([_foreign(character, hant) for character in candidates])
    return _List(candidates, simplified("".join(candidates)), foreign)


def _part(place: _List, chosen: list[int]) -> _List:
    """Return the candidates with the numbers `chosen` of `place`."""
    forms = "".join([place.forms[n] for n in chosen])
    return _List([place.candidates[n] for n in chosen], forms, place.foreign[chosen])


def _bonus(place: _List, left: str, right: str) -> NDArray[np.float64]:
    """Return the nats that the script and the surroundings add to each candidate."""
    return place.foreign + [_fitness(character, left, right) for character in place.candidates]


def _in_words(first: _List, second: _List) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the candidates of two neighbours that make the likeliest words of two."""
    places = {form: n for n, form in enumerate(second.forms)}
    ours, theirs = first.foreign.tolist(), second.foreign.tolist()
    known = [
        (values[b] + ours[n] + theirs[places[b]], n, places[b])
        for n, a in enumerate(first.forms)
        for values in (_followers().get(a, {}),)
        for b in values.keys() & places.keys()
    ]
    return ((a, b) for _, a, b in nlargest(_WORDS, known))


@lru_cache(maxsize=1)
def _followers() -> dict[str, dict[str, float]]:
    """Return for a character the second characters of the words of two that it begins, with their nats."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for word, value in judge.words().items():
        if len(word) == 2:
            found[word[0]][word[1]] = value
    return dict(found)


def _foreign(character: str, hant: bool) -> float:
    """Return the nats by which `character` is less likely since it belongs to the other script."""
    if hant:
        return -4.0 if is_simplified(character) else 0.0
    return -6.0 if is_traditional(character) else 0.0


def _fitness(character: str, left: str, right: str) -> float:
    """Return the nats that the surroundings add to `character`."""
    if character in _OPENERS:
        return _opens(character, left, right)
    if character in _CLOSERS:
        if not _open(character, left):
            return _WRONG
        return 6.0 if _ends_line(right) else 2.0
    if character in "：。！？；、，":
        return _stops(character, left, right)
    before, behind = left[-1:], right[:1]
    if before in _DIGITS or behind in _DIGITS:
        return _numeric(simplified(character), before, behind)
    return 0.0


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

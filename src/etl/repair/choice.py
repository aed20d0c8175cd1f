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

from etl.repair import judge, marginals, variants
from etl.repair.edits import LOST
from etl.repair.variants import is_simplified, is_traditional, simplified

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OPENERS = dict(zip("“‘（《〈【「『〔", "”’）》〉】」』〕", strict=True))
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}
_HALF = str.maketrans("()", "（）")
_REACH = 120
"""How far a mark's partner is looked for, in characters."""
_WRONG = -7.0
_LIKELIEST = _WORDS = 10
"""Candidates for each of several places in a row that are weighed, and words of two from two lists."""
_FEW, _RARE = 24, -12.5
"""Of more candidates those below this log probability are left out, one in 200 characters of news."""
_DIGITS = frozenset("0123456789")
_NO_NUMBER = -1.5
"""The same for characters that are not in `numbers.tsv`."""
_SAYING = "说道称出调示辑者为是下如"
_ENDS = "。！？；"
_TAG = re.compile(r"/?[A-Za-z]{1,10}>")


class _List(NamedTuple):
    """Some of a place's `candidates`, their Simplified `forms`, and the nats of those the script lacks.

    `marks` are the numbers of those that are no hanzi.
    """

    candidates: Sequence[str]
    forms: str
    foreign: NDArray[np.float64]
    marks: list[int]

    def part(self, chosen: list[int]) -> _List:
        """Return the candidates with the numbers `chosen`."""
        candidates, forms = [self.candidates[n] for n in chosen], "".join([self.forms[n] for n in chosen])
        return _List(candidates, forms, self.foreign[chosen], _marks(forms))


class Place(NamedTuple):
    """An unknown character: its candidates, and the nats of each between its neighbours."""

    list: _List
    values: NDArray[np.float64]


def places(unknown: Sequence[tuple[tuple[str, ...], str, str]]) -> list[Place]:
    """Return unknown characters, each given as its candidates, and the texts on its left and right.

    Candidates that news hardly prints are left out where there are many.
    """
    if not unknown:
        return []
    script = variants.traditional_pattern()
    lists = [
        _weighed(candidates, script.search(left[-_REACH:] + right[:_REACH]) is not None)
        for candidates, left, right in unknown
    ]
    more = judge.LONGEST - 1
    asked = [
        marginals.Place(simplified(left[-more:]), some.forms, simplified(right[:more]))
        for some, (_, left, right) in zip(lists, unknown, strict=True)
    ]
    once = list(dict.fromkeys(asked))
    values = dict(zip(once, marginals.alone(once), strict=True))
    return [Place(some, values[place] + some.foreign) for some, place in zip(lists, asked, strict=True)]


def rank(places: Sequence[Place], left: str, right: str) -> list[list[tuple[float, str]]]:
    """Return for each of unknown `places` in a row its candidates, the likeliest first, with nats.

    `left` and `right` are the sound text around; the nats are those of the likeliest text with that
    candidate. Of several places, candidates that fit far less well than others are left out.
    """
    last = len(places) - 1
    if not last:
        only = places[0]
        return [_sorted(only.values + _fitness_of(only.list, left, right), only.list.candidates)]
    chosen = [dict.fromkeys(place.values.argsort()[-_LIKELIEST:].tolist()) for place in places]
    for n, (first, second) in enumerate(pairwise(places)):
        for a, b in _in_words(first.list, second.list):
            chosen[n][a] = chosen[n + 1][b] = None
    short = [place.list.part(list(numbers)) for place, numbers in zip(places, chosen, strict=True)]
    bonus = [
        some.foreign + _fitness_of(some, left + LOST * n, right if n == last else LOST + right)
        for n, some in enumerate(short)
    ]
    before, behind = simplified(left[1 - judge.LONGEST :]), simplified(right[: judge.LONGEST - 1])
    values = marginals.joint(before, [some.forms for some in short], behind, bonus)
    return [_sorted(nats, some.candidates) for nats, some in zip(values, short, strict=True)]


def _sorted(values: NDArray[np.float64], candidates: Sequence[str]) -> list[tuple[float, str]]:
    """Return the `candidates` with their `values`, the likeliest first."""
    return sorted(zip(values.tolist(), candidates, strict=True), key=lambda pair: (-pair[0], pair[1]))


@lru_cache(maxsize=4096)
def _weighed(candidates: tuple[str, ...], hant: bool) -> _List:
    """Return those of `candidates` that are worth a look."""
    import numpy as np

    known = judge.words()
    if len(candidates) > _FEW:
        forms = simplified("".join(candidates))
        common = [c for c, form in zip(candidates, forms, strict=True) if known[form] >= _RARE]
        candidates = tuple(common) or candidates
    foreign = np.array([_foreign(character, hant) for character in candidates])
    forms = simplified("".join(candidates))
    return _List(candidates, forms, foreign, _marks(forms))


def _marks(forms: str) -> list[int]:
    return [n for n, form in enumerate(forms) if form < "㐀" or form > "鿿"]


def _fitness_of(place: _List, left: str, right: str) -> NDArray[np.float64]:
    """Return the nats that the surroundings add to each candidate: to hanzi beside digits, and to marks."""
    import numpy as np

    found = np.zeros(len(place.candidates))
    beside_digits = left[-1:] in _DIGITS or right[:1] in _DIGITS
    for n in range(len(found)) if beside_digits else place.marks:
        found[n] = _fitness(place.candidates[n], left, right)
    return found


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

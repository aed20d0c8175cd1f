"""How likely a text is with each of several characters at its unknown places.

The judge divides the text into words, and a place may be any of its candidates. One pass forward and one back
over all words that fit give for each candidate the best text that has it, without writing out the texts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from etl.repair import judge, ngrams
from etl.repair.edits import LOST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MORE = judge.LONGEST - 1
_NO_HANZI = re.compile("[^㐀-鿿]")
"""What is in no word of the model."""
_FEW = 24
"""Candidates of which each word is looked up sooner than the filter is asked."""
_AT_ONCE = 16
"""Places that are weighed in one go: what they need fits into a processor's cache."""
_Word = tuple[int, int, int, int, float]
"""A word that fits: start, end, its candidates for the first and the second unknown place in it, nats."""


class Place(NamedTuple):
    """An unknown character between `left` and `right`, and its candidates; all hanzi are Simplified."""

    left: str
    candidates: str
    right: str


def alone(places: Sequence[Place]) -> list[NDArray[np.float64]]:
    """Return for each of `places` and its candidates the nats of the best text that has that one.

    A constant of each place is added to them.
    """
    if sum(len(place.candidates) for place in places) <= _FEW:
        return [_one_by_one(place) for place in places]
    return [values for n in range(0, len(places), _AT_ONCE) for values in _alone(places[n : n + _AT_ONCE])]


def _text(place: Place) -> str:
    return f"{place.left[-_MORE:]:\n>{_MORE}}{LOST}{place.right[:_MORE]:\n<{_MORE}}"


def _one_by_one(place: Place) -> NDArray[np.float64]:
    """Return the nats of each of few candidates, whose words are looked up one by one."""
    import numpy as np

    known, get, text = judge.words(), judge.words().get, _text(place)
    forward, back = _forward(text[:_MORE]), _forward(text[: -judge.LONGEST : -1], backwards=True)[::-1]
    left, right = _NO_HANZI.split(text[:_MORE])[-1], _NO_HANZI.split(text[_MORE + 1 :])[0]
    frames = [
        (left[len(left) - m :], right[:n], forward[_MORE - m] + back[n])
        for m in range(len(left) + 1)
        for n in range(min(len(right), _MORE - m) + 1)
        if m or n
    ]
    found = []
    for character in place.candidates:
        best = forward[-1] + known[character] + back[0]
        for before, behind, around in frames:
            value = get(before + character + behind)
            if value is not None and around + value > best:
                best = around + value
        found.append(best)
    return np.array(found)


def _alone(places: Sequence[Place]) -> list[NDArray[np.float64]]:
    import numpy as np

    get, size = judge.words().get, judge.LONGEST
    texts = [_text(place) for place in places]
    every = "".join([p.candidates for p in places])
    owners = np.repeat(np.arange(len(places)), [len(p.candidates) for p in places])
    rows = ngrams.codes("".join(texts)).reshape(-1, size + _MORE)[owners]
    rows[:, _MORE] = ngrams.codes(every)
    forward = [_forward(text[:_MORE]) for text in texts]
    back = [_forward(text[:-size:-1], backwards=True)[::-1] for text in texts]
    sides = np.array([before[-1] + behind[0] for before, behind in zip(forward, back, strict=True)])
    best = (sides[owners] + np.concatenate([_nats(p.candidates) for p in places])).tolist()
    owner = owners.tolist()
    for length, may in judge.spots(rows):
        low = size - length
        for row, place in zip(*map(np.ndarray.tolist, np.nonzero(may[:, low:size])), strict=True):
            start, here = low + place, owner[row]
            text = texts[here]
            value = get(text[start:_MORE] + every[row] + text[size : start + length])
            if value is not None:
                best[row] = max(best[row], forward[here][start] + value + back[here][start + length - size])
    ends = np.cumsum([len(p.candidates) for p in places])
    return np.split(np.array(best), ends[:-1])


def _forward(text: str, backwards: bool = False) -> list[float]:
    """Return the nats of the best divisions of `text[:0]`, `text[:1]` and so on, perhaps read `backwards`."""
    known, values = judge.words(), [0.0]
    step = -1 if backwards else 1
    for end, character in enumerate(text, 1):
        best = values[-1] + known[character]
        for start in range(end - 1):
            value = known.get(text[start:end][::step])
            if value is not None and values[start] + value > best:
                best = values[start] + value
        values.append(best)
    return values


def joint(
    left: str, places: Sequence[str], right: str, bonus: Sequence[NDArray[np.float64]]
) -> list[NDArray[np.float64]]:
    """Return for each of `places` and each of its candidates the nats of the best text that has it.

    `left` and `right` are the text around, `bonus` the nats that each candidate has besides; all hanzi are
    Simplified. Three unknown characters in a row are taken for no word.
    """
    left, right = left[-_MORE:], right[:_MORE]
    first, behind = len(left), len(left) + len(places)
    ones = [_nats(candidates) + more for candidates, more in zip(places, bonus, strict=True)]
    through = list(_through_all(left, places, right, bonus))
    best = dict.fromkeys(map(itemgetter(0, 1), through), -math.inf)
    for start, end, _, _, value in through:
        best[start, end] = max(best[start, end], value)
    best |= {(n, n + 1): float(values.max()) for n, values in enumerate(ones, first)}
    forward, back = _ways(best | _around(left, 0) | _around(right, behind), behind + len(right))
    found = [values + (forward[n] + back[n + 1]) for n, values in enumerate(ones, first)]
    for start, end, one, two, value in through:
        whole = forward[start] + value + back[end]
        place = max(start - first, 0)
        if whole > found[place][one]:
            found[place][one] = whole
        if two >= 0 and whole > found[place + 1][two]:
            found[place + 1][two] = whole
    return found


@lru_cache(maxsize=1024)
def _nats(candidates: str) -> NDArray[np.float64]:
    """Return the nats of each of `candidates` alone."""
    import numpy as np

    known = judge.words()
    return np.array([known[character] for character in candidates])


def _around(text: str, offset: int) -> dict[tuple[int, int], float]:
    """Return the nats of the words of the known `text`, which stands at `offset`, by start and end."""
    known = judge.words()
    found = {(n, n + 1): known[character] for n, character in enumerate(text, offset)}
    return found | {(start + offset, end + offset): value for start, end, value in judge.words_in(text)}


def _ways(best: dict[tuple[int, int], float], size: int) -> tuple[list[float], list[float]]:
    """Return the nats of the best way to each of `size` places and one more, and from each to the end."""
    forward, back = [0.0, *[-math.inf] * size], [*[-math.inf] * size, 0.0]
    ordered = sorted(best.items())
    for (start, end), value in ordered:
        if forward[start] + value > forward[end]:
            forward[end] = forward[start] + value
    for (start, end), value in reversed(ordered):
        if back[end] + value > back[start]:
            back[start] = back[end] + value
    return forward, back


def _through_all(
    left: str, places: Sequence[str], right: str, bonus: Sequence[NDArray[np.float64]]
) -> Iterator[_Word]:
    """Yield the words of two and more that go through unknown places."""
    text, first = left + LOST * len(places) + right, len(left)
    for n in range(len(places)):
        for together in (1, 2)[: len(places) - n]:
            start = first + n if n else 0
            end = first + n + together if n + together < len(places) else len(text)
            if end - start > 1:
                there = slice(n, n + together)
                yield from _through(text[start:end], first + n - start, places[there], bonus[there], start)


def _through(
    text: str, at: int, places: Sequence[str], bonus: Sequence[NDArray[np.float64]], offset: int
) -> Iterator[_Word]:
    """Yield the words through all (one or two) unknown `places` that stand at `at` in `text`."""
    import numpy as np

    get, together = judge.words().get, len(places)
    forms = places[0] if together == 1 else [a + b for a in places[0] for b in places[1]]
    more = (bonus[0] if together == 1 else np.add.outer(*bonus)).ravel().tolist()
    rows = np.tile(ngrams.codes(text), (len(forms), 1))
    rows[:, at : at + together] = ngrams.codes("".join(forms)).reshape(-1, together)
    for size, may in judge.spots(rows):
        low = max(0, at + together - size)
        for row, start in zip(*map(np.ndarray.tolist, np.nonzero(may[:, low : at + 1])), strict=True):
            begin, end = low + start, low + start + size
            value = get(text[begin:at] + forms[row] + text[at + together : end])
            if value is not None:
                one, two = (row, -1) if together == 1 else divmod(row, len(places[1]))
                yield offset + begin, offset + end, one, two, value + more[row]

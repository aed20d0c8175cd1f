"""The judge: how likely a text is as Chinese news.

The model gives every word of up to five hanzi a probability (built by `build_model.py` from the word
frequencies of jieba's dictionary); a text is worth its most probable division into words. Measured on
single characters taken out of news sentences, to be chosen again out of the 60–90 that share two of three
bytes, this finds 87 %, a bigram model of characters from the same frequencies 80 %. The file is read at the
first call only.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from etl.repair import ngrams
from etl.repair.variants import simplified

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = Path(__file__).with_name("model.gz")
LONGEST = 5
"""Characters of the longest word in the model."""
QUANTUM = 0.25
"""Step of the log probabilities in the model file, in nats."""
_SHORT = 24
"""Characters below which a text's neighbours are looked up one by one: quicker than to ask the filter."""
_NO_MORE = (0, 0, 0.0)

UNKNOWN_HANZI = -17.0
UNKNOWN = -15.0
_MARKS = {
    **dict.fromkeys("，", -3.5),
    **dict.fromkeys("。、\n ", -4.3),
    **dict.fromkeys("“”（）：《》", -6.0),
    **dict.fromkeys("！？；—…·‘’%()?!", -7.0),
    **dict.fromkeys("＼＾＿｀｜～＂＃＄＆＇＊＠", -19.0),
    **dict.fromkeys("\N{REPLACEMENT CHARACTER}", -8.0),
    **dict.fromkeys("0123456789", -5.0),
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,:;-/", -6.5),
}
"""Log probabilities of what is no hanzi, rounded from counts over 1.2 million characters of news."""


class _Words(dict[str, float]):
    """The model, which answers a single character that it does not know with a value by its kind."""

    def __missing__(self, character: str) -> float:
        return UNKNOWN_HANZI if "㐀" <= character <= "鿿" else UNKNOWN


class _Model(NamedTuple):
    """The model's words, and the filter that tells where they may stand."""

    words: _Words
    filter: NDArray[np.bool_]


@lru_cache(maxsize=1)
def _model() -> _Model:
    text = gzip.decompress(MODEL.read_bytes()).decode("utf-8")
    table = _Words(_MARKS)
    for line in text.split("\n"):
        level, _, members = line.partition(" ")
        table.update(zip(members.split(" "), repeat(int(level) * QUANTUM)))
    return _Model(table, ngrams.build(text))


def words() -> Mapping[str, float]:
    """Return the model: natural-log probability by word (Simplified); any single character has one."""
    return _model().words


def spots(points: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Yield for each size of words the places of `points` where one may start, as `ngrams.spots` does."""
    return ngrams.spots(_model().filter, points)


def words_in(text: str) -> list[tuple[int, int, float]]:
    """Return start, end and nats of the words of two and more in (Simplified) `text`, by their ends."""
    size = len(text)
    if size < _SHORT:
        spans = [
            (start, end) for end in range(2, size + 1) for start in range(max(0, end - LONGEST), end - 1)
        ]
    else:
        import numpy as np

        may = np.zeros((size + 1, LONGEST + 1), np.bool_)
        for length, here in spots(ngrams.codes(text)):
            may[length:, length] = here
        behind, lengths = np.nonzero(may)
        spans = list(zip((behind - lengths).tolist(), behind.tolist(), strict=True))
    known = words().get
    values = map(known, [text[start:end] for start, end in spans])
    return [(*span, value) for span, value in zip(spans, values, strict=True) if value is not None]


def best_splits(text: str) -> list[float]:
    """Return the values of the best divisions of (Simplified) `text[:0]`, `text[:1]` and so on into words."""
    table, values = words(), [0.0]
    found = iter(words_in(text))
    start, end, value = next(found, _NO_MORE)
    for place, character in enumerate(text, 1):
        best = values[-1] + table[character]
        while end == place:
            if values[start] + value > best:
                best = values[start] + value
            start, end, value = next(found, _NO_MORE)
        values.append(best)
    return values


def total(text: str) -> float:
    """Return the log probability of `text` in nats; Traditional characters count as Simplified."""
    return best_splits(simplified(text))[-1]


def totals(texts: Sequence[str]) -> list[float]:
    """Return the log probability of each of `texts`, which is quicker than `total` one by one."""
    values, found, end = best_splits(simplified("\n".join(texts))), [], -1
    for text in texts:
        start, end = end + 1, end + 1 + len(text)
        found.append(round(values[end] - values[start], 6))  # equal texts are worth exactly the same
    return found


def score(text: str) -> float:
    """Return the mean log probability per character of `text`, 0.0 for no text; higher is better."""
    return total(text) / len(text) if text else 0.0


def gain(before: str, after: str, left: str = "", right: str = "") -> float:
    """Return by how many nats `after` is likelier than `before` between the contexts `left` and `right`."""
    left, right = left[1 - LONGEST :], right[: LONGEST - 1]
    return total(left + after + right) - total(left + before + right)

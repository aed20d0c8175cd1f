"""The judge: how likely a text is as Chinese news.

The model gives every word of up to five hanzi a probability (built by `build_model.py` from the word
frequencies of jieba's dictionary); a text is worth its most probable division into words. Measured on
single characters taken out of news sentences, to be chosen again out of the 60–90 that share two of three
bytes, this finds 87 %, a bigram model of characters from the same frequencies 80 %. The file is read at the
first call only.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from etl.repair.variants import simplified

MODEL = Path(__file__).with_name("model.gz")
LONGEST = 5
"""Characters of the longest word in the model."""
QUANTUM = 0.25
"""Step of the log probabilities in the model file, in nats."""

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


class Prefix(NamedTuple):
    """What the judge remembers of the text so far: its last characters and the best value up to each of them.

    `values[-1]` is the value of all text so far, `values[-k]` that of the text without its last k - 1
    characters.
    """

    tail: str
    values: tuple[float, ...]


_NO_WORD = re.compile("[^\u3400-\u9fff]")
"""What is in no word of the model."""
START = Prefix("", (0.0,))
_prefix = tuple.__new__  # half the time of `Prefix(…)`, which searches make millions of


class _Words(dict[str, float]):
    """The model, which answers a single character that it does not know with a value by its kind."""

    def __missing__(self, character: str) -> float:
        value = UNKNOWN_HANZI if "㐀" <= character <= "鿿" else UNKNOWN
        self[character] = value
        return value


@lru_cache(maxsize=1)
def words() -> Mapping[str, float]:
    """Return the model: natural-log probability by word (Simplified); any single character has one."""
    table = _Words(_MARKS)
    for line in gzip.decompress(MODEL.read_bytes()).decode("utf-8").split("\n"):
        level, _, members = line.partition(" ")
        table.update(dict.fromkeys(members.split(" "), int(level) * QUANTUM))
    return table


def extend(prefix: Prefix, character: str, table: Mapping[str, float]) -> Prefix:
    """Return `prefix` with one more (Simplified) `character`; `table` is `words()`."""
    tail, values = prefix
    known = table.get
    best = values[-1] + table[character]
    word = tail + character
    for length in range(2, len(values) + 1):
        value = known(word[-length:])
        if value is not None and values[-length] + value > best:
            best = values[-length] + value
    return _prefix(Prefix, (word[1 - LONGEST :], (*values[1 - LONGEST :], best)))


def best_splits(text: str, table: Mapping[str, float]) -> list[float]:
    """Return the values of the most probable divisions of `text[:0]`, `text[:1]` and so on into words."""
    values, known = [0.0], table.get
    for end, character in enumerate(text, 1):
        best = values[-1] + table[character]
        for start in range(end - LONGEST if end > LONGEST else 0, end - 1):
            value = known(text[start:end])
            if value is not None and values[start] + value > best:
                best = values[start] + value
        values.append(best)
    return values


def best_split(text: str, table: Mapping[str, float]) -> float:
    """Return the value of the most probable division of `text` into words of `table`."""
    return best_splits(text, table)[-1]


def total(text: str) -> float:
    """Return the log probability of `text` in nats; Traditional characters count as Simplified."""
    return best_split(simplified(text), words())


def score(text: str) -> float:
    """Return the mean log probability per character of `text`, 0.0 for no text; higher is better."""
    return total(text) / len(text) if text else 0.0


def gain(before: str, after: str, left: str = "", right: str = "") -> float:
    """Return by how many nats `after` is likelier than `before` between the contexts `left` and `right`."""
    left, right = left[1 - LONGEST :], right[: LONGEST - 1]
    return total(left + after + right) - total(left + before + right)


def after(text: str) -> Prefix:
    """Return the prefix that a search starts from behind the sound `text` (Simplified or Traditional)."""
    prefix, table = START, words()
    for character in simplified(text[1 - LONGEST :]):
        prefix = extend(prefix, character, table)
    return prefix


def with_right(prefix: Prefix, right: str) -> float:
    """Return the value of `prefix` with the sound text `right` behind it, as far as that can form a word."""
    table = words()
    for character in simplified(right[: LONGEST - 1]):
        prefix = extend(prefix, character, table)
    return prefix.values[-1]


def fits(characters: str, left: str, right: str) -> list[float]:
    """Return for each of `characters` the value of it alone between the sound texts `left` and `right`.

    That is `with_right` behind `left` and the character, at a fourth of the time.
    """
    prefix, rest, table = after(left), simplified(right[: LONGEST - 1]), words()
    behind = [best_split(rest[start:], table) for start in range(len(rest) + 1)]
    frames = [
        (prefix.tail[len(prefix.tail) - m :], rest[:n], prefix.values[-1 - m] + behind[n])
        for m in range(len(prefix.values))
        for n in range(min(LONGEST - m, len(behind)))
        if (m or n) and not _NO_WORD.search(prefix.tail[len(prefix.tail) - m :] + rest[:n])
    ]
    found, known = [], table.get
    for character in simplified(characters):
        best = prefix.values[-1] + table[character] + behind[0]
        for before, behind_it, value in frames:
            word = known(before + character + behind_it)
            if word is not None and word + value > best:
                best = word + value
        found.append(best)
    return found


def rank(candidates: Iterable[str], left: str = "", right: str = "") -> list[tuple[float, str]]:
    """Return (nats, candidate) for each candidate between the sound texts around it, the likeliest first."""
    start, table = after(left), words()
    ranked = []
    for candidate in candidates:
        prefix = start
        for character in simplified(candidate):
            prefix = extend(prefix, character, table)
        ranked.append((with_right(prefix, right), candidate))
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))

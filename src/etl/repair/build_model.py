"""Build the judge's data file from the word frequencies of the package jieba (dependency group bench).

Run `python -m etl.repair.build_model`; the same jieba gives the same bytes. The file holds one line per
quarter of a nat: the log probability in quarters, then the words that have it. Words that their own parts
explain as well are left out, and a character's entry is at least a fiftieth of its share of all printed
characters, so that unknown words still cost what their characters cost.
"""

from __future__ import annotations

import gzip
import importlib.util
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from etl.errors import DataError
from etl.repair.judge import LONGEST, MODEL, QUANTUM, words
from etl.repair.slip_signs import COMMON, RARE
from etl.repair.variants import simplified

MIN_COUNT = 3
"""jieba's filler count is 3: below it stand a handful of odd entries."""

PART_SHARE = 0.02
"""How much of a character's total use counts as use of the character alone."""

_HANZI = re.compile(r"[一-龥]+")


def frequencies() -> dict[str, int]:
    """Return the counts of jieba's words that consist of hanzi only.

    Raises `DataError` where jieba is not installed.
    """
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise DataError(
            "jieba is not installed: install the dependency group bench to build the language model"
        )
    counts: dict[str, int] = {}
    for line in (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count = line.split(" ")[:2]
        if _HANZI.fullmatch(word):
            counts[word] = int(count)
    return counts


def log_probabilities(counts: dict[str, int]) -> dict[str, float]:
    """Return natural-log probabilities of the words worth keeping out of `counts`."""
    words_total = sum(counts.values())
    characters: Counter[str] = Counter()
    for word, count in counts.items():
        for character in word:
            characters[character] += count
    characters_total = sum(characters.values())
    kept = {
        character: math.log(
            max(counts.get(character, 0) / words_total, PART_SHARE * count / characters_total)
        )
        for character, count in characters.items()
    }
    for word in sorted(counts, key=lambda w: (len(w), w)):
        if 1 < len(word) <= LONGEST and counts[word] >= MIN_COUNT:
            value = math.log(counts[word] / words_total)
            if value > best_split(word, kept) + QUANTUM:
                kept[word] = value
    return kept


def best_split(text: str, table: Mapping[str, float]) -> float:
    """Return the value of the most probable division of `text` into words of `table`."""
    values = [0.0]
    for end, character in enumerate(text, 1):
        best = values[-1] + table[character]
        for start in range(max(0, end - LONGEST), end - 1):
            best = max(best, values[start] + table.get(text[start:end], -math.inf))
        values.append(best)
    return values[-1]


def build() -> bytes:
    """Return the bytes of the model file."""
    levels: defaultdict[int, list[str]] = defaultdict(list)
    for word, value in log_probabilities(frequencies()).items():
        levels[round(value / QUANTUM)].append(word)
    lines = [" ".join([str(level), *sorted(words)]) for level, words in sorted(levels.items(), reverse=True)]
    return gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0)


def common() -> str:
    """Return the hanzi of both scripts that the model on disk finds common, in code point order."""
    hanzi = map(chr, range(0x4E00, 0x9FA6))
    return "".join(c for c in hanzi if words()[simplified(c)] >= RARE)


if __name__ == "__main__":
    MODEL.write_bytes(build())
    COMMON.write_text(common() + "\n", "utf-8", newline="\n")
    print(f"{MODEL}: {MODEL.stat().st_size} bytes, {COMMON}: {COMMON.stat().st_size} bytes")

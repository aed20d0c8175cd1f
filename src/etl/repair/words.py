"""The common words of Chinese news: what tells `市.委` (a word, split) from `力·买` (two parts of a name).

`words.txt` holds one word of two to four characters a line. `python -m etl.repair.words` writes it anew from
the word frequencies of jieba (MIT licence, https://github.com/fxsjy/jieba), which only the build needs.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path

LEAST_FREQUENCY = 50
"""Occurrences in jieba's corpus; rarer entries are mostly fragments and typing errors."""


@cache
def load() -> frozenset[str]:
    """Return the words of `words.txt`."""
    return frozenset(resources.files(__package__).joinpath("words.txt").read_text("utf-8").split())


def joins(left: str, right: str) -> str:
    """Return the longest word made of the end of `left` and the beginning of `right`, or ""."""
    known = load()
    for size in (4, 3, 2):
        for taken in range(min(size - 1, len(left)), 0, -1):
            word = left[-taken:] + right[: size - taken]
            if len(word) == size and word in known:
                return word
    return ""


def build(target: Path) -> int:
    """Write the word list to `target` and return the number of words."""
    folder = resources.files("jieba")
    rows = (line.split(" ") for line in folder.joinpath("dict.txt").read_text("utf-8").splitlines())
    hanzi = re.compile("[一-鿿]{2,4}")
    words = sorted(row[0] for row in rows if int(row[1]) >= LEAST_FREQUENCY and hanzi.fullmatch(row[0]))
    target.write_text("\n".join(words) + "\n", "utf-8", newline="\n")
    return len(words)


if __name__ == "__main__":
    print(build(Path(__file__).with_name("words.txt")), "words")

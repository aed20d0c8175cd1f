"""The words of attributed statements, compiled once from `speech.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from etl.lexicon.tables import rows
from etl.meeting.credit_names import surnames


def _chief(text: str, start: int) -> bool:
    """Tell whether 总 is an office behind a surname that opens its clause: 秦总要求."""
    opens = start == 1 or not "\u4e00" <= text[start - 2 : start - 1] <= "\u9fff"
    return start > 0 and opens and text[start - 1] in surnames()


class Speech(NamedTuple):
    """The words by what they do: `ids` holds the opening verbs; tuples are endings, longest first."""

    scanner: Any
    words: tuple[str, ...]
    ids: dict[str, str]
    leading: frozenset[str]
    closing: frozenset[str]
    pronoun: re.Pattern[str]
    collective: tuple[str, ...]
    outside: tuple[str, ...]
    adverbs: tuple[str, ...]
    opener: re.Pattern[str]
    barrier: re.Pattern[str]

    def verbs(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, verb) of the verbs of speech in a text, not those inside words that are none."""
        for index, start, end in self.scanner.find_matches_as_indexes(text):
            word = self.words[index]
            if word in self.ids:
                yield start, end, word
            elif word[0] == "总" and word[1:] in self.ids and _chief(text, start):
                yield start + 1, end, word[1:]

    def bare(self, words: str) -> str:
        """Return a subject or a gap without the adverbs at its end."""
        words = words.rstrip()
        while words.endswith(self.adverbs):
            words = words[: -len(next(adverb for adverb in self.adverbs if words.endswith(adverb)))]
        return words


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, _sorted(words)))


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def speech() -> Speech:
    """Return the compiled table."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    words: dict[str, list[str]] = {}
    for row in rows("speech"):
        words.setdefault(row["kind"], []).append(row["text"])
    ids = {row["text"]: row["id"] for row in rows("speech") if row["kind"] in ("verb", "other", "tell")}
    scanned = (*ids, *words["noun"])
    return Speech(
        scanner=AhoCorasick(scanned, matchkind=MatchKind.LeftmostLongest),
        words=scanned,
        ids=ids,
        leading=frozenset(words["verb"]),
        closing=frozenset(words["tell"]),
        pronoun=re.compile(_any(words["pronoun"])),
        collective=_sorted(words["collective"]),
        outside=_sorted(words["background"] + words["document"]),
        adverbs=_sorted(words["adverb"]),
        opener=re.compile(f"(?:{_any(words['opener'])})(?=[^，]{{2}})"),
        barrier=re.compile(f"(?!在[座场])(?:{_any(words['barrier'])})"),
    )

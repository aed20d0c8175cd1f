"""The words of attributed statements, compiled once from `speech.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from etl.lexicon.tables import rows


class Speech(NamedTuple):
    """The words by what they do; `verb` matches an opening verb or, as `noun`, a word that is none."""

    verb: re.Pattern[str]
    ids: dict[str, str]
    leading: frozenset[str]
    closing: frozenset[str]
    pronoun: re.Pattern[str]
    collective: re.Pattern[str]
    outside: re.Pattern[str]
    adverbs: re.Pattern[str]
    opener: re.Pattern[str]
    barrier: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def speech() -> Speech:
    """Return the compiled table."""
    words: dict[str, list[str]] = {}
    for row in rows("speech"):
        words.setdefault(row["kind"], []).append(row["text"])
    verbs = words["verb"] + words["other"] + words["tell"]
    return Speech(
        verb=re.compile(f"(?P<noun>{_any(words['noun'])})|(?P<verb>{_any(verbs)})"),
        ids={row["text"]: row["id"] for row in rows("speech") if row["kind"] in ("verb", "other", "tell")},
        leading=frozenset(words["verb"]),
        closing=frozenset(words["tell"]),
        pronoun=re.compile(_any(words["pronoun"])),
        collective=re.compile(f"(?:{_any(words['collective'])})$"),
        outside=re.compile(f"(?:{_any(words['background'] + words['document'])})$"),
        adverbs=re.compile(f"(?:{_any(words['adverb'])})+$"),
        opener=re.compile(f"(?:{_any(words['opener'])})(?=[^，]{{2}})"),
        barrier=re.compile(f"(?!在[座场])(?:{_any(words['barrier'])})"),
    )

"""The tables of name recognition, and how well a name can end at a place of a text."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from etl.lexicon.tables import rows

STOP = frozenset("、，。；：！？,;:!?（）()《》〈〉“”‘’「」【】[]<>—-－…/|\n\t\r \u3000")
"""Marks and blanks, which no name contains."""


class Lexicon(NamedTuple):
    """Surnames by how sure they are, words that follow names, words and places that are no names.

    `reach` maps a character to the lengths, longest first, of the following words that it begins.
    """

    strong: frozenset[str]
    weak: frozenset[str]
    rare: frozenset[str]
    compound: frozenset[str]
    syllables: frozenset[str]
    following: frozenset[str]
    reach: dict[str, tuple[int, ...]]
    common: frozenset[str]
    places: frozenset[str]
    countries: frozenset[str]
    posts: frozenset[str]
    verbs: frozenset[str]


class Name(NamedTuple):
    """A name that ends at `end`; `score` is its boundary (3 sure, 1 weak).

    `kind` is han, dotted, foreign or minority.
    """

    end: int
    score: int
    kind: str


@cache
def lexicon() -> Lexicon:
    """Return the tables, read once."""
    surnames = rows("surnames")
    single = [row for row in surnames if row["kind"] == "single"]
    following = {row["text"] for row in rows("words") if row["kind"] == "next"}
    following |= {row["text"] for row in rows("verbs")}
    lengths: dict[str, set[int]] = {}
    for word in following:
        lengths.setdefault(word[0], set()).add(len(word))
    acting = [row["text"] for row in rows("verbs") if row["role"] not in ("hear", "act", "visit")]
    return Lexicon(
        strong=frozenset(row["text"] for row in single if row["grade"] == "strong"),
        weak=frozenset(row["text"] for row in single if row["grade"] == "weak"),
        rare=frozenset(row["text"] for row in single if row["grade"] == "rare"),
        compound=frozenset(row["text"] for row in surnames if row["kind"] == "compound"),
        syllables=frozenset(letter for row in rows("syllables") for letter in row["text"]),
        following=frozenset(following),
        reach={letter: tuple(sorted(found, reverse=True)) for letter, found in lengths.items()},
        common=frozenset(row["text"] for row in rows("common")),
        places=frozenset(place for row in rows("places") for place in (row["text"], row["short"])),
        countries=frozenset(row["text"] for row in rows("countries")),
        posts=frozenset(row["text"] for row in rows("posts") if len(row["text"]) > 1),
        verbs=frozenset(acting),
    )


def follow(text: str, end: int) -> int:
    """Return the length of the longest word at `end` that follows names, 0 for none."""
    lex = lexicon()
    for length in lex.reach.get(text[end : end + 1], ()):
        if text[end : end + length] in lex.following:
            return length
    return 0


def boundary(text: str, end: int) -> int:
    """Return how well a name can end here: 3 before a mark or a word, 1 before a function character, 0."""
    if end >= len(text) or text[end] in STOP or "0" <= text[end] <= "9":
        return 3
    return (0, 1, 3)[min(follow(text, end), 2)]


def free(word: str) -> bool:
    """Tell whether `word` is no ordinary word, and holds no office (班子成员, 市领导)."""
    lex = lexicon()
    spots = ((i, n) for n in (2, 3) for i in range(len(word) - n + 1))
    return word not in lex.common and not any(word[i : i + n] in lex.posts for i, n in spots)

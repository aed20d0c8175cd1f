"""One Aho–Corasick scan of a text for every anchor word of the grammar."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from etl.lexicon.tables import rows


class Token(NamedTuple):
    """One lexicon word found at `text[start:end]`.

    `kind` is post, label, byline, verb, noun or keep; `value` its role (verbs) or event type (nouns); `row`
    its lexicon id. `scope`: a verb takes an object up to the end of its clause, an office may follow a name.
    """

    start: int
    end: int
    kind: str
    value: str
    row: str
    scope: bool


@cache
def _entries() -> dict[str, tuple[str, str, str, bool]]:
    """Return word -> (kind, value, row id, scope); where tables share a word, the first table named wins."""
    found: dict[str, tuple[str, str, str, bool]] = {}
    for row in rows("words"):
        if row["kind"] == "keep":
            found.setdefault(row["text"], ("keep", "", row["id"], False))
    for row in rows("meetings"):
        found.setdefault(row["text"], ("noun", row["type"], row["id"], False))
    for row in rows("verbs"):
        found.setdefault(row["text"], ("verb", row["role"], row["id"], row["scope"] == "1"))
    for row in rows("posts"):
        found.setdefault(row["text"], (row["kind"], "", row["id"], row["behind"] == "1"))
    return found


@cache
def _automaton() -> tuple[Any, list[tuple[str, str, str, bool]]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    entries = _entries()
    return AhoCorasick(list(entries), matchkind=MatchKind.LeftmostLongest), list(entries.values())


# Behind these 作 ends a word (工作, 合作) and begins no verb (作交流).
_WORKED = re.compile("[工合运操动写制协习著创振劳发耕农当看]作(?!了)")


# 会见中 is a time (会见中，双方……), but not before a name that begins with 中: 会见中国……, 考察中心.
_MIDST = re.compile(
    "会[见谈]中(?=[\u4e00-\u9fff])(?!双方|两|[他她]|大家|指出|强调|表示|说|要求|提出|谈|了解|就|对|围绕)"
    "|(?:调研|考察|检查|走访)中(?=[国央铁建交信海粮科石航车化核电联移煤冶储医心学小华])"
)


def scan(text: str) -> list[Token]:
    """Return the lexicon words of `text`, leftmost longest, in order and without overlap."""
    automaton, values = _automaton()
    tokens = [
        tuple.__new__(Token, (start, end, *values[index]))  # half the time of Token(…)
        for index, start, end in automaton.find_matches_as_indexes(text)
    ]
    worked = {match.start() + 1 for match in _WORKED.finditer(text)}
    midst = {match.start() for match in _MIDST.finditer(text)}
    false = (
        [
            place
            for place, t in enumerate(tokens)
            if (t[0] in worked and t[2] == "verb") or (t[0] in midst and t[2] == "keep")
        ]
        if worked or midst
        else []
    )
    for place in reversed(false):
        token = tokens[place]
        after = tokens[place + 1].start if place + 1 < len(tokens) else len(text)
        if token.kind == "keep":
            rest = shorter(text, token.start, token.end - 1)
        else:
            rest = shorter(text, token.start + 1, min(after, token.end + 2))
        tokens[place : place + 1] = [rest] if rest else []
    return tokens


def shorter(text: str, start: int, end: int) -> Token | None:
    """Return the longest lexicon word that begins at `start` and ends at `end` or before, or None."""
    entries = _entries()
    for stop in range(end, start + 1, -1):
        if found := entries.get(text[start:stop]):
            return Token(start, stop, *found)
    return None

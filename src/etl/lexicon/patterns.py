"""Patterns of the grammar: their alternatives lie in `patterns.tsv`, one a row, each with an id."""

from __future__ import annotations

import re
from functools import cache

from etl.lexicon.tables import rows

_OPENING = re.compile(
    r"(?P<back>(?:\(\?<[!=](?:\[[^\])]*\]|\\d|[^()\[\]|?*+{}.^$\\])+\))*)"
    r"(?:(?P<letter>[^()\[\]|?*+{}.^$\\])|\[(?P<letters>[^()\[\]|?*+{}.^$\\-]+)\])(?![?*+{])"
)
_NESTED = re.compile(r"\[[^\]]*\]|\([^()]*\)")


@cache
def alternation(name: str) -> str:
    """Return the alternatives of a pattern as one group `(?:…|…)`; raises `KeyError` for an unknown name."""
    found = [row["text"] for row in rows("patterns") if row["name"] == name]
    if not found:
        raise KeyError(name)
    return "(?:" + "|".join(map(_opened, found)) + ")"


def opening(name: str) -> str:
    """Return a look-ahead for the characters with which the alternatives of a pattern begin.

    It spares trying all of them at every place; it is empty where an alternative begins with anything else.
    """
    found = [row["text"] for row in rows("patterns") if row["name"] == name]
    letters: list[str] = []
    for text in found:
        match = _OPENING.match(text)
        if "|" in _NESTED.sub("", _NESTED.sub("", text)) or not (match or re.match(r"\\d(?![?*{])", text)):
            return ""
        letters.append((match["letter"] or match["letters"]) if match else r"\d")
    return f"(?=[{''.join(letters)}])"


def _opened(alternative: str) -> str:
    r"""Return an alternative that means the same and begins with a character, where it can.

    `(?<!a)[bc]d` becomes `b(?<!ab)d|c(?<!ac)d`: where every alternative begins with a character, `re` jumps
    from one such character to the next (observed in CPython's `re._compiler`: charset prefix).
    """
    match = _OPENING.match(alternative)
    if match is None:
        return alternative
    letters, rest = match["letter"] or match["letters"], alternative[match.end() :]
    if "|" in _NESTED.sub("", rest):
        return alternative
    return "|".join(letter + match["back"].replace(")", f"{letter})") + rest for letter in letters)

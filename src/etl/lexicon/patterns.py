"""Patterns of the grammar: their alternatives lie in `patterns.tsv`, one a row, each with an id."""

from __future__ import annotations

from functools import cache

from etl.lexicon.tables import rows


@cache
def alternation(name: str) -> str:
    """Return the alternatives of a pattern as one group `(?:…|…)`; raises `KeyError` for an unknown name."""
    found = [row["text"] for row in rows("patterns") if row["name"] == name]
    if not found:
        raise KeyError(name)
    return "(?:" + "|".join(found) + ")"

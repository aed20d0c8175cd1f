"""E1–E6: whole texts or stretches that were decoded with the wrong table, read again with the right one."""

from __future__ import annotations

from etl.repair import mojibake_gb, mojibake_gb_runs, mojibake_latin
from etl.repair.binary import is_binary
from etl.repair.edits import Edit, apply_edits, without_overlaps

_LAYERS = 4

TRIGGERS = mojibake_latin.TRIGGERS
pairs = mojibake_gb_runs.pairs


def find(text: str) -> list[Edit]:
    """Return the stretches of `text` that are bytes read with the wrong table, one layer of it undone."""
    if is_binary(text):
        return []
    return without_overlaps(mojibake_latin.find(text) or mojibake_gb.find(text))


def reverse(text: str) -> str:
    """Return `text` with every layer of wrong decoding undone; what is lost is U+FFFD."""
    for _ in range(_LAYERS):
        before, text = text, apply_edits(text, find(text))
        if text == before:
            break
    return text

"""The readings (pinyin) of characters, toneless, from pypinyin's tables."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_NOT_LETTERS = re.compile(r"[^a-z]+")


def toneless(reading: str) -> str:
    """Return `reading` in plain letters: wěn → wen, and lǜ, lü, lu:4 and lv4 all → lv."""
    letters = reading.lower().replace("u:", "v")
    if not letters.isascii():
        letters = unicodedata.normalize("NFD", letters).replace("u\u0308", "v")
        letters = "".join(c for c in letters if not unicodedata.combining(c))
    return _NOT_LETTERS.sub("", letters)


def has_tone(reading: str) -> bool:
    """Tell whether `reading` bears a tone mark (acute, grave, macron or caron)."""
    return any(c in "\u0300\u0301\u0304\u030c" for c in unicodedata.normalize("NFD", reading))


@cache
def of(character: str) -> frozenset[str]:
    """Return every toneless reading of `character`, none where it is no known hanzi."""
    from pypinyin.constants import PINYIN_DICT

    listed = PINYIN_DICT.get(ord(character), "")
    return frozenset(toneless(reading) for reading in listed.split(",") if reading)


def is_reading(letters: str, word: str) -> bool:
    """Tell whether toneless `letters` are a reading of all of `word` (huiyi: 会议), any of each character."""
    if not word:
        return not letters
    return any(letters.startswith(r) and is_reading(letters[len(r) :], word[1:]) for r in of(word[0]))

"""Which characters stand for which across the scripts, from OpenCC's one-character tables.

`variants.tsv` adds what other converters were seen to write.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=2)
def _converted(profile: str) -> dict[str, str]:
    """Return character → converted character for every hanzi of GBK that OpenCC's `profile` changes alone."""
    import opencc

    hanzi = [chr(code) for code in range(0x4E00, 0x9FA6)]
    other = opencc.OpenCC(profile).convert("\n".join(hanzi)).split("\n")
    return {a: b for a, b in zip(hanzi, other, strict=True) if a != b and len(b) == 1}


@lru_cache(maxsize=1)
def _simplifying() -> dict[int, str]:
    return str.maketrans(_converted("t2s"))


@lru_cache(maxsize=1)
def traditional_only() -> frozenset[str]:
    """Return the characters that Simplified text writes otherwise."""
    return frozenset(_converted("t2s"))


@lru_cache(maxsize=1)
def traditional_pattern() -> re.Pattern[str]:
    """Return the pattern of a character that Simplified text writes otherwise."""
    return re.compile(f"[{''.join(sorted(traditional_only()))}]")


def is_traditional(character: str) -> bool:
    """Tell whether Simplified text writes `character` otherwise (會)."""
    return ord(character) in _simplifying()


def is_simplified(character: str) -> bool:
    """Tell whether Traditional text commonly writes `character` otherwise (会; also 后, 里)."""
    return character in _converted("s2t")


def simplified(text: str) -> str:
    """Return `text` with each Traditional character as its Simplified form: as many characters as before."""
    return text if text.isascii() else text.translate(_simplifying())


@lru_cache(maxsize=1)
def _traditionalising() -> dict[int, str]:
    return str.maketrans(_converted("s2t"))


def traditional(text: str) -> str:
    """Return `text` as a converter without a dictionary makes it Traditional: as many characters."""
    return text.translate(_traditionalising())


@lru_cache(maxsize=1)
def sources() -> dict[str, tuple[str, ...]]:
    """Return for a Traditional character the Simplified ones from which a converter makes it (憂 → 忧)."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for simple, traditional in _converted("s2t").items():
        found[traditional].append(simple)
    for traditional, simple in _converted("t2s").items():
        if simple not in found[traditional]:
            found[traditional].append(simple)
    for row in Path(__file__).with_name("variants.tsv").read_text("utf-8").splitlines()[1:]:
        _, simple, traditional_form, _ = row.split("\t")
        found[traditional_form].append(simple)
    return {character: tuple(forms) for character, forms in found.items()}

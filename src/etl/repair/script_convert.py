"""Traditional to Simplified, character for character: OpenCC, overruled by words that it gets wrong."""

from __future__ import annotations

import re

from etl.repair import script_tables as tables

_AMBIGUOUS = re.compile(f"[{tables.AMBIGUOUS}]")


def convert(text: str) -> str:
    """Return the Simplified form of `text`, of the same length.

    著 is 着 but in words such as 显著, 乾 is 干 but in 乾县, 乾隆 and names (OpenCC issues 555, 602, 1154).
    """
    simplified = _by_opencc(text)
    pattern, table = tables.variants()
    if pattern.search(simplified):
        simplified = simplified.translate(table)
    shown = _with_ambiguous(text, simplified)
    scanner, results = tables.words()
    found = scanner.find_matches_as_indexes(tables.without_surrogates(shown))
    kept = [(m.start(), m.end(), m[0]) for m in tables.names().finditer(shown)] if "乾" in shown else []
    if not found and not kept:
        return simplified
    chars = list(simplified)
    for index, start, end in found:
        chars[start:end] = results[index]
    for start, end, name in kept:
        chars[start:end] = name
    return "".join(chars)


def _with_ambiguous(text: str, simplified: str) -> str:
    """Return `simplified` with the characters of `tables.AMBIGUOUS` as `text` has them."""
    pieces: list[str] = []
    position = 0
    for match in _AMBIGUOUS.finditer(text):
        start = match.start()
        pieces += (simplified[position:start], match[0])
        position = start + 1
    return "".join([*pieces, simplified[position:]]) if pieces else simplified


def _by_opencc(text: str) -> str:
    """Return OpenCC's conversion, done character by character where it would change the length."""
    converter = tables.opencc("t2s")
    safe = tables.without_surrogates(text)
    converted: str = converter.convert(safe)
    if len(converted) != len(text):
        converted = "".join(c if len(c := converter.convert(char)) == 1 else char for char in safe)
    if safe != text:
        converted = "".join(
            old if "\ud800" <= old <= "\udfff" else new for old, new in zip(text, converted, strict=True)
        )
    return converted

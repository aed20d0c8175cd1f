"""Traditional to Simplified, character for character: OpenCC, overruled by words that it gets wrong."""

from __future__ import annotations

from etl.repair import script_tables as tables


def convert(text: str) -> str:
    """Return the Simplified form of `text`, of the same length.

    著 is 着 but in words such as 显著, 乾 is 干 but in 乾县, 乾隆 and names (OpenCC issues 555, 602, 1154).
    """
    simplified = _by_opencc(text).translate(tables.variants())
    shown = "".join(
        old if old in tables.AMBIGUOUS else new for old, new in zip(text, simplified, strict=True)
    )
    chars = list(simplified)
    pattern, known = tables.words()
    for match in pattern.finditer(shown):
        chars[match.start() : match.end()] = known[match[0]]
    if "乾" in shown:
        for match in tables.names().finditer(shown):
            chars[match.start() : match.end()] = match[0]
    return "".join(chars)


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

"""G1–G2: readings in brackets that a tool put behind characters: `穩(wěn)就業(yè)`, `會(hui)(hui)議`.

A bracket goes only where it is a reading of the character, or the whole word, before it. A reading printed
once behind a rare character (垚（yáo）) helps readers of a sound text and stays; so do single letters, and
word-long toneless ones, unless other glosses show that a tool was at work. G3 here is a gloss cut off by
the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from etl.repair import readings
from etl.repair.edits import Edit

_LETTERS = r"[a-zàáèéêìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜǹḿ:\u0300\u0301\u0304\u0308\u030c]{1,24}[1-5]?"
_BRACKET = re.compile(rf"[ \u00a0]?[(（][ \u00a0]?({_LETTERS})[ \u00a0]?[)）]")
_GLOSSED = re.compile(rf"[㐀-鿿𠀀-𲎯](?:{_BRACKET.pattern.replace('(' + _LETTERS + ')', _LETTERS)})+")
_OPENED = re.compile("[(（][ \u00a0]?[a-zà-ǜḿ\u0300]")
_CUT = re.compile(rf"([㐀-鿿])[ \u00a0]?[(（]({_LETTERS})(?=\n|\Z)")
_LONGEST_WORD = 4
_A_TOOL = 3
"""So many glosses in one text are no help to readers but a tool's work."""
_RARE, _VERY_RARE = -11.5, -12.5
"""Log probabilities below which an editor would gloss a character, in full-width brackets or others."""


def pairs() -> list[tuple[str, str]]:
    """Return the neighbours without which there is no gloss: a bracket and a letter or space."""
    return [("(（", "".join(map(chr, (*range(0x61, 0x7B), *range(0xE0, 0x1DD), 0x300, 0x20, 0xA0))))]


def find(text: str) -> list[Edit]:
    """Return the removal of every gloss of `text`: one edit for all brackets behind a character."""
    found = [gloss for match in _glossed(text) for gloss in _glosses(text, match)]
    certain = sum(1 for gloss in found if gloss.confidence >= 0.9)
    if certain < _A_TOOL:
        found = [gloss for gloss in found if gloss.confidence >= 0.9 and not _for_readers(text, gloss)]
    if certain:
        found.extend(_cut(text))
        found.sort(key=lambda gloss: gloss.start)
    return found


def _glossed(text: str) -> Iterator[re.Match[str]]:
    """Yield each character of `text` that has brackets behind it, found by these."""
    end = 0
    for opened in _OPENED.finditer(text):
        start = opened.start() - 1
        if start >= end and text[start] in " \u00a0":
            start -= 1
        if start >= end and (match := _GLOSSED.match(text, start)):
            end = match.end()
            yield match


def _glosses(text: str, match: re.Match[str]) -> Iterator[Edit]:
    """Yield the gloss behind the first character of `match`, of low confidence where it may be sound."""
    glossed = match.group()
    plain = _plain(glossed)
    if plain:
        yield Edit(match.start() + 1, match.end(), "", *plain)
        return
    base = match.start() + 1
    end, toned, short, count = base, False, False, 0
    for bracket in _BRACKET.finditer(glossed, 1):
        letters = readings.toneless(bracket.group(1))
        whole = letters in readings.of(glossed[0])
        if not whole and not _reads_word(letters, text[max(0, base - _LONGEST_WORD) : base]):
            break
        end = match.start() + bracket.end()
        toned = toned or readings.has_tone(bracket.group(1))
        short = short or not whole or len(letters) == 1
        count += 1
    if count:
        yield Edit(base, end, "", *_kind(toned, count, short))


@lru_cache(maxsize=8192)
def _plain(glossed: str) -> tuple[str, float] | None:
    """Return rule and confidence if all brackets of `glossed` are readings of its character."""
    spelled = [bracket.group(1) for bracket in _BRACKET.finditer(glossed, 1)]
    letters = [readings.toneless(reading) for reading in spelled]
    if not readings.of(glossed[0]).issuperset(letters):
        return None
    return _kind(any(map(readings.has_tone, spelled)), len(letters), min(map(len, letters)) == 1)


def _kind(toned: bool, count: int, short: bool) -> tuple[str, float]:
    """Return rule and confidence of `count` brackets; `short` tells that they may be sound."""
    confidence = 0.99 if toned or count > 1 else 0.5 if short else 0.95
    return "G1" if toned else "G2", confidence


def _reads_word(letters: str, before: str) -> bool:
    """Tell whether `letters` are the reading of the last two to four characters of `before`."""
    return any(
        readings.is_reading(letters, before[-length:])
        for length in range(2, len(before) + 1)
        if len(letters) > 2
    )


def _for_readers(text: str, gloss: Edit) -> bool:
    """Tell whether an editor may have printed `gloss` to help with a rare character."""
    from etl.repair.judge import words
    from etl.repair.variants import simplified

    printed = "（" in text[gloss.start : gloss.end]
    return words()[simplified(text[gloss.start - 1])] < (_RARE if printed else _VERY_RARE)


def _cut(text: str) -> Iterator[Edit]:
    """Yield glosses without their closing bracket at the end of a line."""
    for match in _CUT.finditer(text):
        if readings.toneless(match.group(2)) in readings.of(match.group(1)):
            yield Edit(match.end(1), match.end(), "", "G3", 0.9)

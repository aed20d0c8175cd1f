"""G1–G2: readings in brackets that a tool put behind characters: `穩(wěn)就業(yè)`, `會(hui)(hui)議`.

A bracket goes only where it is a reading of the character, or the whole word, before it. A reading in
full-width brackets behind a rare character (垚（yáo）) helps readers of a sound text and stays; so do single
letters, and word-long toneless ones, unless other glosses show that a tool was at work. G3 here is a gloss
cut off by the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from etl.repair import readings
from etl.repair.edits import Edit

_LETTERS = r"[a-zàáèéêìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜǹḿ:\u0300\u0301\u0304\u0308\u030c]{1,24}[1-5]?"
_ONE = f"[(（][ \u00a0]?({_LETTERS})[ \u00a0]?[)）]"
_BRACKET = re.compile(_ONE)
_RUN = re.compile("({0}(?:[ \u00a0]?{0})*)".format(_ONE.replace("(" + _LETTERS + ")", _LETTERS)))
_LETTERS_ONLY = re.compile(_LETTERS)
_LINE_END = re.compile("\n|\\Z")
_LONGEST_CUT = 26
_HANZI_END = re.compile("[㐀-鿿𠀀-𲎯]\\Z")
_SPACES = frozenset(" \u00a0")
_LONGEST_WORD = 4
_A_TOOL = 3
"""So many glosses in one text are no help to readers but a tool's work."""
_RARE = -11.5
"""Log probability below which an editor would gloss a character."""


def pairs() -> list[tuple[str, str]]:
    """Return the neighbours without which there is no gloss: a bracket and a letter or space."""
    return [("(（", "".join(map(chr, (*range(0x61, 0x7B), *range(0xE0, 0x1DD), 0x300, 0x20, 0xA0))))]


def split(text: str) -> list[str]:
    """Return `text` cut before and behind each run of brackets that look like glosses: every second piece."""
    return _RUN.split(text)


def find(text: str) -> list[Edit]:
    """Return the removal of every gloss of `text`: one edit for all brackets behind a character."""
    found = glosses(text)
    certain = sum([gloss.confidence >= 0.9 for gloss in found])
    if certain < _A_TOOL:
        found = [gloss for gloss in found if gloss.confidence >= 0.9 and not _for_readers(text, gloss)]
    if certain and (cut := list(_cut(text))):
        found = sorted([*found, *cut], key=lambda gloss: gloss.start)
    return found


@lru_cache(maxsize=1)  # the slip search asks right before this family does
def glosses(text: str) -> list[Edit]:
    """Return the glosses of `text`, of low confidence where they may be sound."""
    found: list[Edit] = []
    pieces = split(text)
    position = 0
    for before, brackets in zip(pieces[::2], pieces[1::2], strict=False):
        start = base = position + len(before)
        position = start + len(brackets)
        if before[-1:] in _SPACES:
            base -= 1
        known = _plain(text[base - 1 : base], brackets)
        if known:
            found.append(Edit(base, position, "", known[0], known[1]))
        elif base > 0:
            found.extend(_of_word(text, base, start, brackets))
    return found


def _of_word(text: str, base: int, start: int, brackets: str) -> Iterator[Edit]:
    """Yield the gloss behind `base` as far as `brackets` from `start` on read the word or character there."""
    word = _HANZI_END.search(text, max(0, base - _LONGEST_WORD), base)
    end, toned, short, count = base, False, False, 0
    for bracket in _BRACKET.finditer(brackets) if word else ():
        letters = readings.toneless(bracket.group(1))
        whole = letters in readings.of(text[base - 1])
        if not whole and not _reads_word(letters, text[max(0, base - _LONGEST_WORD) : base]):
            break
        end = start + bracket.end()
        toned = toned or readings.has_tone(bracket.group(1))
        short = short or not whole or len(letters) == 1
        count += 1
    if count:
        yield Edit(base, end, "", *_kind(toned, count, short))


@lru_cache(maxsize=8192)
def _plain(character: str, brackets: str) -> tuple[str, float] | None:
    """Return rule and confidence if all `brackets` are readings of `character`."""
    spelled = _BRACKET.findall(brackets)
    letters = [readings.toneless(reading) for reading in spelled]
    if len(character) != 1 or not readings.of(character).issuperset(letters):
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
    """Tell whether an editor may have printed `gloss`, in full-width brackets, for a rare character."""
    from etl.repair.judge import words
    from etl.repair.variants import simplified

    full_width = "（" in text[gloss.start : gloss.end]
    return full_width and words()[simplified(text[gloss.start - 1])] < _RARE


def _cut(text: str) -> Iterator[Edit]:
    """Yield glosses without their closing bracket at the end of a line."""
    for line in _LINE_END.finditer(text):
        end = line.start()
        place = max(text.rfind(opener, max(0, end - _LONGEST_CUT), end) for opener in "(（")
        if place > 0 and (letters := _LETTERS_ONLY.fullmatch(text, place + 1, end)):
            base = place - (text[place - 1] in _SPACES)
            if base and readings.toneless(letters.group()) in readings.of(text[base - 1]):
                yield Edit(base, end, "", "G3", 0.9)

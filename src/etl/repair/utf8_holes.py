"""UTF-8 with holes: decodes bytes of which some are lost, and lets the judge fill a hole where it is sure.

Bytes travel as the characters U+0000–U+00FF; `HOLE` (or a printed `?` or NUL) stands for one or two lost
bytes. UTF-8 tells lead bytes from continuation bytes, so a hole damages only the characters that it
touches, and two of a hanzi's three bytes leave at most 64 candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from etl.repair import judge
from etl.repair.holes import Unit

HOLE = "\u0100"

_L, _C, _H = "[\xe2-\xe9\xee\xef]", "[\x80-\xbf]", f"[{HOLE}?\x00]{{1,2}}"
_KINDS = {
    "whole": f"(?:{_L}{_C}{{2}}|[\xc2-\xdf]{_C})+|[\x01-\x7f]+",
    "two": f"{_L}{_C}{_H}{_C}{{2}}(?!{_C})",
    "third": f"{_L}{_C}(?:{_H})?",
    "second": f"{_L}{_H}{_C}(?!{_C})",
    "first": f"(?:{_H})?{_C}{{2}}(?!{_C})",
    "most": f"{_L}(?:{_H})?|{_H}{_C}|{_C}|[{HOLE}\x00]",
}
_UNIT = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
_ONE = re.compile(f"{_L}{_C}{{2}}|[\xc2-\xdf]{_C}|[\x01-\x7f]")
_NO_HOLE = str.maketrans("", "", f"{HOLE}?\x00")


def units(symbols: str, mortal: str = "", undefined: str = "") -> Iterator[Unit]:
    """Yield the characters of `symbols` in order: runs of whole ones, and each of those that lost bytes.

    These come with what they may be. `mortal` are the only bytes that can have been lost, if that is known,
    and `undefined` those of them that a hole stands for.
    """
    for match in _UNIT.finditer(symbols):
        start, end = match.span()
        kind, raw = match.lastgroup, match.group()
        if kind == "whole":
            yield from _whole(start, raw)
            continue
        rest = raw.translate(_NO_HOLE)
        marked = len(rest) < len(raw)
        lost = undefined if HOLE in raw else mortal
        if kind == "two":
            middle = start + 2
            yield _unknown(start, middle, _fitting(rest[:2], 2, lost), True)
            yield _unknown(middle, end, _fitting(rest[2:], 0, lost), True)
        else:
            place = {"third": 2, "second": 1, "first": 0}.get(kind or "", -1)
            fitting = _fitting(rest, place, lost)
            if kind == "third" and not marked:
                fitting = tuple(dict.fromkeys(fitting + _fitting(rest, 1, lost)))
            yield _unknown(start, end, fitting, marked)


def _unknown(start: int, end: int, fitting: tuple[str, ...], marked: bool) -> Unit:
    """Return the character that is one of `fitting`: known if that is one, and a mark shows what was lost."""
    if marked and len(fitting) == 1:
        return Unit(start, end, fitting[0])
    return Unit(start, end, "", fitting, marked)


def _whole(start: int, raw: str) -> Iterator[Unit]:
    """Yield the run `raw` of whole characters; what has their form but is none (a surrogate) is unknown."""
    try:
        yield Unit(start, start + len(raw), raw.encode("latin-1").decode("utf-8"))
    except UnicodeDecodeError:
        for match in _ONE.finditer(raw):
            text = match.group().encode("latin-1").decode("utf-8", "ignore")
            yield Unit(start + match.start(), start + match.end(), text)


@lru_cache(maxsize=4096)
def _fitting(rest: str, place: int, mortal: str) -> tuple[str, ...]:
    """Return the known characters whose bytes other than that at `place` are `rest` and that one of `mortal`.

    Where two bytes are gone (`place` -1 and `rest` a lead byte), both must be mortal ones.
    """
    if not mortal:
        return _by_two_bytes().get((rest, place), ())
    if place < 0 and rest and rest >= "\xe2":
        return tuple(c for byte in mortal for c in _fitting(rest + byte, 2, mortal))
    raws = (rest[:place] + byte + rest[place:] for byte in mortal)
    known = judge.words()
    texts = (raw.encode("latin-1").decode("utf-8", "ignore") for raw in raws if place >= 0)
    return tuple(text for text in texts if text in known)


@lru_cache(maxsize=1)
def _by_two_bytes() -> dict[tuple[str, int], tuple[str, ...]]:
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for character in judge.words():
        if len(character) == 1 and len(raw := character.encode("utf-8").decode("latin-1")) == 3:
            for place in range(3):
                found[raw[:place] + raw[place + 1 :], place].append(character)
    return {key: tuple(sorted(characters)) for key, characters in found.items()}

"""E1: UTF-8 that was read as GBK or GB18030, `鎷呭綋` for 担当.

The bytes of UTF-8 pair up to two-byte characters; a byte without a partner, and pairs that the table lacks,
become `?`, U+FFFD, `€` (cp936 for 0x80) or nothing. Encoding a run again gives the UTF-8 back, with holes.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from etl.repair import holes, judge, utf8_holes
from etl.repair.edits import LOST, Edit
from etl.repair.holes import Unit

_PARTS = frozenset([*range(0x80, 0xC4), *range(0xE2, 0xEA), 0xEE, 0xEF])
"""The bytes of Chinese UTF-8: continuation bytes and the leads of Latin-1, U+2000–U+9FFF and U+F000 on."""
_LEADS = frozenset([*range(0xC2, 0xC4), *range(0xE2, 0xEA), 0xEE, 0xEF])
_CONTINUING = frozenset(range(0x80, 0xC0))
_TORN = str.maketrans(dict.fromkeys(f"?\x80€{LOST}", "\x00"))
_TORN_MARKS = f"?\x00\x80€{LOST}"
_TORN_AT = re.compile(f"([{_TORN_MARKS}])")
_EURO = "\xa2\xe3"
_REACH = 120
_MUCH = 12
"""So many decoded characters show that the text was misread: runs of which nothing is whole count as well."""
_STRUCTURE = 4
"""So many characters that decode without a fault need no judge: chance gives that in none of 10⁹ places."""


@lru_cache(maxsize=1)
def _members() -> str:
    """Return the characters that pairs of `_PARTS` (or a part and an ASCII letter) make in GB18030."""
    trails = [*(p for p in _PARTS), *range(0x40, 0x7F)]
    pairs = (bytes((lead, trail)) for lead in sorted(_PARTS) if lead > 0x80 for trail in trails)
    return "".join(text for pair in pairs if len(text := pair.decode("gb18030", "ignore")) == 1)


@lru_cache(maxsize=1)
def triggers() -> str:
    """Return the members that news does not print: without one of them there is no E1."""
    return "".join(c for c in _members() if not c.encode("gb2312", "ignore") and not c.isascii())


@lru_cache(maxsize=1)
def _run() -> frozenset[str]:
    """Return the characters of a misread run: members but for ASCII, and what stands for lost bytes."""
    return frozenset(c for c in _members() if not c.isascii()) | frozenset(f"€\x80{LOST}?\x00")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(_run())))}]{{2,}}")


@lru_cache(maxsize=1)
def _core() -> re.Pattern[str]:
    """Return a pattern for two characters, a rare one among them, that hold a whole character of UTF-8.

    Either the first is a lead and a continuation byte, or its second byte is the lead.
    """
    raws = {c: c.encode("gb18030") for c in _run() - frozenset(f"\x80{LOST}?\x00")}
    opens = {c for c, raw in raws.items() if raw[0] in _LEADS and raw[1] in _CONTINUING}
    begins = {c for c, raw in raws.items() if raw[1] in _LEADS}
    behind = {c for c, raw in raws.items() if raw[0] in _CONTINUING} | {"€", "\x80"}
    both = {c for c in behind if c not in raws or raws[c][1] in _CONTINUING} | {"€"}
    pairs = ((opens, behind), (begins, both))
    ways = [(a & _rare(), b) for a, b in pairs] + [(a, b & _rare() | {"\x80"}) for a, b in pairs]
    first = _any(set().union(*(a for a, _ in ways)))
    return re.compile(f"{first}(?:{'|'.join(f'(?<={_any(a)}){_any(b)}' for a, b in ways)})")


def _any(characters: set[str]) -> str:
    return f"[{''.join(sorted(characters))}]"


@lru_cache(maxsize=1)
def _rare() -> frozenset[str]:
    return frozenset(triggers())


def find(text: str) -> list[Edit]:
    """Return the runs of `text` that are UTF-8 read as GBK, decoded; characters not restorable are U+FFFD."""
    found: list[Edit] = []
    for start, end in _runs(text):
        whole = _decoded(text[start:end])
        if len(whole) >= _STRUCTURE and LOST not in whole and "\x00" not in whole:
            found.append(Edit(start, end, whole, "E1", 0.97))
        else:
            found.extend(_decode(text, start, end))
    if LOST in text and sum(len(edit.after) for edit in found) >= _MUCH:
        taken = {edit.start for edit in found}
        for run in _pattern().finditer(text):
            torn = LOST in run.group() and not _rare().isdisjoint(run.group())
            if torn and taken.isdisjoint(range(run.start(), run.end())):
                found.extend(_decode(text, *run.span(), sure=True))
    return found


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of `text` that hold a whole character of UTF-8."""
    end = 0
    while core := _core().search(text, end):
        start = core.start()
        while start > end and text[start - 1] in _run():
            start -= 1
        run = _pattern().match(text, start)
        end = run.end() if run else core.end()
        yield start, end


def _decoded(piece: str) -> str:
    """Return the run `piece` read as UTF-8, U+FFFD for what is none, NUL for what may be a lost byte."""
    return piece.translate(_TORN).encode("gb18030").decode("utf-8", "replace")


def _decode(text: str, start: int, end: int, *, sure: bool = False) -> list[Edit]:
    """Return the edits for the run `text[start:end]`, none where it is no damage or not decisively so.

    `sure` tells that other runs show the damage, so that this one need not.
    """
    symbols, places = _symbols(text, start, end)
    units = _trim(list(utf8_holes.units(symbols)), symbols, places)
    whole = sum(len(u.text) for u in units if not u.text.isascii())
    gaps = sum(1 for u in units if not u.text)
    if not units or (not sure and (not whole or gaps > whole)):
        return []
    left, right = _sides(text, places[units[0].start], end)
    units = holes.fill(units, left, right)
    edits = holes.edits(units, places, "E1")
    if not sure and (whole < _STRUCTURE or (gaps and whole < 2 * _STRUCTURE * gaps)):
        before, after = text[edits[0].start : edits[-1].end], "".join(e.after for e in edits)
        if judge.gain(before, after.replace(LOST, ""), left, right) < 10.0 + 2 * gaps:
            return []
    return edits


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the text around `start` and `end` as far as it is not damaged itself."""
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    kept = takewhile(lambda c: c not in _rare(), reversed(left))
    return "".join(kept)[::-1], "".join(takewhile(lambda c: c not in _rare(), right))


def _symbols(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Return the bytes of `text[start:end]` and for each the text position that it starts, or -1."""
    symbols = ""
    places: list[int] = []
    position = start
    for piece in filter(None, _TORN_AT.split(text[start:end])):
        following = text[position + 1 : min(position + 2, end)] or "\n"
        raw = _euro(symbols[-2:], following) if piece == "€" else _bytes(piece)
        starts = [-1] * len(raw)
        starts[:: 2 if piece not in _TORN_MARKS else len(raw)] = range(position, position + len(piece))
        symbols += raw
        places += starts
        position += len(piece)
    return symbols, [*places, end]


def _bytes(piece: str) -> str:
    """Return the bytes of `piece`, one mark of torn characters or any number of others."""
    if piece == LOST:
        return utf8_holes.HOLE
    return piece if piece in _TORN_MARKS else piece.encode("gb18030").decode("latin-1")


def _euro(before: str, following: str) -> str:
    """Return what `€` was: 0x80 in cp936, or the pair A2 E3 where a character ends and 、 or 。 begins."""
    cut = len(before) == 2 and before[0] >= "\xe2" and "\x80" <= before[1] <= "\xbf"
    return _EURO if cut and following in "€\x80" else "\x80"


def _trim(units: list[Unit], symbols: str, places: list[int]) -> list[Unit]:
    """Return `units` without sound characters at either end: such as belong to no UTF-8 and bear no mark."""

    def opens(unit: Unit) -> bool:
        return symbols[unit.start] >= "\xe2"

    kept = deque(units)
    while kept and (kept[0].stray or places[kept[0].start] < 0):
        kept.extendleft(_cut(kept.popleft(), 1)[1:])
    while kept and ((kept[-1].stray and not opens(kept[-1])) or places[kept[-1].end] < 0):
        kept.extend(_cut(kept.pop(), -1)[:-1])
    return list(kept)


def _cut(unit: Unit, at: int) -> list[Unit]:
    """Return `unit` in two where it holds several characters, else as it is."""
    if len(unit.text) < 2:
        return [unit]
    head, tail = unit.text[:at], unit.text[at:]
    middle = unit.start + len(head.encode("utf-8"))
    return [Unit(unit.start, middle, head), Unit(middle, unit.end, tail)]

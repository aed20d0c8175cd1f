"""E1: UTF-8 that was read as GBK or GB18030, `鎷呭綋` for 担当.

The bytes of UTF-8 pair up to two-byte characters; a byte without a partner, and pairs that the table lacks,
become `?`, U+FFFD, `€` (cp936 for 0x80) or nothing. Encoding a run again gives the UTF-8 back, with holes.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence

from etl.repair import holes, judge, utf8_holes
from etl.repair import mojibake_gb_runs as runs
from etl.repair.edits import LOST, Edit
from etl.repair.holes import Unit

_TORN = str.maketrans(dict.fromkeys(runs.TORN, "\x00") | {"€": "\x80", "\x80": "\x80"})
_EURO_ALONE = "\x80".encode("gb18030")
_SOUND = "etl-sound-marks"
_SOUND_LEADS = frozenset((0xA1, 0xA3))
"""The first bytes of marks, such as 。 and ，, which end misread sentences that have lost nothing."""
_TORN_AT = re.compile(f"([{runs.TORN}])")
_EURO = "\xa2\xe3"
_REACH = 120
_GAP = 12
"""Characters beside a run among which a single symbol between ASCII characters was misread as it was."""
_STRAY = 3
"""Bytes at the ends of a run that belong to sound characters."""
_MUCH = 12
"""So many decoded characters show that the text was misread: runs of which nothing is whole count as well."""
_FLOOR = -10.0
"""Mean log probability below which a single decoded character is no Chinese: it has -8."""
_ASCII = re.compile("[\x00-\x7f]+")
_STRUCTURE = 4
"""So many characters that decode without a fault need no judge: chance gives that in none of 10⁹ places."""


def find(text: str) -> list[Edit]:
    """Return the runs of `text` that are UTF-8 read as GBK, decoded; characters not restorable are U+FFFD."""
    found = _found(text, layered=False)
    if any(runs.core().search(edit.after) for edit in found):
        found = _found(text, layered=True)
    if sum(len(edit.after) for edit in found) >= _MUCH:
        found.extend(_left_over(text, found))
    return found


def _found(text: str, *, layered: bool) -> list[Edit]:
    """Return the runs that show by themselves what they are."""
    found: list[Edit] = []
    for start, end in runs.runs(text, layered=layered):
        raw = _bytes_of(text[start:end])
        whole = raw.decode("utf-8", _SOUND)
        if LOST not in whole and "\x00" not in whole and _is_structured(raw, whole):
            while whole[0] == text[start]:
                whole, start = whole[1:], start + 1
            while whole[-1] == text[end - 1]:
                whole, end = whole[:-1], end - 1
            found.append(Edit(start, end, whole, "E1", 0.97))
        elif _hopeful(whole):
            found.extend(_decode(text, start, end))
    return found


def _bytes_of(piece: str) -> bytes:
    """Return the bytes of the run `piece`, NUL for what may be a lost one; `€` is 80, as it mostly is."""
    return piece.translate(_TORN).encode("gb18030").replace(_EURO_ALONE, b"\x80")


def _strictly(piece: str) -> str:
    """Return the run `piece` decoded, "" where it is not all UTF-8."""
    try:
        return piece.encode("gb18030").decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _is_structured(raw: bytes, whole: str) -> bool:
    """Tell whether the run `raw`, which was read as `whole`, needs no judge: little of it is sound."""
    restored = len(raw.decode("utf-8", "ignore"))
    return restored >= max(1, 2 * (len(whole) - restored)) * _STRUCTURE


def _hopeful(whole: str) -> bool:
    """Tell whether a run that was read as `whole` has more than the odd character that chance gives."""
    lost, ascii_or_nul = whole.count(LOST), len(whole.encode("ascii", "ignore"))
    return lost + whole.count("\x00") <= _STRAY + len(whole) - lost - ascii_or_nul


def _left_over(text: str, found: Sequence[Edit]) -> Iterator[Edit]:
    """Yield what was misread too, as others show: torn runs, runs of common characters, single symbols."""
    taken = {edit.start for edit in found}
    for run in runs.pattern(layered=False).finditer(text):
        if not taken.isdisjoint(range(run.start(), run.end())):
            continue
        if LOST in run.group():
            if not runs.rare().isdisjoint(run.group()):
                yield from _decode(text, *run.span(), sure=True)
        elif (said := _strictly(run.group())) and judge.gain(run.group(), said) > 0:
            yield Edit(*run.span(), said, "E1", 0.8)
    if not found or not (symbols := list(runs.symbols().finditer(text))):
        return
    ends = sorted(place for edit in found for place in (edit.start, edit.end))
    for symbol in symbols:
        behind = bisect_right(ends, symbol.start())
        near = min(abs(place - symbol.start()) for place in ends[max(0, behind - 1) : behind + 1])
        if near <= _GAP and behind % 2 == 0:
            yield Edit(symbol.start(), symbol.end(), _bytes_of(symbol.group()).decode("utf-8"), "E1", 0.9)


def _as_printed(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are no UTF-8: a mark between misread characters is sound, others are U+FFFD."""
    assert isinstance(error, UnicodeDecodeError)
    pair = error.object[error.start : error.start + 2]
    if pair[0] in _SOUND_LEADS and b"\xa0" < pair[1:] < b"\xc0":
        return pair.decode("gb18030"), error.start + 2
    return LOST, error.end


codecs.register_error(_SOUND, _as_printed)


def _decode(text: str, start: int, end: int, *, sure: bool = False) -> list[Edit]:
    """Return the edits for the run `text[start:end]`, none where it is no damage or not decisively so.

    `sure` tells that other runs show the damage, so that this one need not.
    """
    symbols, places = _symbols(text, start, end)
    units = _trim(list(utf8_holes.units(symbols)), symbols, places)
    units = [_printed(unit, symbols, text, places) if unit.stray else unit for unit in units]
    whole = sum(len(u.text) for u in units if not u.text.isascii())
    gaps = sum(1 for u in units if not u.text)
    if not units or (not sure and (not whole or gaps > whole)):
        return []
    doubtful = not sure and whole < max(1, 2 * gaps) * _STRUCTURE
    left, right = _sides(text, places[units[0].start], end) if gaps or doubtful else ("", "")
    units = holes.fill(units, left, right)
    edits = holes.edits(units, places, "E1")
    if doubtful:
        before, after = (
            text[edits[0].start : edits[-1].end],
            "".join(e.after for e in edits).replace(LOST, ""),
        )
        alone = whole - gaps < 2 and (gaps == whole or judge.score(_ASCII.sub("", after)) < _FLOOR)
        if alone or judge.gain(before, after, left, right) < 10.0 + 2 * gaps:
            return []
    return edits


def _printed(unit: Unit, symbols: str, text: str, places: Sequence[int]) -> Unit:
    """Return the stray `unit` as the sound character that it is, if it is one by its place and bytes."""
    start, end = places[unit.start], places[unit.end]
    sound = start >= 0 and end == start + 1 and symbols[unit.start] < "\xc0"
    return Unit(unit.start, unit.end, text[start]) if sound and unit.end - unit.start == 2 else unit


def _sides(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the text around `start` and `end` as far as it is not damaged itself."""
    rare = runs.any_rare()
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return rare.split(left)[-1], rare.split(right, 1)[0]


def _symbols(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Return the bytes of `text[start:end]` and for each the text position that it starts, or -1."""
    symbols = ""
    places: list[int] = []
    position = start
    for piece in filter(None, _TORN_AT.split(text[start:end])):
        following = text[position + 1 : min(position + 2, end)] or "\n"
        raw = _euro(symbols[-2:], following) if piece == "€" else _bytes(piece)
        starts = [-1] * len(raw)
        starts[:: 2 if piece not in runs.TORN else len(raw)] = range(position, position + len(piece))
        symbols += raw
        places += starts
        position += len(piece)
    return symbols, [*places, end]


def _bytes(piece: str) -> str:
    """Return the bytes of `piece`, one mark of torn characters or any number of others."""
    if piece == LOST:
        return utf8_holes.HOLE
    return piece if piece in runs.TORN else piece.encode("gb18030").decode("latin-1")


def _euro(before: str, following: str) -> str:
    """Return what `€` was: 0x80 in cp936, or the pair A2 E3 that ends a character and begins the next.

    What begins with E3 is a mark, kana or bopomofo: 80 to 85 follow.
    """
    cut = len(before) == 2 and before[0] >= "\xe2" and "\x80" <= before[1] <= "\xbf"
    return _EURO if cut and (following == "€" or "\x80" <= _bytes(following)[0] <= "\x85") else "\x80"


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

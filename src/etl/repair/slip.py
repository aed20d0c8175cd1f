"""S1, G3: two-byte text that lost step: its bytes pair up one off until an ASCII byte sets them right.

`新?lián)敗⒔毁~是` was 新擔當、交賬是. The slipped text looks like rare characters in a row, with `?` where
a byte was lost and ASCII letters that are second bytes; glosses and script conversion came before or after.
Windows around such places are searched (`slip_lanes`); a reading that the judge does not find decisively
better is no repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from etl.repair import gloss, holes, judge, slip_bytes, slip_letters, slip_reading, slip_signs
from etl.repair.edits import LOST, Edit, apply_edits
from etl.repair.holes import Unit
from etl.repair.slip_tokens import tokens
from etl.repair.variants import simplified, traditional, traditional_pattern

_REACH = 120
_PATIENCE = 800
"""Characters searched without success after which a text is no slipped one, whatever else it is."""
_AT_ONCE = 600
"""Characters in windows that are searched together."""
_DECISIVE, _EACH = 12.0, 2.5
"""Nats by which a reading must be likelier than what is printed: in all, and for each changed character."""
_HOPE, _REWARD = 5.0, 25.0
"""Nats that deciding an unknown character, and mending a tag, can add to a reading at most."""
_MANY = 8
_FLOOR = -10.5
"""Mean log probability below which changed characters are no text: restored ones have -7, chance ones -13."""
_TAG = re.compile(r"/?[A-Za-z]{1,10}>")
_CLOSING = re.compile(r"[^()（）\n]{1,60}[)]")
_GLOSS = re.compile(r"[a-zà-ǜ]+[)）]")


def find(text: str) -> list[Edit]:
    """Return the slipped runs of `text` as they must have read; a character that several fit is U+FFFD."""
    glosses = gloss.glosses(text)
    if not glosses:
        return _find(text)
    places = _left(glosses, len(text))
    return [
        msgspec.structs.replace(edit, start=places[edit.start], end=places[edit.end])
        for edit in _find(apply_edits(text, glosses))
    ]


def _left(glosses: list[Edit], size: int) -> list[int]:
    """Return the positions in a text of `size` that are left without `glosses`, and its end."""
    places: list[int] = []
    position = 0
    for one in glosses:
        places += range(position, one.start)
        position = one.end
    return [*places, *range(position, size + 1)]


def _find(text: str) -> list[Edit]:
    """Return the edits of `text`, which has no whole glosses."""
    found: list[Edit] = []
    patience = _PATIENCE
    hant = _hant(text[:2000])
    for windows in _batches(slip_signs.windows(text, hant)):
        for (start, end), edits in zip(windows, _restored(text, windows, hant), strict=True):
            found.extend(edits)
            patience = _PATIENCE if edits else patience - (end - start)
            if patience < 0:
                return found
    return found


def _batches(windows: Iterator[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield `windows` some at a time: the judge takes its time for each question, not for its size."""
    batch: list[tuple[int, int]] = []
    size = 0
    for start, end in windows:
        batch.append((start, end))
        size += end - start
        if size >= _AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _restored(text: str, windows: Sequence[tuple[int, int]], hant: bool) -> list[list[Edit]]:
    """Return the edits of the best reading of each of `windows`, none where what is printed is as likely."""
    sides = [(text[max(0, start - _REACH) : start], text[end : end + _REACH]) for start, end in windows]
    printed = judge.totals([_between(text[slice(*w)], *side) for w, side in zip(windows, sides, strict=True)])
    streams = (slip_bytes.PRINTED, slip_bytes.CONVERTED) if hant else (slip_bytes.SIMPLIFIED,)
    readings: list[tuple[int, slip_bytes.Stream, slip_reading.Reading]] = []
    for n, ((start, end), side, value) in enumerate(zip(windows, sides, printed, strict=True)):
        sequence = list(tokens(text, start, end))
        some = [(n, s, reading) for s in streams for reading in slip_reading.readings(sequence, s, *side)]
        needed = max([value + _DECISIVE, *(reading.value for _, _, reading in some)])
        readings += [one for one in some if not _hopeless(one[2], text, needed)]
    filled = holes.fill_all(
        [
            (reading.units, *(map(simplified, sides[n]) if stream.simplified else sides[n]))
            for n, stream, reading in readings
        ]
    )
    ways = [_with_swallowed(units, text) for units in filled]
    values = judge.totals(
        [_between(_said(units), *sides[n]) for (n, _, _), units in zip(readings, ways, strict=True)]
    )
    best: list[tuple[float, list[Unit]]] = [(value + _DECISIVE, []) for value in printed]
    for (n, stream, reading), units, nats in zip(readings, ways, values, strict=True):
        value = nats + reading.cost + _structure(units, text, sides[n][0])
        value += sum(slip_bytes.debt(u.candidates) for u in units if not u.text)
        if value > best[n][0] and _reads(units, text, value - printed[n]):
            best[n] = value, [_converted(u, text) for u in units] if hant and stream.simplified else units
    return [list(_edits(text, units)) for _, units in best]


def _between(text: str, left: str, right: str) -> str:
    """Return `text` with as much of what is around as may form words with it."""
    return left[-judge.LONGEST :] + text + right[: judge.LONGEST]


def _said(units: Sequence[Unit]) -> str:
    return "".join([unit.text or LOST for unit in units])


def _hopeless(reading: slip_reading.Reading, text: str, needed: float) -> bool:
    """Tell whether the judge need not look at what `reading` leaves unknown: too much, or in vain."""
    unknown = sum(1 for u in reading.units if not u.text)
    changed = sum(1 for u in reading.units if u.text != text[u.start : u.end])
    if unknown > _MANY and unknown * 2 > changed:
        return True
    return reading.value + unknown * _HOPE < needed - _REWARD


def _reads(units: list[Unit], text: str, gain: float) -> bool:
    """Tell whether the changed ones of `units` read as Chinese, and each is worth its part of the `gain`."""
    different = [u for u in units if u.text != text[u.start : u.end]]
    changed = [u.text for u in different]
    printed = text[different[0].start : different[-1].end].strip(f"?{LOST}") if different else ""
    if printed.count(LOST) * 2 >= len(printed) > 0:  # lost characters, as of a slip repaired before: no bytes
        return False
    hanzi = "".join(t for t in changed if t >= "㐀")
    return gain > len(changed) * _EACH and (not hanzi or judge.score(hanzi) > _FLOOR)


def _hant(text: str) -> bool:
    """Tell whether `text` is in Traditional characters."""
    return len(traditional_pattern().findall(text)) * 50 > len(text)


def _converted(unit: Unit, text: str) -> Unit:
    """Return `unit` in Traditional characters, as its neighbours are, unless it is printed so."""
    if text[unit.start : unit.end] == unit.text:
        return unit
    return unit._replace(text=traditional(unit.text), candidates=tuple(map(traditional, unit.candidates)))


def _edits(text: str, units: list[Unit]) -> Iterator[Edit]:
    """Yield the edits that turn `text` into `units` where they differ."""
    for changed, group in groupby(units, key=lambda u: not u.text or text[u.start : u.end] != u.text):
        run = list(group)
        if changed and text[run[0].start : run[-1].end].strip(f"?{LOST}"):
            rule = "G3" if _GLOSS.search(text, run[0].start, run[-1].end) else "S1"
            yield from holes.edits(run, range(len(text) + 1), rule)


def _with_swallowed(units: list[Unit], text: str) -> list[Unit]:
    """Return `units` with the `<` or `(` that a lost byte at the end of a run swallowed, if it is missing."""
    found: list[Unit] = []
    for unit in units:
        found.append(unit)
        if text[unit.end - 1 : unit.end] in ("?", LOST) and text[unit.start : unit.end] != unit.text:
            swallowed = _missing(text, unit.end)
            if swallowed:
                found.append(Unit(unit.end, unit.end, swallowed))
    return found


def _missing(text: str, place: int) -> str:
    """Return the ASCII mark that `text` lacks at `place`: `<` of a tag, `(` of a bracket that only closes."""
    if _TAG.match(text, place):
        return "<"
    closing = _CLOSING.match(text, place)
    before = text[max(0, place - _REACH) : place]
    return "(" if closing and before.count("(") <= before.count(")") else ""


def _structure(units: list[Unit], text: str, left: str) -> float:
    """Return the nats for what `units` mend besides words: tags, brackets, a letter among hanzi."""
    nats = 0.0
    for unit in units:
        printed = text[unit.start : unit.end]
        if unit.text == "<":
            nats += 25.0
        elif unit.text == "(" and not printed:
            nats += 8.0
        elif unit.text == "）" != printed and max(left.rfind("("), left.rfind("（")) > left.rfind(")"):
            nats += 4.0
        elif (
            len(printed) == 1
            and printed.isascii()
            and unit.text >= "㐀"
            and slip_letters.is_lone(text, unit.start)
        ):
            nats += slip_letters.LONE
    return nats

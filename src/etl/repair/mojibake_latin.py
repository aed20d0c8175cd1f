"""E2–E4: GBK, Big5 or UTF-8 that was read as Latin-1 or cp1252: `µ£µ±`, `¥þ¤é`, `æ‹…å½“`.

Each byte became a character of its own; ASCII bytes look as before, also those that are the second half of
a character. cp1252 has no characters for 81 8D 8F 90 9D, and A0 (no-break space) and AD (soft hyphen)
rarely live.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from etl.repair import holes, judge, utf8_holes
from etl.repair.edits import LOST, Edit
from etl.repair.holes import Unit

_UNDEFINED = "\x81\x8d\x8f\x90\x9d"
_MORTAL = _UNDEFINED + "\xa0\xad"
"""The bytes that get lost; U+FFFD stands for one that is undefined."""
_BYTES = {chr(code): chr(code) for code in range(0x80, 0x100)} | {
    bytes((code,)).decode("cp1252"): chr(code) for code in range(0x80, 0xA0) if chr(code) not in _UNDEFINED
}
_CP1252 = codecs.charmap_build(
    "".join(bytes((code,)).decode("cp1252", "ignore") or chr(code) for code in range(0x100))
)
"""What browsers take for Latin-1: cp1252, with C1 controls for the bytes that it leaves undefined."""
_TO_BYTES = str.maketrans({**_BYTES, LOST: utf8_holes.HOLE})

TRIGGERS = "".join(chr(code) for code in range(0xA1, 0x100) if chr(code) not in "§°±·×÷")
_LETTER = re.compile(f"[{TRIGGERS}]")
_HIGH = re.escape("".join(_BYTES))
_BETWEEN = rf"(?:[\x20-\x7e]?[{LOST}?\x00]{{1,2}})?[\x20-\x7e]?"
"""What stands between two letters of a run: a second byte that is ASCII, lost bytes, or both."""
_SEVERAL = re.compile(rf"[{_HIGH}](?:{_BETWEEN}[{_HIGH}])+")
_RUN = re.compile(rf"{LOST}?[{_HIGH}](?:{_BETWEEN}[{_HIGH}])*(?:[{LOST}?\x00 ]|[@-~])?")
_SPACE = re.compile("(?<=[\xe4-\xe9][\x80-\xbf]) |(?<=[\xe4-\xe9]) (?=[\x80-\xbf])")
_TWO = r"([\x81-\xfe])([\x40-\x7e\x80-\xfe])|\u0100[\x40-\x7e\x80-\xfe]|[\x81-\xfe]?[\u0100?\x00]|(?s:.)"
_PAIRS = {
    "gb18030": re.compile(rf"[\u0100\x81][0-9][\x81-\xfe][0-9]|{_TWO}"),
    "big5hkscs": re.compile(_TWO),
}
"""Characters of each codec; those of four bytes that pages have begin with 81, which gets lost."""
_WESTERN = re.compile("(?:[\x00-\x7f]|[\xc2\xc3][\x80-\xbf])+")
"""UTF-8 of Western letters: whatever they are, they are no pairs of Chinese bytes."""
_HANZI = re.compile("[㐀-鿿]")
_HOLE = re.compile("[\u0100?\x00]")
_TELLING = re.compile("[\u0080-\u00ffŒœŠšŽžŸƒˆ˜\u2000-\U0003ffff]")
"""Asian characters, and those of another layer: what else two bytes can be, pairs look like by chance."""
_WIDE = re.compile("[^\x00-\x7f]+")
_ASCII = "".join(map(chr, range(0x80)))
_LOW = bytes(range(0x80))
_NAMES = {"E4": "utf-8", "E2": "gb18030", "E3": "big5hkscs"}
_STRUCTURE = 4
"""So many characters that are UTF-8 without a fault need no judge."""
_FLOOR, _FLOOR_OF_MANY, _USUAL = -8.5, -10.0, -6.0
"""Mean log probabilities below which decoded text is no Chinese: news has -6, chance pairs -11."""
_MANY = 6
_SAMPLE = 40
"""So many characters tell whether a run reads as Chinese."""
_CHINESE = re.compile("[°±·×÷\u2010-\u2642\u3000-\u303f\uff00-\uffef]+")
"""Marks and symbols: where a text's other runs are Chinese, a run of these alone needs no judge."""


class _Attempt(NamedTuple):
    """A run read in one of the codecs: how many hanzi that gives, and their mean log probability.

    `structured` is UTF-8 without a fault, `sound` nothing but marks, `whole` UTF-8 without a hole.
    """

    rule: str
    start: int
    units: list[Unit]
    hanzi: int
    mean: float
    structured: bool
    sound: bool
    whole: bool


class _Run(NamedTuple):
    """A stretch of Western letters and the bytes that they were."""

    start: int
    end: int
    symbols: str


def find(text: str) -> list[Edit]:
    """Return the runs of `text` that are Chinese bytes read as Western letters, decoded."""
    if not any(len(_LETTER.findall(run.group())) > 1 for run in _SEVERAL.finditer(text)):
        return []
    every = list(_RUN.finditer(text))
    runs = [_run(match) for match in every if _SEVERAL.search(match.group())]
    western = [bool(_WESTERN.fullmatch(run.symbols)) for run in runs]
    tried: dict[str, list[_Attempt | None]] = {"E4": [_attempt("E4", text, run) for run in runs]}
    settled = [w or bool(a and a.structured) for w, a in zip(western, tried["E4"], strict=True)]
    if any(a and a.structured for a in tried["E4"]) and all(a and a.whole for a in tried["E4"]):
        settled = [True] * len(runs)
    for rule in ("E2", "E3"):
        tried[rule] = [
            None if done else _attempt(rule, text, run) for run, done in zip(runs, settled, strict=True)
        ]
        settled = [
            done or bool(a and a.hanzi >= _MANY and a.mean > _FLOOR)
            for a, done in zip(tried[rule], settled, strict=True)
        ]
    usual = max(tried, key=lambda rule: sum(a.hanzi * (a.mean - _FLOOR_OF_MANY) for a in tried[rule] if a))
    many = sum(a.hanzi for a in tried[usual] if a and a.mean > _FLOOR_OF_MANY) >= _MANY
    layered = any(a.structured for a in tried["E4"] if a)
    best: list[_Attempt | None] = []
    for index in range(len(runs)):
        attempt = tried["E4" if layered and not many else usual][index]
        if not attempt or not (_is_usual(attempt, many) or (layered and attempt.whole)):
            found_by = (attempts[index] for attempts in tried.values())
            attempt = max((a for a in found_by if a), key=lambda a: a.mean, default=None)
            if attempt and not (attempt.structured or (attempt.hanzi > 1 and attempt.mean > _FLOOR)):
                attempt = None
        best.append(attempt)
    if many:
        alone = (_run(match) for match in every if not _SEVERAL.search(match.group()))
        single = (_attempt(usual, text, run) for run in alone)
        best.extend(attempt for attempt in single if attempt and _is_usual(attempt, many))
    found = [edit for attempt in best if attempt for edit in _edits(attempt)]
    return sorted(found, key=lambda edit: edit.start)


def _edits(attempt: _Attempt) -> list[Edit]:
    places = range(attempt.start, attempt.start + attempt.units[-1].end + 1)
    return holes.edits(attempt.units, places, attempt.rule)


def _is_usual(attempt: _Attempt, many: bool) -> bool:
    """Tell whether `attempt` in the text's usual codec reads as Chinese; `many` others do."""
    if attempt.structured or (many and attempt.sound):
        return True
    return bool(attempt.hanzi) and attempt.mean > (_FLOOR_OF_MANY if many else _FLOOR)


def _run(match: re.Match[str]) -> _Run:
    letters = match.group()
    try:
        symbols = codecs.charmap_encode(letters, "strict", _CP1252)[0].decode("latin-1")
    except UnicodeEncodeError:
        symbols = letters.translate(_TO_BYTES)
    return _Run(*match.span(), symbols)


def _attempt(rule: str, text: str, run: _Run) -> _Attempt | None:
    """Return `run` of `text` as `rule` reads it, or None where it cannot be read so at all."""
    start, end, symbols = run
    faultless = _whole(rule, symbols)
    if faultless:
        return faultless._replace(start=start)
    if rule == "E4" and _is_no_utf8(symbols):
        return None
    units = list(_CODECS[rule](symbols))
    while units and not units[-1].text and not units[-1].candidates:
        units.pop()
    units = _without_plain_end(units)
    broken = sum(1 for u in units if not u.text and not u.candidates)
    size = sum(len(u.text) or 1 for u in units)
    if not units or broken * 8 > size:
        return None
    whole = sum(len(u.text) for u in units if not u.text.isascii())
    sample = "".join(u.text for u in units[:_SAMPLE] if not u.text.isascii())[:_SAMPLE]
    if len(sample) > _MANY and judge.score(sample) < _FLOOR_OF_MANY - 1.5 and rule != "E4":
        return None
    units = holes.fill(units, text[max(0, start - 120) : start], text[end : end + 120])
    decoded = "".join(u.text for u in units if not u.text.isascii())
    sound = bool(_CHINESE.fullmatch(decoded))
    every = rule == "E4" and whole > 0 and all(u.text for u in units)
    structured = (
        rule == "E4" and len(_TELLING.findall(decoded)) >= _STRUCTURE and not broken and whole * 4 >= size * 3
    )
    return _Attempt(
        rule, start, units, len(_HANZI.findall(decoded)), judge.score(decoded), structured, sound, every
    )


def _is_no_utf8(symbols: str) -> bool:
    """Tell whether hardly any of many bytes form whole characters of UTF-8: losses leave three of four."""
    raw = symbols.encode("latin-1", "replace")
    kept = raw.decode("utf-8", "ignore").encode("utf-8")
    return len(raw) > _SAMPLE and len(kept.translate(None, _LOW)) * 2 < len(raw.translate(None, _LOW))


def _whole(rule: str, symbols: str) -> _Attempt | None:
    """Return `symbols` read without a fault by the codec of `rule`, None where they have one."""
    try:
        read = symbols.encode("latin-1").decode(_NAMES[rule]).rstrip(_ASCII)
    except UnicodeError:
        return None
    decoded = "".join(_WIDE.findall(read))
    if not decoded or (rule == "E3" and len(read.encode("big5hkscs")) > len(symbols)):
        return None
    many = len(_TELLING.findall(decoded)) >= _STRUCTURE
    mean = _USUAL if rule == "E4" and many else judge.score(decoded[:_SAMPLE])
    end = len(read.encode(_NAMES[rule]))
    structured = rule == "E4" and many and len(decoded) * 4 >= len(read) * 3
    sound = bool(_CHINESE.fullmatch(decoded))
    hanzi = len(_HANZI.findall(decoded))
    return _Attempt(rule, 0, [Unit(0, end, read)], hanzi, mean, structured, sound, rule == "E4")


def _without_plain_end(units: list[Unit]) -> list[Unit]:
    """Return `units` without the ASCII characters at the end that are part of no pair."""
    last = len(units)
    while last and units[last - 1].text.isascii() and units[last - 1].text:
        last -= 1
    return units[:last]


def _utf8(symbols: str) -> Iterator[Unit]:
    """Read `symbols` as UTF-8; a space inside a character was A0."""
    return utf8_holes.units(_SPACE.sub("\xa0", symbols), _MORTAL, _UNDEFINED)


@lru_cache(maxsize=1024)
def _fitting(pair: str, codec: str) -> tuple[str, ...]:
    """Return the characters that `pair`, in which one byte is lost, may be."""
    before, after = _HOLE.split(pair, 1)
    mortal = _UNDEFINED if utf8_holes.HOLE in pair else _MORTAL
    raws = ((before + byte + after).encode("latin-1") for byte in mortal)
    return tuple(c for raw in raws if len(c := raw.decode(codec, "ignore")) == 1 and not c.isascii())


def _pairs(codec: str) -> Callable[[str], Iterator[Unit]]:
    def read(symbols: str) -> Iterator[Unit]:
        """Read `symbols` as pairs of bytes; a lost one is the second of its pair or the next's first."""
        for match in _PAIRS[codec].finditer(symbols):
            start, end = match.span()
            raw = match.group()
            if len(raw) == 4:
                yield Unit(start, end, f"\x81{raw[1:]}".encode("latin-1").decode(codec, "ignore"))
            elif match.group(1) or raw.isascii():
                yield Unit(start, end, raw.encode("latin-1").decode(codec, "ignore"))
            elif len(raw) == 2:
                yield Unit(start, end, "", _fitting(raw, codec), True)
            else:
                yield Unit(start, end, "")

    return read


_CODECS: dict[str, Callable[[str], Iterator[Unit]]] = {
    "E4": _utf8,
    "E2": _pairs("gb18030"),
    "E3": _pairs("big5hkscs"),
}

"""Bytes that were read as Western letters, read in one of the codecs that they may have been in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from etl.repair import holes, judge, utf8_holes
from etl.repair.holes import Unit
from etl.repair.oddity import odd_ones

UNDEFINED = "\x81\x8d\x8f\x90\x9d"
_MORTAL = UNDEFINED + "\xa0\xad"
"""The bytes that get lost; U+FFFD stands for one that is undefined."""
_SPACE = re.compile("(?<=[\xe4-\xe9][\x80-\xbf]) |(?<=[\xe4-\xe9]) (?=[\x80-\xbf])")
_TWO = r"([\x81-\xfe])([\x40-\x7e\x80-\xfe])|\u0100[\x40-\x7e\x80-\xfe]|[\x81-\xfe]?[\u0100?\x00]|(?s:.)"
_PAIRS = {
    "gb18030": re.compile(rf"[\u0100\x81][0-9][\x81-\xfe][0-9]|{_TWO}"),
    "big5hkscs": re.compile(_TWO),
}
"""Characters of each codec; those of four bytes that pages have begin with 81, which gets lost."""
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
FLOOR_OF_MANY, USUAL = -10.0, -6.0
"""Mean log probability below which decoded text is no Chinese (chance pairs have -11), and that of news."""
_SAMPLE = 40
"""So many characters tell whether a run reads as Chinese."""
MANY, LONG = 6, 16
"""So many characters are evidence; `LONG` runs need no judge where few characters are odd, or many."""
_HARDLY, _OFTEN = 0.05, 0.25
_NEVER = -15.0
_CHINESE = re.compile("[°±·×÷\u2010-\u2642\u3000-\u303f\uff00-\uffef]+")
"""Marks and symbols: where a text's other runs are Chinese, a run of these alone needs no judge."""


class Attempt(NamedTuple):
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


class Run(NamedTuple):
    """A stretch of Western letters and the bytes that they were."""

    start: int
    end: int
    symbols: str


def attempt_at(rule: str, text: str, run: Run) -> Attempt | None:
    """Return `run` of `text` as `rule` reads it, or None where it cannot be read so at all."""
    start, end, symbols = run
    if found := faultless(rule, symbols):
        return found._replace(start=start)
    if rule == "E4" and _is_no_utf8(symbols):
        return None
    units = list(CODECS[rule](symbols))
    while units and not units[-1].text and not units[-1].candidates:
        units.pop()
    units = _without_plain_end(units)
    broken = sum(1 for u in units if not u.text and not u.candidates)
    size = sum(len(u.text) or 1 for u in units)
    if not units or broken * 8 > size:
        return None
    whole = sum(len(u.text) for u in units if not u.text.isascii())
    sample = "".join(u.text for u in units[:_SAMPLE] if not u.text.isascii())[:_SAMPLE]
    if len(sample) > MANY and rule != "E4" and _mean(sample) < FLOOR_OF_MANY - 1.5:
        return None
    units = holes.fill(units, text[max(0, start - 120) : start], text[end : end + 120])
    decoded = "".join(u.text for u in units if not u.text.isascii())
    sound = bool(_CHINESE.fullmatch(decoded))
    every = rule == "E4" and whole > 0 and all(u.text for u in units)
    structured = (
        rule == "E4" and len(_TELLING.findall(decoded)) >= _STRUCTURE and not broken and whole * 4 >= size * 3
    )
    mean = USUAL if structured else judge.score(decoded)
    return Attempt(rule, start, units, len(_HANZI.findall(decoded)), mean, structured, sound, every)


def _is_no_utf8(symbols: str) -> bool:
    """Tell whether hardly any of many bytes form whole characters of UTF-8: losses leave three of four."""
    raw = symbols.encode("latin-1", "replace")
    kept = raw.decode("utf-8", "ignore").encode("utf-8")
    return len(raw) > _SAMPLE and len(kept.translate(None, _LOW)) * 2 < len(raw.translate(None, _LOW))


def faultless(rule: str, symbols: str) -> Attempt | None:
    """Return `symbols` read without a fault by the codec of `rule`, None where they have one."""
    try:
        read = symbols.encode("latin-1").decode(_NAMES[rule]).rstrip(_ASCII)
    except UnicodeError:
        return None
    decoded = "".join(_WIDE.findall(read))
    if not decoded or (rule == "E3" and len(read.encode("big5hkscs")) > len(symbols)):
        return None
    many = len(_TELLING.findall(decoded)) >= _STRUCTURE
    mean = USUAL if rule == "E4" and many else _mean(decoded)
    end = len(read.encode(_NAMES[rule]))
    structured = rule == "E4" and many and len(decoded) * 4 >= len(read) * 3
    sound = bool(_CHINESE.fullmatch(decoded))
    hanzi = len(_HANZI.findall(decoded))
    return Attempt(rule, 0, [Unit(0, end, read)], hanzi, mean, structured, sound, rule == "E4")


def _mean(decoded: str) -> float:
    """Return the mean log probability of `decoded`, roughly where odd characters tell enough."""
    if len(decoded) >= LONG:
        odd = odd_ones(decoded)
        if odd <= _HARDLY * len(decoded):
            return USUAL
        if odd > _OFTEN * len(decoded):
            return _NEVER
    return judge.score(decoded[:_SAMPLE])


def _without_plain_end(units: list[Unit]) -> list[Unit]:
    """Return `units` without the ASCII characters at the end that are part of no pair."""
    last = len(units)
    while last and units[last - 1].text.isascii() and units[last - 1].text:
        last -= 1
    return units[:last]


def _utf8(symbols: str) -> Iterator[Unit]:
    """Read `symbols` as UTF-8; a space inside a character was A0."""
    return utf8_holes.units(_SPACE.sub("\xa0", symbols), _MORTAL, UNDEFINED)


@lru_cache(maxsize=1024)
def _fitting(pair: str, codec: str) -> tuple[str, ...]:
    """Return the characters that `pair`, in which one byte is lost, may be."""
    before, after = _HOLE.split(pair, 1)
    mortal = UNDEFINED if utf8_holes.HOLE in pair else _MORTAL
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


CODECS: dict[str, Callable[[str], Iterator[Unit]]] = {
    "E4": _utf8,
    "E2": _pairs("gb18030"),
    "E3": _pairs("big5hkscs"),
}

"""E2–E4: GBK, Big5 or UTF-8 that was read as Latin-1 or cp1252: `µ£µ±`, `¥þ¤é`, `æ‹…å½“`.

Each byte became a character of its own; ASCII bytes look as before, also those that are the second half of
a character. cp1252 has no characters for 81 8D 8F 90 9D, and A0 (no-break space) and AD (soft hyphen)
rarely live.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence

from etl.repair import holes, utf8_holes
from etl.repair.edits import LOST, Edit
from etl.repair.mojibake_latin_read import (
    CODECS,
    FLOOR_OF_MANY,
    LONG,
    MANY,
    UNDEFINED,
    USUAL,
    Attempt,
    Run,
    attempt_at,
    faultless,
)

_BYTES = {chr(code): chr(code) for code in range(0x80, 0x100)} | {
    bytes((code,)).decode("cp1252"): chr(code) for code in range(0x80, 0xA0) if chr(code) not in UNDEFINED
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
_RUN = re.compile(rf"{LOST}?[{_HIGH}](?P<more>{_BETWEEN}[{_HIGH}])*(?:[{LOST}?\x00 ]|[@-~])?")
_STRETCH = re.compile(rf"{LOST}?[{_HIGH}][\x20-\x7e\x00{LOST}{_HIGH}]*[{_HIGH}](?:[{LOST}?\x00 ]|[@-~])?")
"""What is bytes of one line, runs and the ASCII between them."""
_WESTERN = re.compile("(?:[\x00-\x7f]|[\xc2\xc3][\x80-\xbf])+")
"""UTF-8 of Western letters: whatever they are, they are no pairs of Chinese bytes."""
_FLOOR = -8.5
"""Mean log probability below which a run is no Chinese if none around it is."""


def find(text: str) -> list[Edit]:
    """Return the runs of `text` that are Chinese bytes read as Western letters, decoded."""
    stretches = list(_STRETCH.finditer(text))
    if not any(len(_LETTER.findall(stretch.group())) > 1 for stretch in stretches):
        return []
    whole: list[Attempt] = []
    every: list[re.Match[str]] = []
    for stretch in stretches:
        if attempt := _in_one_go(stretch):
            whole.append(attempt)
        else:
            every += _RUN.finditer(text, *stretch.span())
    tried = _tried(text, [_run(match) for match in every if match["more"]], whole)
    usual = max(tried, key=lambda rule: sum(a.hanzi * (a.mean - FLOOR_OF_MANY) for a in tried[rule] if a))
    many = sum(a.hanzi for a in tried[usual] if a and a.mean > FLOOR_OF_MANY) >= MANY
    best = list(_best(tried, usual, many))
    if many:
        single = (attempt_at(usual, text, _run(match)) for match in every if not match["more"])
        best.extend(attempt for attempt in single if attempt and _is_usual(attempt, many))
    return sorted((edit for attempt in best for edit in _edits(attempt)), key=lambda edit: edit.start)


def _in_one_go(stretch: re.Match[str]) -> Attempt | None:
    """Return the attempt at a stretch that one codec reads as Chinese without a fault, if there is one."""
    symbols = _symbols(stretch.group())
    for rule in CODECS:
        attempt = faultless(rule, symbols)
        if attempt and (attempt.structured or (attempt.hanzi >= LONG and attempt.mean >= USUAL)):
            return attempt._replace(start=stretch.start())
    return None


def _tried(text: str, runs: Sequence[Run], whole: list[Attempt]) -> dict[str, list[Attempt | None]]:
    """Return for each codec what it makes of the stretches that are read (`whole`) and of the other `runs`.

    A run that one codec reads well is not tried in the next.
    """
    tried: dict[str, list[Attempt | None]] = {}
    settled = [False] * len(runs)
    for rule in CODECS:
        attempts = [
            None if done else attempt_at(rule, text, run) for run, done in zip(runs, settled, strict=True)
        ]
        tried[rule] = [*(attempt if attempt.rule == rule else None for attempt in whole), *attempts]
        settled = [done or _settles(a, run) for a, run, done in zip(attempts, runs, settled, strict=True)]
        known = [attempt for attempt in tried[rule] if attempt]
        if (
            any(a.structured for a in known)
            and len(known) == len(tried[rule])
            and all(a.whole for a in known)
        ):
            settled = [True] * len(runs)
    return tried


def _settles(attempt: Attempt | None, run: Run) -> bool:
    """Tell whether no other codec need try `run`: `attempt` reads well, or it is Western letters."""
    if not attempt or attempt.rule == "E4":
        return bool(attempt and attempt.structured) or bool(_WESTERN.fullmatch(run.symbols))
    return attempt.hanzi >= MANY and attempt.mean > _FLOOR


def _best(tried: dict[str, list[Attempt | None]], usual: str, many: bool) -> Iterator[Attempt]:
    """Yield the attempts that are decisive: those in the `usual` codec first, then what reads best."""
    layered = any(attempt.structured for attempt in tried["E4"] if attempt)
    first = "E4" if layered and not many else usual
    for attempt, *others in zip(tried[first], *tried.values(), strict=True):
        if attempt and (_is_usual(attempt, many) or (layered and attempt.whole)):
            yield attempt
            continue
        likeliest = max((other for other in others if other), key=lambda a: a.mean, default=None)
        if likeliest and (likeliest.structured or (likeliest.hanzi > 1 and likeliest.mean > _FLOOR)):
            yield likeliest


def _edits(attempt: Attempt) -> list[Edit]:
    places = range(attempt.start, attempt.start + attempt.units[-1].end + 1)
    return holes.edits(attempt.units, places, attempt.rule)


def _is_usual(attempt: Attempt, many: bool) -> bool:
    """Tell whether `attempt` in the text's usual codec reads as Chinese; `many` others do."""
    if attempt.structured or (many and attempt.sound):
        return True
    return bool(attempt.hanzi) and attempt.mean > (FLOOR_OF_MANY if many else _FLOOR)


def _run(match: re.Match[str]) -> Run:
    return Run(*match.span(), _symbols(match.group()))


def _symbols(letters: str) -> str:
    """Return the bytes that `letters` were, a hole for each U+FFFD."""
    try:
        return codecs.charmap_encode(letters, "strict", _CP1252)[0].decode("latin-1")
    except UnicodeEncodeError:
        return letters.translate(_TO_BYTES)

"""A line that one of the Chinese tables read, as the other one reads its bytes.

Where a decoder met a pair that its table lacks it printed U+FFFD for the first byte and went on with the
second. Such pairs are few, so the lost byte and the one beside it mostly leave a single character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from etl.repair import holes, judge
from etl.repair.edits import LOST
from etl.repair.oddity import odd_ones

_PLAIN = {"gb18030": "gb2312", "big5hkscs": "big5"}
"""The characters that pages in each table are mostly written in."""
_HIGH = range(0xA1, 0xFF)
_MARKS = "，。、；：？！“”‘’《》（）「」"
_CLOSERS = {"。": "", "”": "“", "》": "《", "」": "「"}
"""The marks that lines end with, and what must be open for that."""
_TWICE = {"big5hkscs": {"十": b"\xa2\xcc", "卅": b"\xa2\xce"}, "gb18030": {}}
"""Characters that a table has twice, with the bytes that encoding does not give."""
_REACH = 120
"""How many characters to either side matter."""
_FEW = 4
"""So many characters are told by the words around them alone."""


class _Piece(NamedTuple):
    """What stands between lost bytes: whole characters (`text`), and halves before and behind them.

    `first` is the first byte.
    """

    trail: bytes
    text: str
    lead: bytes
    first: bytes


def reread(line: str, wrong: str, right: str) -> str:
    """Return `line`, read with the table `wrong`, as `right` reads it; what no byte tells is U+FFFD.

    U+FFFD stands for one byte, or for two as in browsers: that reading counts which has fewer odd characters.
    """
    raws = [_encoded(piece, wrong) for piece in line.split(LOST)]
    in_step = [_piece(raw, right) for raw in raws]
    if len(raws) == 1:
        return in_step[0].text + LOST * bool(in_step[0].lead)
    torn = list(_torn(raws, right))
    if _faults(torn) > _faults(in_step):
        return LOST.join(piece.text + LOST * bool(piece.lead) for piece in in_step)
    said = torn[0].text
    for before, piece in pairwise(torn):
        if before.lead:
            near, behind = said[-_REACH:], piece.text[:_REACH]
            fitting = piece.first and _by_lead(before.lead, piece.first, wrong, right)
            said += _likeliest(fitting or _ends(before.lead, near, right), near, behind)
        else:
            said += _by_trail(piece.trail, wrong, right)
        said += piece.text
    return said + LOST * bool(torn[-1].lead)


def _encoded(piece: str, table: str) -> bytes:
    for character, raw in _TWICE[table].items():
        if character in piece:
            return raw.join(_encoded(part, table) for part in piece.split(character))
    return piece.encode(table, "replace")


def _ends(lead: bytes, said: str, table: str) -> str:
    """Return the marks with the byte `lead` that may end a line after `said`."""
    return "".join(
        mark
        for mark, opener in _CLOSERS.items()
        if mark.encode(table, "ignore")[:1] == lead and said.rfind(opener) > said.rfind(mark)
    )


def _torn(raws: Sequence[bytes], table: str) -> Iterator[_Piece]:
    """Yield `raws` as pieces: a lost byte is the second one of a character, or first where none is begun."""
    lead = b""
    for number, raw in enumerate(raws):
        trail = raw[:1] if number and not lead else b""
        piece = _piece(raw[len(trail) :], table)
        lead = piece.lead
        yield piece._replace(trail=trail, first=raw[:1])


def _piece(raw: bytes, table: str) -> _Piece:
    text = raw.decode(table, "replace")
    if text.endswith(LOST):
        return _Piece(b"", text[:-1], raw[-1:], raw[:1])
    return _Piece(b"", text, b"", raw[:1])


def _faults(pieces: Sequence[_Piece]) -> int:
    """Return how many characters of `pieces` are odd or no characters."""
    text = "".join(piece.text for piece in pieces)
    return odd_ones(text) + text.count(LOST)


def _likeliest(characters: str, left: str, right: str) -> str:
    """Return that one of `characters` which is decisively likeliest between the texts, else U+FFFD."""
    if len(characters) < 2:
        return characters or LOST
    if len(characters) > _FEW:
        [decided] = holes.fill([holes.Unit(0, 1, "", tuple(characters), True)], left, right)
        return decided.text or LOST
    left, right = left[1 - judge.LONGEST :], right[: judge.LONGEST - 1]
    ranked = sorted((judge.total(left + character + right), character) for character in characters)
    return ranked[-1][1] if ranked[-1][0] - ranked[-2][0] >= holes.DECISIVE_OF_FEW else LOST


@lru_cache(maxsize=512)
def _by_trail(trail: bytes, wrong: str, right: str) -> str:
    """Return the one character with the byte `trail` whose pair `wrong` lacks, else U+FFFD."""
    pairs = (bytes((lead,)) + trail for lead in _HIGH if trail)
    found = "".join(_common(pair, right) for pair in pairs if not _has(wrong, pair))
    return found if len(found) == 1 else LOST


@lru_cache(maxsize=4096)
def _by_lead(lead: bytes, following: bytes, wrong: str, right: str) -> str:
    """Return the characters with the byte `lead` whose other byte makes no pair of `wrong` with the next."""
    trails = (bytes((trail,)) for trail in _HIGH)
    return "".join(
        _common(lead + trail, right) for trail in trails if following and not _has(wrong, trail + following)
    )


def _common(pair: bytes, table: str) -> str:
    """Return the hanzi or mark with the bytes `pair` in the plain part of `table`, "" where there is none."""
    text = pair.decode(_PLAIN[table], "ignore")
    return text if len(text) == 1 and ("一" <= text <= "鿿" or text in _MARKS) else ""


def _has(table: str, pair: bytes) -> bool:
    """Tell whether `table` has a character with the bytes `pair`."""
    return LOST not in pair.decode(table, "replace")

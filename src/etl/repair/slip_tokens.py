"""What a slipped text is made of: characters, marks of lost bytes, and glosses that stand inside characters.

A glossing tool that looked for its characters at every byte found 聯 (C2 93) in 新擔 (D0 C2 93 FA) and put
`(lián)` between the bytes of 擔. The half character then swallows the bracket: `新?lián)…`. So such a gloss
names the byte before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from etl.repair import readings, slip_signs
from etl.repair.edits import LOST
from etl.repair.slip_bytes import compatible

_MARK = rf"\x00+|[?{LOST}]{{1,6}}"
_SOON = 4
_READING = r"[a-zàáèéêìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜǹḿ:]{1,7}"


class Token(NamedTuple):
    """A piece `text` of the slipped text at `start`; `kind` is character, mark, gloss or aside.

    `lost` are the numbers of bytes that a mark or gloss may stand for. `reading` is the gloss's, toneless.
    An aside is a gloss in both its brackets, which takes no part in the byte stream.
    """

    start: int
    kind: str
    text: str
    lost: tuple[int, ...] = ()
    reading: str = ""
    suspect: bool = False

    @property
    def end(self) -> int:
        """Return where the token ends in the text."""
        return self.start + len(self.text)


@lru_cache(maxsize=1)
def _odd() -> frozenset[str]:
    return frozenset(slip_signs.triggers())


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    several = "|".join(re.escape(t) for t in sorted(compatible(), key=len, reverse=True) if len(t) > 1)
    return re.compile(
        rf"(?P<gloss>({_MARK})[(（]?({_READING})[ \u00a0]?[)）])|(?P<aside>[(（]{_READING}[)）])"
        rf"|(?P<mark>{_MARK})|(?P<several>{several})|(?P<character>(?s:.))"
    )


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of `text[start:end]`."""
    for match in _pattern().finditer(text, start, end):
        kind, piece = match.lastgroup or "character", match.group()
        if kind == "gloss":
            nulls = match.group(2).count("\x00")
            reading = readings.toneless(match.group(3))
            yield Token(match.start(), kind, piece, (max(1, nulls - 1),), reading)
        elif kind == "mark":
            nulls = piece.count("\x00")
            lost = (nulls, nulls - 1) if nulls > 1 else (len(piece),) if len(piece) > 1 else (1, 2)
            yield Token(match.start(), kind, piece, lost)
        else:
            suspect = not _odd().isdisjoint(text[match.start() : match.start() + _SOON])
            yield Token(match.start(), "aside" if kind == "aside" else "character", piece, suspect=suspect)

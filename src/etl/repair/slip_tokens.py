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

from etl.repair import readings
from etl.repair.edits import LOST
from etl.repair.slip_bytes import compatible

_MARK = rf"(?:\x00+|[?{LOST}])"
_READING = r"[a-zàáèéêìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜǹḿ:]{1,7}"


class Token(NamedTuple):
    """A piece `text` of the slipped text at `start`; `kind` is character, mark or gloss.

    A mark stands for `lost` bytes, a gloss for one; the gloss's `reading` is toneless.
    """

    start: int
    kind: str
    text: str
    reading: str = ""
    lost: int = 0

    @property
    def end(self) -> int:
        """Return where the token ends in the text."""
        return self.start + len(self.text)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    several = "|".join(re.escape(t) for t in sorted(compatible(), key=len, reverse=True) if len(t) > 1)
    return re.compile(
        rf"(?P<gloss>{_MARK}[(（]?({_READING})[ \u00a0]?[)）])|(?P<mark>{_MARK})"
        rf"|(?P<several>{several})|(?P<character>(?s:.))"
    )


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of `text[start:end]`."""
    for match in _pattern().finditer(text, start, end):
        kind, piece = match.lastgroup or "", match.group()
        if kind == "several" or kind == "character":
            yield Token(match.start(), "character", piece)
            continue
        lost = max(1, piece.count("\x00") - 1)  # one NUL more than bytes stands there
        if kind == "gloss" and lost == 1:
            yield Token(match.start(), kind, piece, readings.toneless(match.group(2)), lost)
        else:
            yield Token(match.start(), "mark", piece, "", lost)

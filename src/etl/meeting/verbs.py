"""The verbs of a text: words of the lexicon, and light verbs with their noun at the end of the clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from etl.lexicon.patterns import alternation
from etl.meeting.lexer import Token

QUOTED = re.compile(r"“[^”\n]{0,400}”|《[^》\n]{0,120}》")
"""Quotations and documents, in which no verb is an act of the meeting."""

# 作了关于……的报告, 提出明确要求: the noun decides the role. Each verb of the table begins with a character
# and looks back from behind it, so that a search jumps from one first character to the next.
_LIGHT = re.compile(
    alternation("light-verb")
    + f"(?:(?P<speaker>{alternation('light-speech')})|(?P<presenter>{alternation('light-report')}))"
    + r"(?=[，。；：、”\n（(]|$|并|和|后|时)"
)
# Going somewhere to do something: 到南渡区开展送温暖活动.
_GOING = re.compile(
    r"(?:到|赴|前往|深入)[^，。；：]{2,20}?(?:开展|进行)了?[^，。；：]{0,20}?"
    r"(?P<visit>活动|工作|慰问|调研|检查|督导|考察)(?=[，。；])"
)


_SAID = ("speaker", "presenter")


def read(text: str, tokens: Sequence[Token], names: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """Return the verbs of a text in order; `value` of a light verb is speaker or presenter.

    `names` are the ordered spans of personal names, in which no light verb begins (余作舟强调).
    """
    quoted = [match.span() for match in QUOTED.finditer(text)]
    light = [
        Token(match.start(), match.end(), "verb", str(match.lastgroup), f"light-{match.lastgroup}", False)
        for pattern in (_LIGHT, _GOING)
        for match in pattern.finditer(text)
        if not _inside(names, match.start())
    ]
    verbs = [
        token
        for token in tokens
        if token.kind == "verb" and not (token.value in _SAID and _nominal(text, token.start))
    ]
    if light:
        spans = [(token.start, token.end) for token in light]
        verbs = sorted([*(t for t in verbs if not _inside(spans, t.start)), *light])
    return [t for t in verbs if not _inside(quoted, t.start)] if quoted else verbs


def _nominal(text: str, start: int) -> bool:
    """Tell whether a verb is a noun there: 各学院的工作汇报."""
    return text.endswith(("的工作", "的情况", "的专题"), 0, start)


def _inside(spans: Sequence[tuple[int, int]], pos: int) -> bool:
    """Tell whether a code point lies in one of the ordered spans."""
    index = bisect_left(spans, (pos + 1,)) - 1
    return index >= 0 and spans[index][0] <= pos < spans[index][1]

"""Meeting nouns as an open class: words in 会 or 式 where a meeting can stand (院周会, 约谈会, 开营式)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.lexicon.patterns import alternation
from etl.meeting.lexer import Token, shorter

# The last character comes first in the pattern, so that a search jumps from one to the next.
_OPEN = re.compile(
    f"[会式](?:(?<={alternation('open-meeting')}会)|(?<={alternation('open-ceremony')}式))"
    f"(?={alternation('behind-noun')})"
)
_TYPES = {"会": "meeting", "式": "ceremony"}
_LONGER = re.compile(r"会议|会(?![议见谈场商员诊所计同长标务馆址])|活动(?=[，。；、”]|$)")


def complete(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with the meeting nouns that no table lists; what they cover goes.

    A listed noun takes in a 会 behind it (集体学习 becomes 集体学习会); a word that reaches into a noun gives
    way to a shorter one (参加调研 to 参加, before 调研会).
    """
    found: list[Token] = []
    for token in tokens:
        if token.kind == "noun" and (more := _LONGER.match(text, token.end)):
            token = token._replace(end=more.end())
        found.append(token)
    heads = [
        Token(match.start() - 1, match.end(), "noun", _TYPES[match[0]], f"open-{_TYPES[match[0]]}", False)
        for match in _OPEN.finditer(text)
    ]
    if not heads:
        return found
    merged: list[Token] = []
    waiting = iter([*heads, None])
    head = next(waiting)
    for token in found:
        while head is not None and head.end <= token.start:
            merged.append(head)
            head = next(waiting)
        if head is None or token.end <= head.start:
            merged.append(token)
        elif token.kind in ("noun", "keep") or token.end > head.end:
            merged.append(token)
            head = next(waiting)
        elif token.start < head.start and (rest := shorter(text, token.start, head.start)):
            merged.append(rest)
    while head is not None:
        merged.append(head)
        head = next(waiting)
    return merged

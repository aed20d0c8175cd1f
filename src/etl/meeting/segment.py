"""A text as sentences and clauses: the shared parsed form on which every reader of the meeting room works."""

from __future__ import annotations

import re
from typing import NamedTuple

_SENTENCE = re.compile(r"[^\n。！？!?]*(?:[。！？!?]+[”’」』）)》〉\"]*|\n|$)")
_CLAUSE = re.compile(r"([^，,；;。！？!?：:\n]*)(?:[，,；;。！？!?：:\n]+[”’」』\"]*|$)")
_CLOSING = frozenset('”’」』"')
_BLANK = " \t\r\n\u3000\xa0"
_LONGEST = 2000
"""A sentence without an end is cut here, so that no reader's work grows faster than the text."""


class Clause(NamedTuple):
    """Half-open range of code points: `end` stands before its closing mark, `stop` after it."""

    start: int
    end: int
    stop: int


class Sentence(NamedTuple):
    """Half-open range of code points, blanks at either end left out; `paragraph` counts lines from 0."""

    start: int
    end: int
    paragraph: int


class Parsed(NamedTuple):
    """A frozen text and its sentences in order; `memo` keeps the clauses of each sentence once split."""

    text: str
    sentences: tuple[Sentence, ...]
    memo: dict[int, list[Clause]]

    def of(self, sentence: Sentence) -> str:
        """Return the characters of a sentence."""
        return self.text[sentence.start : sentence.end]

    def clauses(self, sentence: Sentence) -> list[Clause]:
        """Return the clauses of a sentence, split after ， ； ： and sentence marks, in order, none empty."""
        found = self.memo.get(sentence.start)
        if found is None:
            found = self.memo[sentence.start] = clauses(self.text, sentence.start, sentence.end)
        return found


def parse(text: str) -> Parsed:
    """Return `text` with its sentences: split after 。！？ and a quote that closes there, at newlines."""
    found: list[Sentence] = []
    paragraph = 0
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        newline = end > start and text[end - 1] == "\n"
        while start < end and text[start] in _BLANK:
            start += 1
        while end > start and text[end - 1] in _BLANK:
            end -= 1
        while end - start > _LONGEST:
            found.append(Sentence(start, start + _LONGEST, paragraph))
            start += _LONGEST
        if start < end:
            found.append(Sentence(start, end, paragraph))
        paragraph += newline
    return Parsed(text, tuple(found), {})


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """Return the clauses of `text[start:end]`, each with its closing mark, none empty."""
    found: list[Clause] = []
    for match in _CLAUSE.finditer(text, start, end):
        first, last = match.span(1)
        while last > first and text[last - 1] in _CLOSING:
            last -= 1
        if first < last:
            found.append(tuple.__new__(Clause, (first, last, match.end())))
    return found

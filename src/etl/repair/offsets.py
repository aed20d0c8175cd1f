"""Replaying recorded steps, and tracing positions of a repaired text back to the original."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from etl.errors import DataError
from etl.records import Step


def _passes(steps: Iterable[Step]) -> Iterator[list[Step]]:
    for _, group in groupby(steps, key=lambda step: step.pass_no):
        yield list(group)


def apply(steps: Iterable[Step], original: str) -> str:
    """Return the repaired text: `steps` (as `repair` recorded them) replayed over `original`.

    Raises `DataError` where a step does not find what it replaced, since the steps belong to another text
    then.
    """
    text = original
    for one_pass in _passes(steps):
        pieces: list[str] = []
        position = 0
        for step in one_pass:
            if text[step.start : step.end] != step.before:
                raise DataError(
                    f"step {step.rule} of pass {step.pass_no} expects {step.before!r} at {step.start}: "
                    "replay steps over the original text that they were recorded for"
                )
            pieces += (text[position : step.start], step.after)
            position = step.end
        pieces.append(text[position:])
        text = "".join(pieces)
    return text


def trace(steps: Iterable[Step], position: int) -> int:
    """Return the code point of the original text from which `position` of the repaired text comes.

    A position inside a replaced stretch maps to the stretch's proportional place, so order is kept.
    """
    for one_pass in reversed(list(_passes(steps))):
        shift = 0
        for step in one_pass:
            start = step.start + shift
            if position < start:
                break
            end = start + len(step.after)
            if position < end:
                inside = (position - start) * len(step.before) // len(step.after)
                position, shift = step.start + inside, 0
                break
            shift += len(step.after) - len(step.before)
        position -= shift
    return position

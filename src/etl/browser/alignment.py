"""Original and repaired text side by side: which stretch became which, by which rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of both texts; `steps` are the numbers of the steps that changed it, in order."""

    before: str
    after: str
    steps: tuple[int, ...] = ()


def align(original: str, steps: Sequence[Mapping[str, Any]]) -> list[Stretch]:
    """Return the stretches of `original` and of what `steps` (rows of repair_steps) made of it, in order.

    The `before` of all stretches joined is the original, the `after` the repaired text. Steps of a later pass
    that touch what an earlier one changed are joined with it.
    """
    stretches = [Stretch(original, original)]
    numbered = enumerate(steps)
    for _, one_pass in groupby(numbered, key=lambda item: item[1]["pass_no"]):
        stretches = list(_one_pass(stretches, [(number, step) for number, step in one_pass]))
    return stretches


def _one_pass(stretches: list[Stretch], steps: list[tuple[int, Mapping[str, Any]]]) -> Iterator[Stretch]:
    """Yield the stretches after a pass, whose steps refer to the joined `after` texts before it."""
    waiting = iter(_cut(stretches, steps))
    position = 0
    held: Stretch | None = next(waiting, None)
    for number, step in steps:
        while held is not None and position + len(held.after) <= step["start"] and (held.after or held.steps):
            position += len(held.after)
            yield held
            held = next(waiting, None)
        numbers: tuple[int, ...] = ()
        start, before, after = position, "", ""
        while held is not None and position < step["end"]:
            position += len(held.after)
            before, after, numbers = before + held.before, after + held.after, numbers + held.steps
            held = next(waiting, None)
        low, high = step["start"] - start, step["end"] - start
        position = start + len(after)
        merged = Stretch(before, after[:low] + step["after"] + after[high:], (*numbers, number))
        if high < len(after):  # the next step may begin in what this one left of an earlier change
            position = step["end"]
            held, waiting = Stretch("", after[high:], numbers), _chain(held, waiting)
            merged = Stretch(before, after[:low] + step["after"], merged.steps)
        yield merged
    while held is not None:
        yield held
        held = next(waiting, None)


def _chain(first: Stretch | None, rest: Iterator[Stretch]) -> Iterator[Stretch]:
    if first is not None:
        yield first
    yield from rest


def _cut(stretches: Iterable[Stretch], steps: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[Stretch]:
    """Yield the stretches, those without steps cut at the borders of the next pass's steps."""
    borders = sorted({edge for _, step in steps for edge in (step["start"], step["end"])})
    position, number = 0, 0
    for stretch in stretches:
        end = position + len(stretch.after)
        if stretch.steps:
            yield stretch
        else:
            while number < len(borders) and borders[number] <= position:
                number += 1
            start = position
            while number < len(borders) and borders[number] < end:
                part = stretch.after[start - position : borders[number] - position]
                yield Stretch(part, part)
                start = borders[number]
                number += 1
            part = stretch.after[start - position :]
            yield Stretch(part, part)
        position = end


def paragraphs(stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Yield the stretches paragraph by paragraph: a line feed that stands in both texts ends one."""
    line: list[Stretch] = []
    for stretch in stretches:
        if stretch.steps:
            line.append(stretch)
            continue
        *whole, last = stretch.after.split("\n")
        for part in whole:
            yield [*line, Stretch(part, part)]
            line = []
        line.append(Stretch(last, last))
    yield line

"""Repair steps as a coloured, readable diff: what went is struck out, what came is green."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from etl import repair
from etl.records import Article, Step

CONTEXT = 14
"""Characters shown on either side of a change; changes that lie closer together share a line."""

GONE, CAME = "red strike", "bold green"


def lines(article: Article) -> Iterator[Text]:
    """Yield one line for each run of neighbouring changes, pass by pass, with the rules that made them."""
    before: list[Step] = []
    for number, group in groupby(article.repair_steps, key=lambda step: step.pass_no):
        steps = list(group)
        text = repair.apply(before, article.text_original)
        yield Text(f"pass {number}, {len(steps)} change{'s' * (len(steps) > 1)}", style="bold")
        for near in _neighbours(steps):
            yield _line(text, near)
        before += steps


def _neighbours(steps: list[Step]) -> Iterator[list[Step]]:
    """Yield the steps in groups whose contexts touch."""
    group: list[Step] = []
    for step in steps:
        if group and step.start - group[-1].end > 2 * CONTEXT:
            yield group
            group = []
        group.append(step)
    yield group


def _line(text: str, steps: list[Step]) -> Text:
    line = Text("  ")
    position = max(0, steps[0].start - CONTEXT)
    line.append("…" if position else "", style="dim")
    for step in steps:
        line.append(visible(text[position : step.start]))
        line.append(visible(step.before), style=GONE)
        line.append(visible(step.after), style=CAME)
        position = step.end
    line.append(visible(text[position : position + CONTEXT]))
    line.append("…" if position + CONTEXT < len(text) else "", style="dim")
    rules = ", ".join(dict.fromkeys(step.rule for step in steps))
    lowest = min(step.confidence for step in steps)
    line.append(f"  {steps[0].start}–{steps[-1].end} {rules} ({lowest:.2f})", style="dim")
    return line


def visible(text: str) -> str:
    """Return `text` on one line, with marks for line feeds and characters that nobody would see."""
    return "".join(
        "↵" if c == "\n" else c if c.isprintable() or c == "\u3000" else f"<{ord(c):04X}>" for c in text
    )

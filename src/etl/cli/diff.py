"""Repair steps as a diff that reads without colours, too: what stood there, and below it what stands now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from rich.text import Text

from etl import repair
from etl.browser.language import Words
from etl.records import Article, Step

CONTEXT = 14
"""Characters shown on either side of a change; changes that lie closer together share a pair of lines."""

WIDEST = 40
"""Characters between the first and the last change of a pair of lines, so that most need no wrapping."""

CANDIDATES = 24
"""Characters that are shown of those that a lost one may be."""

GONE, CAME = "bold red", "bold green"


def lines(article: Article) -> Iterator[Text]:
    """Yield the lines of each pass: its families of damage, then each run of neighbouring changes."""
    before: list[Step] = []
    for number, group in groupby(article.repair_steps, key=lambda step: step.pass_no):
        steps = list(group)
        text = repair.apply(before, article.text_original)
        families = dict.fromkeys(Words("en").value("family", step.rule[:1]) for step in steps)
        yield Text(f"pass {number}, {count(len(steps), 'change')}: {', '.join(families)}", style="bold")
        runs = list(_neighbours(steps))
        ends = [0, *(run[-1].end for run in runs)]
        starts = [*(run[0].start for run in runs), len(text)]
        for index, run in enumerate(runs):
            start = max(ends[index], run[0].start - CONTEXT)
            yield from _pair(text, run, start, min(starts[index + 1], run[-1].end + CONTEXT))
        before += steps


def count(number: int, what: str) -> str:
    """Return a number of things in words."""
    return f"{number} {what}{'s' * (number != 1)}"


def _neighbours(steps: list[Step]) -> Iterator[list[Step]]:
    """Yield the steps in runs whose contexts touch and which are not too wide."""
    run = steps[:1]
    for last, step in pairwise(steps):
        if step.start - last.end > 2 * CONTEXT or step.end - run[0].start > WIDEST:
            yield run
            run = []
        run.append(step)
    yield run


def _pair(text: str, steps: list[Step], start: int, end: int) -> Iterator[Text]:
    """Yield place and rules of a run of changes, then `text[start:end]` before and after them."""
    rules = ", ".join(dict.fromkeys(step.rule for step in steps))
    lowest = min(step.confidence for step in steps)
    yield Text(f"  {steps[0].start}–{steps[-1].end}  {rules}  confidence {lowest:.2f}", style="dim")
    gone, came = Text("  - ", style="red"), Text("  + ", style="green")
    for line in (gone, came):
        line.append("…" if start else "", style="dim")
    position = start
    for step in steps:
        for line, own, style in ((gone, step.before, GONE), (came, step.after, CAME)):
            line.append(visible(text[position : step.start]), style="default")
            line.append(visible(own), style=style)
        position = step.end
    for line in (gone, came):
        line.append(visible(text[position:end]), style="default")
        line.append("…" if end < len(text) else "", style="dim")
        yield line
    for step in steps:
        if step.candidates:
            more = f" … ({len(step.candidates)} in all)" if len(step.candidates) > CANDIDATES else ""
            yield Text(f"    � may be {' '.join(step.candidates[:CANDIDATES])}{more}", style="dim")


def visible(text: str) -> str:
    """Return `text` on one line, with marks for line feeds and characters that nobody would see."""
    return "".join(
        "↵" if c == "\n" else c if c.isprintable() or c == "\u3000" else f"<{ord(c):04X}>" for c in text
    )

"""Repair measured: harmlessness on clean text, restoration of corrupted text, real damaged pairs."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from etl.errors import DataError, UsageError
from etl.evaluate.corpus import articles, sentences
from etl.evaluate.corrupt import FAMILIES, corrupt, slipped_run
from etl.evaluate.distance import apart, distance, kept_share
from etl.evaluate.rivals import rivals
from etl.records import Step
from etl.repair import punctuation_width, repair


@dataclass(slots=True)
class CleanReport:
    """Changes that repair made to clean texts, in code points: `changed` with script and punctuation off."""

    texts: int = 0
    characters: int = 0
    changed: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[str]] = field(default_factory=dict)

    def table(self) -> str:
        """Return the report as lines for a person."""
        optional = sum(count for rule, count in self.rules.items() if rule in ("P3", "T1"))
        lines = [
            f"{self.texts} texts, {self.characters} characters",
            f"changed code points, script and punctuation off: {self.changed}",
            f"changed code points, both on: {sum(self.rules.values())} (P3 and T1: {optional})",
        ]
        lines += [f"  {rule}: {count}" for rule, count in sorted(self.rules.items())]
        lines += [f"    {line}" for rule in sorted(self.shown) for line in self.shown[rule]]
        return "\n".join(lines)


def clean(folder: Path, show: int = 0) -> CleanReport:
    """Repair each text under `folder` twice, without and with script and punctuation; count what changes."""
    report = CleanReport()
    for name, text in articles(folder):
        report.texts += 1
        report.characters += len(text)
        strict = repair(text, script=False, punctuation=False)
        report.changed += sum(_size(step) for step in strict.steps)
        for step in repair(text).steps:
            report.rules[step.rule] += _size(step)
            examples = report.shown.setdefault(step.rule, [])
            if len(examples) < show:
                examples.append(f"{step.rule} {name} {step.start}: {step.before!r} → {step.after!r}")
    return report


def _size(step: Step) -> int:
    return max(len(step.before), len(step.after))


def yardsticks(folder: Path, seed: int) -> list[str]:
    """Return the sentences of `folder` to damage; P3 widens half-width marks, so none has any."""
    return [text for text in sentences(folder, seed) if not punctuation_width.find(text)]


def damaged(pool: Iterable[str], family: str, sample: int, seed: int) -> list[tuple[str, str]]:
    """Return the first `sample` texts of `pool` that `family` applies to, each with itself damaged."""
    cases = ((text, corrupt(text, family, seed)) for text in pool)
    return list(islice(((text, bad) for text, bad in cases if bad is not None), sample))


def corrupted(
    folder: Path, families: tuple[str, ...], sample: int, seed: int, show: int = 0
) -> Iterator[str]:
    """Yield the lines of a table: per family exact % and character % of ours beside the rivals.

    Raises `UsageError` for an unknown family.
    """
    if unknown := set(families) - set(FAMILIES):
        raise UsageError(f"unknown family {min(unknown)!r}; the families are {', '.join(FAMILIES)}")
    pool = yardsticks(folder, seed)
    tools: dict[str, Callable[[str], str]] = {"repair": lambda text: repair(text).text}
    tools |= {**rivals(), "untouched": str}
    yield f"{sample} of {len(pool)} sentences a family, seed {seed}; exact % and character % of each tool"
    yield "family        n    " + "".join(f"{name:>16}" for name in tools)
    for family in families or FAMILIES:
        cases = damaged(pool, family, sample, seed)
        got = {name: [(text, tool(bad)) for text, bad in cases] for name, tool in tools.items()}
        figures = "".join(f"{_figures(texts):>16}" for texts in got.values())
        yield f"{family:<12}{len(cases):>5}    {figures}{_outside(got['repair'], family, seed)}"
        yield from _failures(cases, show)


def _figures(got: list[tuple[str, str]]) -> str:
    """Return exact % and character % of (wanted, got) texts."""
    if not got:
        return "–"
    exact = sum(wanted == text for wanted, text in got) / len(got)
    wrong = sum(apart(wanted, _nfc(text)) for wanted, text in got)
    return f"{exact:.1%} {1 - wrong / sum(len(wanted) for wanted, _ in got):.2%}".replace("%", "")


def _outside(got: list[tuple[str, str]], family: str, seed: int) -> str:
    """Return the share of characters before and behind the slipped runs that came out as they were."""
    kept = total = 0
    for wanted, text in got:
        if run := slipped_run(wanted, family, seed):
            for part, there in ((wanted[: run[0]], text), (wanted[run[1] :][::-1], text[::-1])):
                total += len(part)
                kept += len(part) - distance(part, there[: len(part)])
    return f"   outside {kept / total:.2%}" if total else ""


def _failures(cases: list[tuple[str, str]], show: int) -> Iterator[str]:
    for text, damaged in cases:
        if show <= 0:
            return
        result = repair(damaged)
        if result.text != text:
            show -= 1
            yield f"    wanted  {text!r}\n    damaged {damaged!r}\n    got     {result.text!r}"


def pairs(file: Path, show: int = 0) -> Iterator[str]:
    """Yield a line for each pair of a JSON-lines file (id, text, restored), and the total.

    Raises `DataError` naming the line that lacks a field.
    """
    wrong = total = exact = count = 0
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            name, text, wanted = row["id"], row["text"], _nfc(row["restored"])
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(
                f"{file}, line {number}: not a pair with id, text and restored ({error})"
            ) from None
        result = repair(text)
        got = _nfc(result.text)
        off = apart(wanted, got)
        wrong, total, exact, count = wrong + off, total + len(wanted), exact + (got == wanted), count + 1
        shares = f"{kept_share(wanted, got):7.2%}  untouched {kept_share(wanted, _nfc(text)):7.2%}"
        fate = f"off {off:3d} of {len(wanted):4d}  lost {result.lost}  {' '.join(result.flags)}"
        yield f"{name}  {shares}  {fate}"
        if show and got != wanted:
            yield f"    wanted {wanted!r}\n    got    {got!r}"
    yield f"{count} pairs: {1 - wrong / max(1, total):.2%} of characters restored, {exact} exact"


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)

"""The thresholds of repair measured: what each restores, spoils and touches, at its value and beside it."""

from __future__ import annotations

import csv
import importlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from etl.evaluate.distance import apart
from etl.evaluate.repair import damaged, yardsticks
from etl.repair import plan, repair

TABLE = Path(__file__).with_suffix(".tsv")


class Threshold(NamedTuple):
    """A row of `thresholds.tsv`: a constant of a module of `etl.repair`, measured on a `family` of damage."""

    id: str
    module: ModuleType
    name: str
    family: str
    values: tuple[float, ...]
    meaning: str


def thresholds() -> Iterator[Threshold]:
    """Yield the thresholds of the table."""
    with TABLE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            module = importlib.import_module(f"etl.repair.{row['module']}")
            values = tuple(map(float, row["values"].split()))
            yield Threshold(row["id"], module, row["name"], row["family"], values, row["meaning"])


def measured(folder: Path, sample: int, seed: int) -> Iterator[str]:
    """Yield the lines of a table: each threshold at each value (`*`: the one in use).

    `restored` is the share of characters of damaged sentences of `folder` that come out right, `wrong` that
    of characters that stay damaged or become others (U+FFFD is neither), `touched` how many sound sentences
    change, of those that look suspicious to a family.
    """
    pool = yardsticks(folder, seed)
    odd = list(islice((text for text in pool if plan.suspicious(text)), sample))
    yield f"{sample} sentences, seed {seed}; % of characters, and sound sentences touched of {len(odd)}"
    yield f"{'threshold':<36}{'family':<11}{'value':>8}{'restored':>10}{'wrong':>10}{'touched':>9}"
    for threshold in thresholds():
        cases = damaged(pool, threshold.family, sample, seed)
        usual = getattr(threshold.module, threshold.name)
        name = f"{threshold.id} {threshold.module.__name__.rpartition('.')[2]}.{threshold.name}"
        for value in threshold.values:
            try:
                _set(threshold, value)
                restored, wrong = _shares(cases)
                touched = sum(repair(text, script=False).text != text for text in odd)
            finally:
                _set(threshold, usual)
            mark = "*" if value == usual else " "
            figures = f"{restored:>10.2%}{wrong:>10.2%}{touched:>9}"
            yield f"{name:<36}{threshold.family:<11}{value:>7g}{mark}{figures}"


def _set(threshold: Threshold, value: float) -> None:
    """Set a threshold, and forget what was decided with another."""
    setattr(threshold.module, threshold.name, value)
    for function in vars(threshold.module).values():
        if hasattr(function, "cache_clear"):
            function.cache_clear()


def _shares(cases: list[tuple[str, str]]) -> tuple[float, float]:
    """Return the shares of characters restored and wrong over (sound text, damaged text)."""
    total = off = lost = 0
    for text, bad in cases:
        result = repair(bad)
        wrong = apart(text, result.text)
        total, off, lost = total + len(text), off + wrong, lost + min(wrong, result.lost)
    return (1 - off / total, (off - lost) / total) if total else (1.0, 0.0)

"""Quality: whether a source-day drifts from what the same source gave in the month before.

Days differ by chance, small days most of all; so a difference counts only beyond a tolerance and beyond the
standard errors that `quality.toml` names.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Literal

import msgspec

from etl.dataset import reader, store
from etl.settings import Settings

Runs = Mapping[str, Mapping[str, Any]]
"""The `runs` rows of one source-day by stage."""


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One measure, the side on which a difference is worse, and the difference that is none."""

    measure: str
    worse: Literal["less", "more", "none"]
    tolerance: float


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a source-day is held to: see `quality.toml`."""

    days: int
    least_days: int
    sigma: float
    least_rows: int
    check: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A measure of one day: a mean over `weight` rows, articles or links."""

    mean: float
    weight: int


@dataclass(frozen=True, slots=True)
class Drift:
    """A measure that left the range of the days before: expected, found, and how far it may differ."""

    measure: str
    expected: float
    found: float
    allowed: float

    def __str__(self) -> str:
        """Return the drift as a clause of a sentence."""
        return f"{self.measure} {self.found:.3g} instead of {self.expected:.3g} (±{self.allowed:.2g})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the comparison said. `history` counts the days before that were compared, `needed` the least."""

    source_id: str
    day: date
    history: int
    needed: int
    drifts: tuple[Drift, ...] = ()

    @property
    def enough(self) -> bool:
        """Return whether there were days enough to say anything."""
        return self.history >= self.needed


@cache
def rules() -> Rules:
    """Return the rules of `quality.toml`."""
    text = resources.files(__package__).joinpath("quality.toml").read_bytes()
    return msgspec.toml.decode(text, type=Rules)


def check_day(source_id: str, day: date, *, settings: Settings) -> Verdict:
    """Return how the source-day compares with the days before it, from the table `runs` alone.

    Raises `DataError` for a file that can't be read.
    """
    first = day - timedelta(days=rules().days)
    found: dict[date, dict[str, Mapping[str, Any]]] = {}
    for stage in ("capture", "parse"):
        for path in store.partition_files(settings.data, "runs", source_id=source_id, name=stage):
            at = store.partition_of(path)[1]
            if at is not None and first <= at <= day:
                for row in reader.read_file(path, "runs").to_pylist():
                    found.setdefault(at, {})[stage] = row
    today = found.pop(day, {})
    return compare(source_id, day, today, [found[at] for at in sorted(found)], rules())


def compare(source_id: str, day: date, today: Runs, before: Sequence[Runs], held: Rules) -> Verdict:
    """Return the drifts of `today` from the days `before`; none where fewer than `least_days` have rows."""
    history = [runs for runs in before if _rows(runs, "articles")]
    verdict = Verdict(source_id, day, len(history), held.least_days)
    if not verdict.enough:
        return verdict
    drifts = (_drift(check, today, history, held) for check in held.check)
    return Verdict(source_id, day, len(history), held.least_days, tuple(d for d in drifts if d))


def _drift(check: Check, today: Runs, history: Sequence[Runs], held: Rules) -> Drift | None:
    """Return the drift of one measure, None where there is none or nothing to compare."""
    now = _value(check.measure, today)
    past = [value for runs in history if (value := _value(check.measure, runs))]
    if now is None or len(past) < held.least_days:
        return None
    weights = sum(value.weight for value in past)
    expected = sum(value.mean * value.weight for value in past) / weights
    if check.worse == "none":
        silent = now.mean == 0 and all(value.mean for value in past)
        return Drift(check.measure, expected, 0.0, 0.0) if silent else None
    variance = sum(value.weight * (value.mean - expected) ** 2 for value in past) / (len(past) - 1)
    chance = held.sigma * math.sqrt(max(variance, _chance(expected)) / now.weight)
    allowed = max(check.tolerance, chance, (held.least_rows - 1) / now.weight)
    difference = now.mean - expected if check.worse == "more" else expected - now.mean
    return Drift(check.measure, expected, now.mean, allowed) if difference > allowed else None


def _chance(share: float) -> float:
    """Return the variance of one row under a share, kept off zero: a month without a miss is no proof."""
    near = min(max(share, 0.01), 0.99)
    return near * (1 - near)


def _value(measure: str, runs: Runs) -> Value | None:
    """Return a measure of one day, None where the day has nothing to measure it on."""
    table, _, column = measure.partition(".")
    if measure == "links":
        return Value(runs["capture"]["taken"], 1) if "capture" in runs else None
    if measure == "lost_chars":
        articles = _rows(runs, "articles")
        return Value(runs["parse"]["lost_chars"] / articles, articles) if articles else None
    if column == "rejects":
        taken = runs[table]["taken"] if table in runs else 0
        rejected = sum(reason["rows"] for reason in runs[table]["rejects"]) if taken else 0
        return Value(min(rejected / taken, 1.0), taken) if taken else None
    rows = _rows(runs, table)
    shares = {rate["column"]: rate["share"] for rate in runs["parse"]["fill_rates"]} if rows else {}
    return Value(shares[measure], rows) if measure in shares else None


def _rows(runs: Runs, table: str) -> int:
    """Return how many rows of `table` the day's parse wrote."""
    written = runs["parse"]["rows"] if "parse" in runs else []
    return next((int(entry["rows"]) for entry in written if entry["table"] == table), 0)

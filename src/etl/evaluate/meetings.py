"""The meeting extractor measured on a gold: predictions, figures, misses in their sentences, calibration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from etl.evaluate import score
from etl.evaluate.compare import Record, normal
from etl.evaluate.gold import Gold, article, load, record
from etl.meeting.segment import parse

BUCKETS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Bounds of the confidence buckets, the last one closed."""


class Rated(NamedTuple):
    """One extracted value with the confidence that was given to it and whether the gold has it."""

    kind: str
    confidence: float
    right: bool


class Evaluation(NamedTuple):
    """What an extractor made of a gold: records in the gold's shape by article id, figures, rated values."""

    gold: Gold
    predictions: dict[str, dict[str, Any]]
    scores: score.Scores
    rated: tuple[Rated, ...]


def evaluate(folder: Path) -> Evaluation:
    """Run the extractor over a gold folder; raises `DataError` where the folder is not a gold."""
    from etl import meeting

    gold = load(folder)
    predictions, rated = {}, list[Rated]()
    for text, real in zip(gold.texts, gold.records, strict=True):
        page = article(text)
        reports = meeting.extract(page)
        predictions[text.id] = record(text.id, page, reports)
        for report in reports[:1]:
            rated += _rate(report, real, predictions[text.id])
    return Evaluation(gold, predictions, score.score(gold.records, predictions), tuple(rated))


def _rate(report: Any, real: Record, made: Record) -> Iterator[Rated]:
    """Yield each value of a report that carries a confidence with the gold's verdict on it."""
    found_type = bool(real["is_event"]) and score.ANSWERS["event_type"](real, made)
    yield Rated("event", report.confidence, found_type)
    people = score.LISTS["people (name,role)"][0](real) if real["is_event"] else {}
    groups = score.LISTS["groups (name,role)"][0](real) if real["is_event"] else {}
    for row in report.participants:
        yield Rated("participant", row.confidence, (normal(row.name), _role(row.role)) in people)
    for row in report.groups:
        yield Rated("group", row.confidence, (normal(row.name), _role(row.role)) in groups)


def _role(role: str) -> str:
    return "reporter_out" if role == "presenter" else role


def calibration(rated: Sequence[Rated]) -> list[str]:
    """Return one line a kind and confidence bucket: bounds, mean confidence, share that is right, number."""
    lines = ["confidence            mean   right      n"]
    for kind in sorted({value.kind for value in rated}):
        for low, high in pairwise(BUCKETS):
            last = high == BUCKETS[-1]
            chosen = [
                v
                for v in rated
                if v.kind == kind and (low <= v.confidence < high or (last and v.confidence == high))
            ]
            if chosen:
                mean = sum(value.confidence for value in chosen) / len(chosen)
                right = sum(value.right for value in chosen) / len(chosen)
                lines.append(f"{kind:12}{low:4.2f}–{high:4.2f}  {mean:.3f}   {right:.3f}  {len(chosen):5}")
    return lines


_DERIVED = ("event_type strict", "name containment", "location loose", "segments (subject,verb)")
_DETAIL = {"people (name,title)": "people by name", "people (name,role)": "people by name"}
_DETAIL["groups (name,role)"] = "groups by name"
"""Metric over (name, …) to the metric over names: a name that is missing there is not told again here."""


def misses(evaluation: Evaluation) -> Iterator[str]:
    """Yield each miss: article, metric, what the gold has, what was made of it, its sentence."""
    for text, real in zip(evaluation.gold.texts, evaluation.gold.records, strict=True):
        made = evaluation.predictions[text.id]
        parsed = parse(text.text)
        sentences = [parsed.of(sentence) for sentence in parsed.sentences]
        for metric in score.misses(real, evaluation.predictions):
            if metric in _DERIVED or metric.endswith(" loose"):
                continue
            for sign, what, word in _differences(metric, real, made):
                sentence = next((line for line in sentences if word and word in line), "")
                yield f"{text.id}  {metric}: {sign} {what}" + (
                    f"\n      {sentence[:160]}" if sentence else ""
                )


def _differences(metric: str, real: Record, made: Record) -> Iterator[tuple[str, str, str]]:
    """Yield (sign, value, word to look for): − stands for what was missed, + for what was made up."""
    if metric not in score.LISTS:
        field = {"event detection": "is_event", "name exact": "name", "directives exact": "directives"}
        key = field.get(metric, metric.split()[0])
        wanted, got = real.get(key), made.get(key)
        yield "≠", f"gold {wanted!r}, made {got!r}", str(wanted or got or "")
        return
    items, _ = score.LISTS[metric]
    right, said = items(real), items(made)
    names = score.LISTS[_DETAIL[metric]][0] if metric in _DETAIL else None
    told = set(names(real)) ^ set(names(made)) if names else set()
    for sign, extra in (("−", right - said), ("+", said - right)):
        for item in extra.elements():
            parts = (item,) if isinstance(item, str) else tuple(map(str, item))
            if parts[0] not in told:
                yield sign, "，".join(parts), parts[1] if metric == "credits" else parts[0]


def overall(scores: Mapping[str, Mapping[str, score.Figure]]) -> dict[str, float]:
    """Return the figures over all articles by metric, as floors are kept: F1 or accuracy."""
    return {name: figure.value for name, figure in scores["all"].items()}

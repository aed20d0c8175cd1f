"""Figures of predicted meeting records against a gold: the metrics of the gold's own scorer, one for one.

A record is a JSON object in the gold's shape (`etl.evaluate.gold`). Every metric but event detection is taken
over the gold events; what is predicted for a gold non-event counts as false. Counts are micro-averaged over
all articles and over the national and the local ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from etl.evaluate.compare import (
    Record,
    credit_items,
    group_items,
    group_roles,
    locations_agree,
    names_agree,
    normal,
    person_names,
    person_roles,
    person_titles,
    segment_items,
    segment_pairs,
)

PARTS = ("all", "national", "local")
Items = Counter[Any]


class Share(NamedTuple):
    """Right answers among `total` gold events."""

    right: int
    total: int

    @property
    def value(self) -> float:
        """Accuracy, 1.0 where there was nothing to answer."""
        return self.right / self.total if self.total else 1.0

    def __str__(self) -> str:
        return f"{self.value:.3f}  (n={self.total})"


class Overlap(NamedTuple):
    """Hits among predicted and gold items; `size` is the number printed as n."""

    hits: int
    predicted: int
    gold: int
    size: int

    @property
    def precision(self) -> float:
        """Share of the predicted items that are right."""
        return self.hits / self.predicted if self.predicted else 1.0 if not self.gold else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold items that were found."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def value(self) -> float:
        """F1, the harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.3f}/{self.recall:.3f}/{self.value:.3f} (n={self.size})"


Figure = Share | Overlap
Scores = dict[str, dict[str, Figure]]
"""Figures by part (all, national, local), then by metric."""


def _same(field: str) -> Callable[[Record, Record], bool]:
    return lambda gold, made: normal(made.get(field)) == normal(gold.get(field))


def _type_agrees(gold: Record, made: Record) -> bool:
    return made.get("event_type") in [gold["event_type"], *(gold.get("event_type_alt") or [])]


ANSWERS: dict[str, Callable[[Record, Record], bool]] = {
    "event_type": _type_agrees,
    "event_type strict": lambda gold, made: made.get("event_type") == gold["event_type"],
    "name exact": lambda gold, made: names_agree(gold, made, loose=False),
    "name containment": lambda gold, made: names_agree(gold, made, loose=True),
    "date_start": _same("date_start"),
    "date_end": _same("date_end"),
    "part_of_day": _same("part_of_day"),
    "location": lambda gold, made: locations_agree(gold, made, loose=False),
    "location loose": lambda gold, made: locations_agree(gold, made, loose=True),
    "directives exact": lambda gold, made: (made.get("directives") or 0) == gold["directives"],
    "source_media": _same("source_media"),
}
"""Metrics with one answer per event: right or wrong."""


def _exact(gold: Items, made: Items) -> int:
    return (gold & made).total()


def _paired(alike: Callable[[Any, Any], bool]) -> Callable[[Items, Items], int]:
    """Return a count of pairs: equal items first, then each left one with the first that is alike."""

    def count(gold: Items, made: Items) -> int:
        """Return how many of `made` have a partner of their own in `gold`."""
        equal = gold & made
        left, hits = list((gold - equal).elements()), equal.total()
        for item in (made - equal).elements():
            match = next((other for other in left if alike(item, other)), None)
            if match is not None:
                left.remove(match)
                hits += 1
        return hits

    return count


def _titles_alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    (name, title), (other_name, other_title) = one, other
    ends = title.endswith(other_title) or other_title.endswith(title)
    return name == other_name and min(len(title), len(other_title)) > 1 and ends


def _groups_alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 2 and (one in other or other in one)


LISTS: dict[str, tuple[Callable[[Record], Items], Callable[[Items, Items], int]]] = {
    "people by name": (person_names, _exact),
    "people (name,title)": (person_titles, _exact),
    "people (name,title) loose": (person_titles, _paired(_titles_alike)),
    "people (name,role)": (person_roles, _exact),
    "groups by name": (group_items, _exact),
    "groups by name loose": (group_items, _paired(_groups_alike)),
    "groups (name,role)": (group_roles, _exact),
    "segments": (segment_items, _exact),
    "segments (subject,verb)": (segment_pairs, _exact),
    "credits": (credit_items, _exact),
}
"""Metrics over lists: precision, recall and F1 of their items."""


def _taken(record: Record, made: Mapping[str, Record]) -> Record:
    """Return the prediction for a gold record, empty where none was made or it says "no event"."""
    found = made.get(record["id"], {})
    return found if found.get("is_event") else {}


def _detection(gold: Sequence[Record], made: Mapping[str, Record]) -> Overlap:
    pairs = [(bool(record["is_event"]), bool(_taken(record, made))) for record in gold]
    hits = sum(real and said for real, said in pairs)
    return Overlap(hits, sum(said for _, said in pairs), sum(real for real, _ in pairs), len(pairs))


def _overlap(name: str, gold: Sequence[Record], made: Mapping[str, Record]) -> Overlap:
    items, match = LISTS[name]
    hits = predicted = wanted = 0
    for record in gold:
        if not record["is_event"] and name == "credits":
            continue
        right, said = items(record) if record["is_event"] else Counter(), items(_taken(record, made))
        hits, predicted, wanted = hits + match(right, said), predicted + said.total(), wanted + right.total()
    return Overlap(hits, predicted, wanted, wanted)


def score(gold: Iterable[Record], made: Mapping[str, Record]) -> Scores:
    """Return the figures of predictions keyed by article id; a missing id counts as "no event"."""
    records, scores = list(gold), Scores()
    for part in PARTS:
        chosen = [record for record in records if part in ("all", record.get("scope"))]
        events = [(record, _taken(record, made)) for record in chosen if record["is_event"]]
        figures: dict[str, Figure] = {"event detection": _detection(chosen, made)}
        for name, right in ANSWERS.items():
            figures[name] = Share(sum(bool(said) and right(real, said) for real, said in events), len(events))
        for name in LISTS:
            figures[name] = _overlap(name, chosen, made)
        scores[part] = figures
    return scores


def misses(record: Record, made: Mapping[str, Record]) -> list[str]:
    """Return the names of the metrics in which the prediction for one gold record is not perfect."""
    said = _taken(record, made)
    if not record["is_event"]:
        return ["event detection"] if said else []
    if not said:
        return ["event detection"]
    wrong = [name for name, right in ANSWERS.items() if not right(record, said)]
    return wrong + [name for name, (items, _) in LISTS.items() if items(record) != items(said)]


def table(scores: Scores) -> str:
    """Return the figures as the gold's scorer prints them: one line per metric, one column per part."""
    lines = [" " * 28 + "".join(f"{part:>26}" for part in scores)]
    for name in scores["all"]:
        cells = "".join(f"{figures[name]!s:>26}" for figures in scores.values())
        lines += [f"{name:28}{cells}"]
    lines.append("list rows: P/R/F1 (n = gold items); others: accuracy over gold events")
    return "\n".join(lines)


def plain(scores: Scores) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures as numbers for JSON: acc and n, or P, R, F and n."""
    return {
        part: {
            name: {"acc": figure.value, "n": figure.total}
            if isinstance(figure, Share)
            else {"P": figure.precision, "R": figure.recall, "F": figure.value, "n": figure.size}
            for name, figure in figures.items()
        }
        for part, figures in scores.items()
    }

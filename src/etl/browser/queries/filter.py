"""What a page is narrowed to, as conditions of a parameterised query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

EVENT_TYPES = ("meeting", "talks", "inspection", "ceremony")


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; empty fields do not narrow. Both ends of the range of days are in it.

    `source` is the id of a source or of a group, whose sources are `members` (empty: the source itself).
    `region` is the beginning of a GB/T 2260 code, `person` a part of a printed name, `text` a part of a
    meeting's name or of a directive. `allowed` are the sources that the reader may see (None: all), `local`
    those whose own code begins with `region`.
    """

    source: str = ""
    since: date | None = None
    until: date | None = None
    region: str = ""
    kind: str = ""
    level: str = ""
    person: str = ""
    text: str = ""
    allowed: frozenset[str] | None = None
    local: tuple[str, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def sources(self) -> list[str]:
        """Return the ids of the sources wanted, empty for all."""
        return list(self.members) or [self.source] * bool(self.source)

    def query(self) -> dict[str, str]:
        """Return the narrowing fields as parameters of an address."""
        own = (
            (f.name, getattr(self, f.name))
            for f in fields(self)
            if f.name not in ("allowed", "local", "members")
        )
        return {name: str(value) for name, value in own if value}

    def of_days(self) -> Filter:
        """Return the filter without what only meetings have."""
        return replace(self, kind="", level="", person="", text="")


Conditions = tuple[str, dict[str, Any]]
"""An SQL condition and its named parameters."""


def conditions(wanted: Filter) -> Conditions:
    """Return the condition on rows that have source_id and day."""
    found: list[tuple[str, str, Any]] = [
        ("list_contains($sources, source_id)", "sources", wanted.sources),
        ("day >= $since", "since", wanted.since),
        ("day <= $until", "until", wanted.until),
    ]
    if wanted.allowed is not None:
        found.append(("list_contains($allowed, source_id)", "allowed", sorted(wanted.allowed) or [""]))
    return _joined(found)


def region_of_days(wanted: Filter) -> Conditions:
    """Return the condition on rows that have a source but no division of their own."""
    return _joined(
        [("list_contains($local, source_id)", "local", list(wanted.local) or [""])] * bool(wanted.region)
    )


def of_meetings(wanted: Filter) -> Conditions:
    """Return the condition on rows of the index's meetings."""
    base, parameters = conditions(wanted)
    place = "(starts_with(division_code, $region) OR list_contains($local, source_id))"
    seen = "FROM {} WHERE contains({}, ${})"
    keys = "(report_id, source_id, coalesce(day, DATE '0001-01-01'))"
    inner = "(SELECT report_id, source_id, coalesce(day, DATE '0001-01-01') {})"
    person = inner.format(seen.format("people", "name", "person"))
    orders = inner.format(seen.format("orders", "text", "text"))
    own, values = _joined([
        ("event_type = $kind", "kind", wanted.kind),
        ("level = $level", "level", wanted.level),
        (place, "region", wanted.region),
        (f"{keys} IN {person}", "person", wanted.person),
        (f"(contains(name, $text) OR {keys} IN {orders})", "text", wanted.text),
    ])  # fmt: skip
    if wanted.region:
        values["local"] = list(wanted.local) or [""]
    return f"{base} AND {own}", parameters | values


def _joined(found: Iterable[tuple[str, str, Any]]) -> Conditions:
    used = [(condition, name, value) for condition, name, value in found if value]
    return " AND ".join(["true", *(one[0] for one in used)]), {name: value for _, name, value in used}

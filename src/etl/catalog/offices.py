"""Organs, posts, and who was seen in which: rows of the catalog from persons, reports and groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from etl.catalog.persons import Person, telling
from etl.catalog.ranks import is_one
from etl.catalog.sightings import Mention, Office, Seen
from etl.lexicon.patterns import alternation
from etl.records import make_id

_ORGAN = re.compile(alternation("organ-end") + "$")
_MANY = re.compile("^(?:各|有关|相关|部分|其他|其它|所有|全体|上述)")
"""Openings of names that mean several organs: 各县政府."""


def is_organ(name: str, own: str) -> bool:
    """Return whether the name of a group is that of one organ, for a source with the ranks `own`."""
    return bool(_ORGAN.search(name)) and not _MANY.search(name) and is_one(name, own)


def organization_id(scope: str, name: str) -> str:
    """Return the id of the organ that `scope` prints as `name`."""
    return make_id("organization", scope, name)


def post_id(scope: str, text: str) -> str:
    """Return the id of the office that `scope` prints as `text`."""
    return make_id("post", scope, text)


@dataclass(slots=True)
class Organs:
    """Organs by scope and printed name, with where and when they were printed."""

    seen: dict[tuple[str, str], Seen] = field(default_factory=dict)

    def add(self, scope: str, name: str, day: date, article_id: str, way: str) -> None:
        """Count a mention; `way` is group, office or organizer."""
        self.seen.setdefault((scope, name), Seen.never()).add(day, article_id, way)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the `organizations` rows by scope and name."""
        for (scope, name), seen in sorted(self.seen.items(), key=lambda item: item[0]):
            own = {"organization_id": organization_id(scope, name), "name": name, "scope": scope}
            yield own | {"seen_as": sorted(seen.ways)} | seen.columns()


def person_row(person: Person) -> dict[str, Any]:
    """Return the `persons` row."""
    days = [mention.day for mention, _ in person.mentions]
    return {
        "person_id": person.person_id,
        "name": person.name,
        "scope": person.scope,
        "basis": person.basis,
        "offices": [office.text for office in person.offices],
        "first_seen": min(days),
        "last_seen": max(days),
        "mentions": [{"report_id": m.report_id, "seq": m.seq, "rule": rule} for m, rule in person.mentions],
    }


def membership_rows(persons: Iterable[Person]) -> Iterator[dict[str, Any]]:
    """Yield the `memberships` rows: each person in each office, as observed."""
    for person in persons:
        for office, seen in _observed(mention for mention, _ in person.mentions):
            post = post_id(person.scope, office.text)
            yield {
                "membership_id": make_id("membership", person.person_id, post),
                "person_id": person.person_id,
                "post_id": post,
                "organization_id": organization_id(person.scope, office.org) if office.org else None,
                "name": person.name,
                "text": office.text,
                **seen.columns(),
            }


def post_rows(mentions: Iterable[Mention], held: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the `posts` rows over the mentions; `held` are the memberships, which count the holders."""
    holders: dict[str, int] = {}
    for row in held:
        holders[row["post_id"]] = holders.get(row["post_id"], 0) + 1
    by_scope: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_scope.setdefault(mention.scope, []).append(mention)
    for scope, own in sorted(by_scope.items()):
        for office, seen in _observed(own):
            own_id = post_id(scope, office.text)
            yield {
                "post_id": own_id,
                "text": office.text,
                "scope": scope,
                "organization_id": organization_id(scope, office.org) if office.org else None,
                "label": office.post,
                "holders": holders.get(own_id, 0),
                **seen.columns(),
            }


def _observed(mentions: Iterable[Mention]) -> list[tuple[Office, Seen]]:
    """Return the telling offices of the mentions by their text, each with when it was printed."""
    found: dict[str, tuple[Office, Seen]] = {}
    for mention in sorted(mentions, key=lambda mention: mention.order):
        for office in telling(mention):
            found.setdefault(office.text, (office, Seen.never()))[1].add(mention.day, mention.article_id)
    return [found[text] for text in sorted(found)]

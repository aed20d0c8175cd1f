"""Who is one person: a name in the offices that reports print. Conservative: unclear mentions stay unlinked.

Two offices are one person's if some mention prints both. An office that does not tell its organ joins
nothing: a bare post (副主任, 秘书长), and 县委书记 in a city's paper. A mention without an office, or with a
bare post that one of the offices ends in, counts only where the name is one person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from etl.catalog.ranks import is_one
from etl.catalog.sightings import Mention, Office
from etl.records import make_id

_HEAD = re.compile("(?:国家主席|总理|[省市州盟县区旗乡镇村]长)$")
"""A post that tells its organ by itself, once it is known whose 市 is meant."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person: `mentions` with the rule that links each of them, `offices` by their first mention."""

    person_id: str
    name: str
    scope: str
    basis: str
    offices: tuple[Office, ...]
    mentions: tuple[tuple[Mention, str], ...]


def resolve(mentions: Iterable[Mention]) -> list[Person]:
    """Return the persons that the mentions tell of, by scope and name; some mentions belong to none."""

    def key(mention: Mention) -> tuple[str, str]:
        return (mention.scope, mention.name)

    ordered = sorted(mentions, key=lambda mention: (key(mention), mention.order))
    return [person for _, group in groupby(ordered, key) for person in _persons(list(group))]


def telling(mention: Mention) -> list[Office]:
    """Return the offices of a mention that tell which organ they belong to, in the mention's scope."""
    return [
        office
        for office in mention.offices
        if (office.org or _HEAD.search(office.text)) and is_one(office.text, mention.own)
    ]


def _persons(mentions: list[Mention]) -> Iterator[Person]:
    """Yield the persons of one name in one scope."""
    joined = _joined(mentions)
    name, scope = mentions[0].name, mentions[0].scope
    for offices in joined:
        linked = []
        for mention in mentions:
            printed = {office.text for office in telling(mention)}
            if printed & offices.keys():
                linked.append((mention, "office"))
            elif len(joined) == 1 and (rule := _follows(mention, offices)):
                linked.append((mention, rule))
        alone = len(joined) == 1
        own = ("person", scope, name) if alone else ("person", scope, name, min(offices))
        basis = "name" if alone else "office"
        printed_first = {o.text: o for mention, _ in linked for o in telling(mention)}
        yield Person(make_id(*own), name, scope, basis, tuple(printed_first.values()), tuple(linked))


def _follows(mention: Mention, offices: dict[str, Office]) -> str:
    """Return the rule that links a mention without a telling office to the one person of the name, or ""."""
    if not mention.offices:
        return "alone"
    posts = {office.post for office in offices.values()}
    return "post" if all(not own.org and own.text in posts for own in mention.offices) else ""


def _joined(mentions: list[Mention]) -> list[dict[str, Office]]:
    """Return sets of offices, text to office, that mentions join: each set is one person's."""
    found: list[dict[str, Office]] = []
    for mention in mentions:
        own = {office.text: office for office in telling(mention)}
        if not own:
            continue
        apart = []
        for offices in found:
            if own.keys() & offices.keys():
                own |= offices
            else:
                apart.append(offices)
        found = [*apart, own]
    return found

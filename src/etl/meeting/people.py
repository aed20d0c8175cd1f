"""Persons of an article: every mention of one, and the cast by which a name or a short form is resolved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.records import Participant, Title


class Mention(NamedTuple):
    """One place where a person is named: `name` stands at `text[start:end]`, `titles` are printed there.

    `seq` is the person's number in the cast, -1 for one who took no part.
    """

    start: int
    end: int
    name: str
    titles: tuple[Title, ...] = ()
    seq: int = -1


@dataclass(frozen=True, slots=True)
class Cast:
    """Who took part: participants in printed order, all mentions of persons in text order, and short forms.

    `aliases` maps a name or short form as printed (田禾, 田市长) to the person's `seq`.
    """

    participants: tuple[Participant, ...] = ()
    mentions: tuple[Mention, ...] = ()
    aliases: Mapping[str, int] = field(default_factory=dict)

    def resolve(self, alias: str) -> int | None:
        """Return the `seq` of the participant printed as `alias`, or None."""
        return self.aliases.get(alias)

    def before(self, position: int) -> int | None:
        """Return the `seq` of the participant named last before `position` (whom 他 means), or None."""
        for mention in reversed(self.mentions[: bisect_left(self.mentions, (position,))]):
            if mention.seq >= 0:
                return mention.seq
        return None

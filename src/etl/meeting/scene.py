"""Where the walk over a text stands: who is subject, what has been done, whether somebody is speaking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.lexicon.patterns import alternation
from etl.meeting.actors import Actor
from etl.meeting.groups import Named
from etl.meeting.lexer import Token

WEAK = frozenset(("act", "visit", "talks"))
"""Values of verbs that make an attendee only of a person without any other role."""

_ROLE = {"act": "attendee", "visit": "attendee", "talks": "attendee", "speech": "speaker"}
_PARTY = re.compile(alternation("party") + "$")
# What somebody can chair: 主持编制 and 主持工作 are no meetings.
_CHAIRED = re.compile("$|并|.{0,60}" + alternation("chaired"))
# 表示衷心感谢 says no more than 感谢: the sentence goes on.
FEELING = re.compile(alternation("feeling"))
"""What 表示 is said of: no statement follows."""

CITED = ("总书记", "主席", "总理")
"""Offices behind the name of those who are cited rather than present."""

_PEERS = ("委员", "常委", "代表")
_BASIS = re.compile(r"(?:按照|根据|对照|贯彻|落实|按)[^，。；]*$")


class Part(NamedTuple):
    """One act: person phrase number `actor` (-1: none) or `group`, its role, the verb at `text[start:end]`.

    A weak part (signing, visiting, talking) makes an attendee only of a person who has no other role.
    """

    actor: int
    group: Named | None
    role: str
    start: int
    end: int
    weak: bool
    rule: str


@dataclass(slots=True)
class Scene:
    """The subjects so far (`used` up by a verb or not), whom 他 means, and what holds at this place.

    `aside`: an open adverbial (围绕……) keeps the subjects; `agenda`: verbs tell of the meeting's business;
    `speech`: the paragraph is what somebody says; `present`: from here a list of who is there (在座的有：);
    `hearing`: the meeting hears reports; `met`: the last clause ended in those who were met;
    `known`: names that have acted.
    """

    text: str
    actors: Sequence[Actor]
    subjects: list[int] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    used: bool = False
    he: int = -1
    aside: bool = False
    agenda: bool = False
    speech: bool = False
    present: int = -1
    hearing: bool = False
    met: bool = False
    known: set[str] = field(default_factory=set)
    parts: list[Part] = field(default_factory=list)

    def clear(self) -> None:
        """Forget the subjects."""
        self.subjects, self.named, self.used = [], [], False

    def add(self, persons: Iterable[int], role: str, start: int, end: int, weak: bool, rule: str) -> None:
        """Note an act of some persons."""
        for actor in persons:
            self.known.add(self.actors[actor].name)
            self.parts.append(Part(actor, None, role, start, end, weak, rule))

    def add_groups(self, named: Iterable[Named], role: str, start: int, end: int, rule: str) -> None:
        """Note an act of some groups; offices of a person, spread over several clauses, are none."""
        self.parts += [
            Part(-1, group, role, start, end, False, rule)
            for group in named
            if not any(actor.start <= group.start < actor.begin for actor in self.actors)
        ]

    def act(self, verb: Token, stop: int) -> None:
        """Give the role of a verb, whose clause ends at `stop`, to every subject."""
        text, weak = self.text, verb.value in WEAK
        if weak and self.speech:
            return
        plain = text[verb.start : verb.end] in ("主持", "共同主持", "主持了")
        if plain and not _CHAIRED.match(text[verb.end : stop]):
            return
        role = _ROLE.get(verb.value, verb.value)
        cited = self.speech and role == "speaker"
        persons = [i for i in self.subjects if not (cited and self._cited(i))]
        self.add(persons, role, verb.start, verb.end, weak, verb.row)
        if not self.speech:
            signs = not weak or text[verb.start] == "签"
            named = [g for g in self.named if signs or _PARTY.search(text, g.start, g.end)]
            self.add_groups(named, role, verb.start, verb.end, verb.row)
        if self.subjects and (role != "attendee" or self.he < 0):
            self.he = self.subjects[0]

    def says(self, verb: Token, start: int) -> bool:
        """Read an attributed statement in the clause from `start`; return True if its content follows."""
        text = self.text
        if text[verb.start - 1 : verb.start] in ("的", "所") or _BASIS.search(text, start, verb.start):
            return False
        if text[verb.end : verb.end + 1] == "的":
            self.subjects = [i for i in self.subjects if self.actors[i].end != verb.start]
            return False
        opens = verb.end >= len(text) or text[verb.end] in "，：:,“"
        if not opens and text[verb.start : verb.end] in ("提出", "明确"):
            self.used = True
            return False
        if self.subjects:
            persons = [i for i in self.subjects if not (self.speech and self._cited(i))]
            self.add(persons, "speaker", verb.start, verb.end, False, verb.row)
            self.he = self.subjects[-1]
        if FEELING.match(text, verb.end):
            self.used = True
            return False
        self.speech = self.speech or opens
        return opens or bool(self.subjects)

    def _cited(self, index: int) -> bool:
        """Tell whether a person inside a speech is only cited: office behind the name, or never met."""
        actor = self.actors[index]
        if actor.trail:
            return not actor.titles[0].text.endswith(_PEERS)
        return actor.name not in self.known and not actor.titles

"""The walk over one clause: its persons and verbs in order, each verb with what it leaves to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.lexicon.patterns import alternation
from etl.meeting import objects
from etl.meeting.lexer import Token
from etl.meeting.scene import FEELING, WEAK, Scene
from etl.meeting.segment import Clause

Item = tuple[int, "list[int] | Token"]
"""Where a verb or a list of person phrases stands, and it."""

ASIDE = re.compile(r"围绕|针对|结合|就(?!座|业|职)|从(?!严|业)|以(?!及|来)")
"""What opens an adverbial that the verbs behind it belong to."""

_LINKED = re.compile(alternation("linked") + "(?:作了?|做了?)?$")
_TO_MASSES = re.compile(rf"向[^，。；]{{0,20}}{alternation('masses')}[^，。；]*$")
# Verbs that after 主持召开会议 tell of the meeting's business and not of its chair.
_BUSINESS = re.compile(alternation("business"))
# 出席论坛期间会见……: the talks are the event.
_DURING = re.compile(r"[^，]{2,40}(?:期间|间隙|之际)[^，]{0,12}(?:会见|会晤|会谈|同)")
# What is spoken about: 对项目签约表示祝贺.
_TOWARD = re.compile(r"(?<![面反应])对(?!口|外|接)|就(?!座|业|职)|围绕")
# 在他主持下, but not 主持下午的会议.
_UNDER = re.compile("下(?![午半周月一发达设])")
_SPOKEN = ("speaker", "presenter", "speech")
# Characters before a verb or a person in which a link or an agent may stand; clauses can be endless.
_NEAR = 48


@dataclass(slots=True)
class _Walk:
    """How far a clause is read (`position`), the role of its last verb, whether that verb's object goes on.

    `said` is where the last verb of speaking stands, `convened` tells that somebody called the meeting.
    """

    scene: Scene
    clause: Clause
    said: int
    position: int
    scope: bool = False
    role: str = ""
    convened: bool = False


def read(scene: Scene, clause: Clause, items: Sequence[Item]) -> bool:
    """Walk persons and verbs of a clause in order; return False where a speech begins."""
    spoken = [start for start, item in items if isinstance(item, Token) and item.value in _SPOKEN]
    walk = _Walk(scene, clause, max(spoken, default=-1), clause.start)
    for _, item in items:
        if isinstance(item, list):
            _pass(walk, item)
        elif _nominal(walk, item):
            continue
        elif item.value == "speech":
            if scene.says(item, clause.start):
                return False
            if FEELING.match(scene.text, item.end):
                walk.position, walk.scope = item.end, True
        else:
            _act(walk, item)
    scene.agenda = scene.agenda or walk.convened
    return True


def _pass(walk: _Walk, persons: list[int]) -> None:
    """Take persons as objects of the last verb, or as the doers of the next (由罗婉宣读)."""
    scene = walk.scene
    objects.take(scene, walk.position, persons, walk.role)
    walk.position = scene.actors[persons[-1]].end
    begin = scene.actors[persons[0]].start
    if objects.AGENT.search(scene.text[max(walk.clause.start, begin - _NEAR) : begin]):
        scene.clear()
        scene.subjects, walk.scope = list(persons), False


def _nominal(walk: _Walk, verb: Token) -> bool:
    """Tell whether a verb is no act here: part of an object, of an adverbial or of what is spoken about."""
    text, position = walk.scene.text, walk.position
    if text[verb.end - 1] == "下" or _UNDER.match(text, verb.end):
        return True
    if walk.scope and not _LINKED.search(text[max(position, verb.start - _NEAR) : verb.start]):
        return True
    if verb.value == "hear":
        return bool(ASIDE.search(text, position, verb.start))
    if verb.value == "attendee" and _DURING.match(text, verb.end, walk.clause.end):
        walk.position, walk.scope = verb.end, False
        return True
    spoken_of = verb.value in WEAK or text.startswith("情况", verb.end)
    return spoken_of and verb.end <= walk.said and bool(_TOWARD.search(text, position, verb.start))


def _act(walk: _Walk, verb: Token) -> None:
    """Give the subjects the role of a verb; of a verb of hearing, read whose report is heard."""
    scene, text = walk.scene, walk.scene.text
    hears = verb.value == "hear"
    if hears and not scene.speech:
        scene.hearing = scene.hearing or text.startswith("听取", verb.start)
        objects.reports(scene, verb, walk.clause.end)
    studies = hears and walk.role != "hear" and text[verb.start] not in "听聆收"
    walk.position, walk.scope, walk.role = verb.end, verb.scope, "study" if studies else verb.value
    presents = walk.role == "presenter"
    if scene.agenda and (presents or _BUSINESS.fullmatch(text, verb.start, verb.end)):
        return
    if hears and text[verb.start] == "听" and not scene.speech:
        scene.add(scene.subjects, "attendee", verb.start, verb.end, True, "listens")
    if not hears and not (presents and _TO_MASSES.search(text, walk.clause.start, verb.start)):
        scene.act(verb, walk.clause.end)
        scene.aside = False
    scene.used = True
    walk.convened = walk.convened or (walk.role == "chair" and "召开" in text[verb.start : verb.end])

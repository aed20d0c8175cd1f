"""Who did what: a walk over the clauses of a text that gives each subject the roles of its verbs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from etl.lexicon.patterns import alternation
from etl.meeting import company, groups, objects, verbs, walk
from etl.meeting.actors import JOIN, Actor
from etl.meeting.endings import may_end
from etl.meeting.lexer import Token
from etl.meeting.scene import Part, Scene
from etl.meeting.segment import Clause, Parsed

_ADVERBIAL = re.compile(alternation("adverbial"))
_NEUTRAL = re.compile(alternation("neutral-subject") + "(?:还|一致|分别|普遍|纷纷)?")
# What sums up a list of persons behind it: 等专家, 等15位同志.
_APPOSED = re.compile(rf"(?:\d+[位名])?[^，。；、]{{0,10}}{alternation('summed-up')}")
# For whom each of a list speaks: 罗婉代表教师，石敬代表学生先后发言.
_FOR = re.compile(r"(?:同志|老师|同学)?代表[^，。；]{2,16}")
# 出席会议的有：, 在座的还有
_PRESENT = re.compile(
    r"(?:出席|参加|列席|陪同|在座|参会|到会|与会|到访|来访|随行|同行|随同)[^，。；]{0,14}的[^，。；]{0,8}(?<![没具享])有[：:]?$"
)
# The same without persons: 参加大会的有各村干部, 参与活动的还有学生代表.
_THERE = re.compile(
    r"(?:出席|参加|列席|参与|到会|与会)[^，。；]{0,14}?(?:的[^，。；]{0,8}?(?<![没具享])|大会还|会议还|活动还)有[：:]?"
)
# What a clause begins with that names nobody: 向……, 把……, 在某某会议室.
_SERVED = re.compile(
    r"(?:会议|大会|其后|随后|之后|接着|同时|首先)?(?:[还并又也]|重点|分别)?(?:根据|按照|遵照|依据|[为向给](?!民|阳)|把|将|对(?![口外接照]))|在(?![校职岗线编京座家场])"
)
# What leads to those in whose company the subject goes: 检查组在某某校长的陪同下.
_WITH = re.compile(r"(?<=[组团队])(?:一行(?:\d+人)?)?[，]?在[^，。；]*$")
# Who are spoken to: 向参加座谈会的代表表示欢迎.
_WHO = re.compile("[向对为给](?:莅临|参加|出席|与会)[^，。；]{0,20}的")
_MEANWHILE = re.compile("在(?:审议|讨论|研究|听取)[^，。；在]{2,20}时(?=[^，。；期])")
# Sentences that tell who was there without a verb of the table.
_VERBLESS = re.compile("的[^，。；]{0,8}有|受到")
_PRONOUN = re.compile(r"[他她](?!们|国|人|乡|日|山)")

_place = itemgetter(0)


def read(parsed: Parsed, actors: Sequence[Actor], tokens: Sequence[Token]) -> list[Part]:
    """Return the acts of a text in order, the contents of speeches left out."""
    acts = verbs.read(parsed.text, tokens, [(actor.begin, actor.stop) for actor in actors])
    starts, begins = [t.start for t in acts], [a.start for a in actors]
    scene = Scene(parsed.text, actors)
    paragraph = -1
    for sentence in parsed.sentences:
        if sentence.paragraph != paragraph:
            paragraph, scene.speech = sentence.paragraph, False
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        low, high = bisect_left(begins, sentence.start), bisect_left(begins, sentence.end)
        named = low < high
        if first == last and not (named and _VERBLESS.search(parsed.text, sentence.start, sentence.end)):
            company.called_together(scene, sentence.start, sentence.end)
            if scene.he < 0 and named and actors[low].start == sentence.start:
                scene.he = low
            continue
        if scene.speech and not named and not _PRONOUN.match(parsed.text, sentence.start):
            continue
        scene.clear()
        scene.agenda, scene.hearing, scene.present, scene.met = False, False, -1, False
        for clause in parsed.clauses(sentence):
            one = bisect_left(starts, clause.start, first, last)
            mine = acts[one : bisect_left(starts, clause.end, one, last)]
            one = bisect_left(begins, clause.start, low, high)
            here = range(one, bisect_left(begins, clause.end, one, high))
            if not _clause(scene, clause, here, mine):
                break
        if not scene.speech:
            company.read(scene, sentence.start, sentence.end, persons=named)
    return scene.parts


def _clause(scene: Scene, clause: Clause, here: range, acts: Sequence[Token]) -> bool:
    """Walk a clause with its persons and verbs; return False where a speech, ending the sentence, begins."""
    actors, mine = scene.actors, acts
    if not here and not mine:
        if scene.present >= 0:
            named = groups.read(scene.text, clause.start, clause.end)
            scene.add_groups(named, "attendee", scene.present, scene.present + 2, "present")
        if not scene.speech and scene.present < 0 and may_end(scene.text[clause.end - 1]):
            _others(scene, clause.start, clause.end, True, "")
        return True
    if here and mine:
        mine = [t for t in mine if not any(actors[i].start <= t.start < actors[i].end for i in here)]
    mine = _outer(scene, clause, mine) if len(mine) > 1 else mine
    lists = _lists(scene, here)
    items: list[walk.Item] = [(t.start, t) for t in mine]
    if lists:
        items = [*((actors[x[0]].start, x) for x in lists), *items]
        items.sort(key=_place)
    if _present(scene, clause, lists):
        return True
    opens = bool(lists) and actors[lists[-1][0]].start == clause.start
    if scene.met and opens and not mine and scene.text[clause.end : clause.end + 1] == "。":
        scene.add(lists[-1], "attendee", clause.end, clause.end, True, "met")
        return True
    scene.met = False
    first = mine[0].start if mine else clause.end
    ahead = [x for x in lists if actors[x[0]].start < first]
    if ahead:
        _persons(scene, clause.start, first, ahead, not mine)
    else:
        _others(scene, clause.start, first, not mine, mine[0].value if mine else "")
    return walk.read(scene, clause, items)


def _outer(scene: Scene, clause: Clause, acts: Sequence[Token]) -> Sequence[Token]:
    """Return the verbs of a clause without those inside a time that others follow (在审议议题时列席)."""
    near = (scene.text, clause.start, clause.end)
    inner = _MEANWHILE.search(*near) or _WHO.search(*near)
    if inner is None or acts[-1].start < inner.end():
        return acts
    return [t for t in acts if not inner.start() < t.start < inner.end()]


def _present(scene: Scene, clause: Clause, lists: Sequence[list[int]]) -> bool:
    """Read a list of who is there (出席会议的有：); it runs to the end of the sentence."""
    text, actors = scene.text, scene.actors
    if scene.present < 0 and lists:
        head = _PRESENT.search(text, max(0, clause.start - 24), actors[lists[0][0]].start)
        scene.present = head.start() if head else -1
    if scene.present < 0 and (there := _THERE.match(text, clause.start, clause.end)):
        named = groups.read(text, there.end(), clause.end)
        scene.add_groups(named, "attendee", there.start(), there.end(), "present")
        return bool(named)
    if scene.present < 0:
        return False
    end = clause.start
    for persons in lists:
        scene.add(persons, "attendee", scene.present, scene.present + 2, False, "present")
        end = actors[persons[-1]].end
    joint = JOIN.match(text, end, clause.end)
    named = groups.read(text, joint.end() if joint else end, clause.end)
    scene.add_groups(named, "attendee", scene.present, scene.present + 2, "present")
    return True


def _lists(scene: Scene, here: Sequence[int]) -> list[list[int]]:
    """Return person phrases joined by 、 and 和 as lists."""
    actors, lists = scene.actors, list[list[int]]()
    for i in here:
        joined = lists and JOIN.fullmatch(scene.text, actors[i - 1].end, actors[i].start)
        if joined and lists[-1][-1] == i - 1:
            lists[-1].append(i)
        else:
            lists.append([i])
    return lists


def _persons(scene: Scene, start: int, first: int, ahead: Sequence[list[int]], verbless: bool) -> None:
    """Take up as subjects the persons, and groups listed with them, before the first verb."""
    position, fresh = start, list[int]()
    for persons in ahead:
        stands = objects.stands(scene, position, persons, bool(fresh))
        if stands in ("agent", "subject"):
            fresh = list(persons) if stands == "agent" else fresh + list(persons)
        position = scene.actors[persons[-1]].end
    if not fresh:
        head = scene.actors[ahead[0][0]].start
        if lead := _WITH.search(scene.text, start, head):
            _others(scene, start, lead.start(), verbless, "")
        return
    if scene.used:
        scene.clear()
    text, head, tail = scene.text, scene.actors[fresh[0]].start, scene.actors[fresh[-1]].end
    scene.subjects += fresh
    if scene.he < 0 and scene.actors[fresh[0]].titles and not scene.actors[fresh[0]].trail:
        scene.he = fresh[0]
    scene.agenda = False
    scene.aside = bool(walk.ASIDE.search(text, tail, first))
    if head > start and text[head - 1] in "、和及与":
        scene.named += groups.read(text, start, head - 1)
    joint = JOIN.match(text, tail, first)
    listed = joint.end() if joint and joint.end() > tail else None
    if listed is None and text[tail - 1] == "等" and (more := text.find("、", tail, first)) > 0:
        listed = more + 1  # 罗婉等专家、企业家: the first noun sums the persons up
    if listed is not None:
        scene.named += groups.read(text, listed, first)
    rest = text[tail:first].strip("等 \u3000")
    alone = _APPOSED.fullmatch(rest) or _FOR.fullmatch(rest)
    scene.used = bool(verbless and rest and listed is None and not alone)


def _others(scene: Scene, start: int, first: int, verbless: bool, value: str) -> None:
    """Take up what else is the subject of a clause: 他, the meeting, organs; or keep the one before."""
    region = scene.text[start:first].strip()
    groupable = not scene.speech and value not in ("speech", "hear") and 1 < len(region) < 200
    if _SERVED.match(region):
        groupable = False
    if _PRONOUN.match(region):
        scene.clear()
        scene.subjects = [scene.he] if scene.he >= 0 else []
    elif _NEUTRAL.fullmatch(region):
        scene.clear()
        scene.used = True
    elif groupable and (
        named := (groups.parties(scene.text, start, first) if value == "act" else [])
        or groups.read(scene.text, start + region.rfind("由") + 1, first, strict=verbless)
    ):
        if scene.used:
            scene.clear()
        scene.named += named
    elif len(region) > 3 and scene.used and not scene.aside and not _ADVERBIAL.match(region):
        scene.subjects, scene.named = [], []
    scene.aside = scene.aside or bool(walk.ASIDE.search(region))

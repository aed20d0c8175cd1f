"""Who did what: a walk over the clauses of a text that gives each subject the roles of its verbs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.meeting import groups
from etl.meeting.actors import JOIN, Actor
from etl.meeting.lexer import Token
from etl.meeting.segment import Clause, Parsed

WEAK = frozenset(("act", "visit", "talks"))
_ROLE = {"act": "attendee", "visit": "attendee", "talks": "attendee", "speech": "speaker"}
_AGENT = re.compile(r"(?:由|邀请了?|特邀|有请|请到?了?|并委托)$")
_HEARD = re.compile(r"(?:听取了?|聆听了?|收听了?)[^，。；]{0,6}$")
_SKIPPED = re.compile(
    r"(?:受|应|据|经|以|为|给|把|将|被|让|从|按照?|根据|代表|关于|对照|纪念|缅怀|悼念|祝贺|感谢|选举|任命|免去|决定|推选|委托|不忘|牢记|和|与|同|向|对)$"
)
_NOMINAL = re.compile(
    r"(?:同志)?(?:受[^，。；]{2,12}委托)?(?:分别)?(?:所?作的?|关于|的(?=汇报|介绍|说明|报告|讲解|情况))[^，。；]*"
)
_COMPANION = re.compile(r"等?[^，。；、]{0,12}(?:陪同|带领|引导|率领)下")
_OWNED = re.compile(
    r"(?:同志)?(?:的|(?:在|关于|有关|对|就)[^，。；]{1,40}的)?(?:最新|一系列|系列|重要|殷切|亲切)*"
    r"(?:讲话精神|指示精神|指示批示|批示精神|重要讲话(?=精神|和)|重要指示|重要论述|重要批示|指示要求)"
    r"|(?:同志)?(?:亲属|家属|诞辰|逝世|故居|生平|生前|遗体|骨灰|家[里中，]|铜像|塑像)"
    r"|(?:同志)?(?:的|(?:在|关于|有关|对|就)[^，。；]{1,40}的)(?:最新|一系列|系列|重要|殷切|亲切)*"
    r"(?:讲话|指示|批示|论述|回信|贺信|文章|思想|精神|嘱托|关怀)"
)
_LINKED = re.compile(
    r"(?:并|并且|且|还|又|再|、|和|及|分别|先后|依次|逐一|相继|现场|代表[^，。；]{2,24}|会上|发言后|讲话|主旨|视频|期间|后|之际|时|前|间隙)(?:作了?|做了?)?$"
)
_NEUTRAL = re.compile(
    r"(?:[^、，。；]{0,16}(?:会议|大会|座谈会|论坛|全会)|会|大家|双方|代表们|委员们|与会[^，、]{1,12}|各[^，、]{1,8}|文章|社论|通知|党中央|他们|她们)"
    r"(?:还|一致|分别|普遍|纷纷)?"
)
_TO_MASSES = re.compile(r"向[^，。；]{0,20}(?:群众|职工|官兵|战士|救援人员|村民|居民|师生|干部)[^，。；]*$")
# Verbs that after 主持召开会议 tell of the meeting's business and not of its chair.
_BUSINESS = frozenset(("部署", "安排部署", "安排", "动员部署", "宣读", "总结", "分析", "解读", "回答", "作出安排", "表态", "宣布"))
# What sums up a list of persons behind it: 等专家, 等同志.
_APPOSED = re.compile(r"(?:\d+[位名])?[^，。；、]{0,10}(?:专家|同志|代表|负责人|嘉宾|领导|成员|院士|教授|学者|企业家|委员)")
_PARTY = re.compile(r"(?:代表团|考察团|考察组|访问团|调研组|督导组|督查组|检查组|工作组|慰问团|慰问组|专家组)$")
_PRONOUN = re.compile(r"[他她](?!们|国|人|乡|日|山)")
_BASIS = re.compile(r"(?:按照|根据|对照|贯彻|落实|按)[^，。；]*$")
_QUOTED = re.compile(r"“[^”\n]{0,400}”|《[^》\n]{0,120}》")


class Part(NamedTuple):
    """One act: person phrase number `actor` (-1: none) or `group`, its role, the verb at `text[start:end]`.

    A weak part (signing, visiting, talking) makes a person an attendee only if there is no other role.
    """

    actor: int
    group: groups.Named | None
    role: str
    start: int
    end: int
    weak: bool
    rule: str


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: the subjects so far, and whether a verb has used them up."""

    subjects: list[int] = field(default_factory=list)
    named: list[groups.Named] = field(default_factory=list)
    used: bool = False
    he: int = -1
    aside: bool = False
    agenda: bool = False
    known: set[str] = field(default_factory=set)
    speech: bool = False
    parts: list[Part] = field(default_factory=list)


def read(parsed: Parsed, actors: Sequence[Actor], tokens: Sequence[Token]) -> list[Part]:
    """Return the acts of a text in order, the contents of speeches left out."""
    text = parsed.text
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    verbs = [t for t in _light(text, tokens) if not _inside(quoted, t.start)]
    starts, begins = [t.start for t in verbs], [a.start for a in actors]
    walk = _Walk()
    paragraph = -1
    for sentence in parsed.sentences:
        if sentence.paragraph != paragraph:
            paragraph, walk.speech = sentence.paragraph, False
        walk.subjects, walk.named, walk.used, walk.agenda = [], [], False, False
        v = verbs[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if not v:
            continue
        a = range(bisect_left(begins, sentence.start), bisect_left(begins, sentence.end))
        for clause in parsed.clauses(sentence):
            if not _clause(text, clause, actors, a, v, walk):
                break
    return walk.parts


_LIGHT = re.compile(
    r"(?:(?<![工合运操动写制协习著创振劳发耕农当看])[作做](?!的|为|用|风|业)了?[^，。；：]{0,40}?|发表了?[^，。；：]{0,30}?|进行了?[^，。；：]{0,24}?|提出了?[^，。；：]{0,20}?|提了?(?:工作|具体|几点|明确|殷切|一些)[^，。；：]{0,10}?|致)"
    r"(?:(?P<speaker>报告|讲话|发言|讲座|辅导|演讲|讲解|点评|总结|部署|表态|致辞|宣讲|解读|授课|阐释|要求|建议|意见|希望|询问)"
    r"|(?P<presenter>汇报|说明|介绍|通报))(?=[，。；：、\n（(]|$|并|和|后|时)"
)
"""Light verbs with their noun at the end of the clause: 作了关于……的报告, 提出明确要求."""


def _light(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the verbs of the text, light verbs with their distant nouns among them, in order."""
    verbs = [t for t in tokens if t.kind == "verb"]
    found: list[Token] = []
    for match in _LIGHT.finditer(text):
        role = match.lastgroup or "speaker"
        found.append(Token(match.start(), match.end(), "verb", role, f"light-{role}", False))
    if not found:
        return verbs
    spans = [(t.start, t.end) for t in found]
    return sorted([t for t in verbs if not _inside(spans, t.start)] + found)


def _inside(spans: Sequence[tuple[int, int]], pos: int) -> bool:
    index = bisect_left(spans, (pos + 1,)) - 1
    return index >= 0 and spans[index][0] <= pos < spans[index][1]


def _clause(
    text: str, clause: Clause, actors: Sequence[Actor], around: range, verbs: Sequence[Token], walk: _Walk
) -> bool:
    """Walk one clause; return False where the content of a speech begins, which ends the sentence."""
    here = [i for i in around if clause.start <= actors[i].start < clause.end]
    acts = [
        t
        for t in verbs
        if clause.start <= t.start < clause.end
        and not any(actors[i].start <= t.start < actors[i].end for i in here)
    ]
    lists = _lists(text, here, actors)
    items: list[tuple[int, list[int] | Token]] = [(actors[x[0]].start, x) for x in lists]
    items += [(t.start, t) for t in acts]
    items.sort(key=lambda item: item[0])
    first = acts[0].start if acts else clause.end
    _open(text, clause.start, first, lists, actors, walk, not acts)
    return _items(text, clause, items, actors, walk)


def _lists(text: str, here: Sequence[int], actors: Sequence[Actor]) -> list[list[int]]:
    """Return person phrases joined by 、 and 和 as lists."""
    lists: list[list[int]] = []
    for i in here:
        if lists and JOIN.fullmatch(text, actors[i - 1].end, actors[i].start) and lists[-1][-1] == i - 1:
            lists[-1].append(i)
        else:
            lists.append([i])
    return lists


_ADVERBIAL = re.compile(
    r"(?:并|还|也|又|再|随后|之后|最后|首先|同时|接着|然后|会|期间|分别|先后|依次|就|对|在|向|围绕|从|以|为|与|同|到|赴|代表|认真|深入|详细|现场|实地"
    r"|结合|针对|按|根据|全程|一行|下午|上午|当天|\d|专程|亲切|共同|一起|，|、|又|将|受|应|经|来|走|一|给|热情|充分|高度|介绍|仔细)"
)


def _open(
    text: str,
    start: int,
    first: int,
    lists: Sequence[list[int]],
    actors: Sequence[Actor],
    walk: _Walk,
    verbless: bool,
) -> None:
    """Take up the subjects that stand between the start of a clause and its first verb."""
    ahead = [x for x in lists if actors[x[0]].start < first]
    position, fresh = start, []
    for item in ahead:
        kind = _kind(text, position, item, actors, bool(fresh))
        if kind in ("agent", "subject"):
            fresh = list(item) if kind == "agent" else fresh + list(item)
        position = actors[item[-1]].end
    if fresh:
        if walk.used:
            walk.subjects, walk.named, walk.used = [], [], False
        walk.subjects += fresh
        walk.agenda = False
        walk.aside = bool(_ASIDE.search(text, actors[fresh[-1]].end, first))
        head, tail = actors[fresh[0]].start, actors[fresh[-1]].end
        if head > start and text[head - 1] in "、和及与":
            walk.named += groups.read(text, start, head - 1)
        rest = text[tail:first].strip("等 \u3000")
        walk.used = bool(verbless and rest and not _APPOSED.fullmatch(rest) and not JOIN.match(text, tail, first).end() > tail)  # type: ignore[union-attr]
        if tail < first and (joint := JOIN.match(text, tail, first)) and joint.end() > tail:
            walk.named += groups.read(text, joint.end(), first)
        return
    if ahead:
        return
    region = text[start:first].strip()
    pronoun = _PRONOUN.match(region)
    if pronoun:
        walk.subjects, walk.named, walk.used = ([walk.he] if walk.he >= 0 else []), [], False
    elif _NEUTRAL.fullmatch(region):
        walk.subjects, walk.named, walk.used = [], [], True
    elif named := groups.read(text, start + region.rfind("由") + 1, first, strict=verbless):
        if walk.used:
            walk.subjects, walk.named, walk.used = [], [], False
        walk.named += named
    elif len(region) > 3 and not _ADVERBIAL.match(region) and walk.used and not walk.aside:
        walk.subjects, walk.named = [], []
    walk.aside = walk.aside or bool(_ASIDE.search(region))


_ASIDE = re.compile(r"围绕|针对|结合|就(?!座|业|职)|从(?!严|业)|以(?!及|来)")


def _kind(text: str, position: int, item: Sequence[int], actors: Sequence[Actor], joined: bool) -> str:
    """Return how a list of persons stands before the verb: agent, subject, companion or skipped."""
    lead = text[position : actors[item[0]].start].rstrip()
    if _COMPANION.match(text, actors[item[-1]].end):
        return "companion"
    if _OWNED.match(text, actors[item[-1]].end):
        return "skipped"
    if _AGENT.search(lead):
        return "agent"
    if joined and lead.endswith(("同", "与", "和", "跟")):
        return "subject"
    return "skipped" if _SKIPPED.search(lead) else "subject"


def _items(
    text: str,
    clause: Clause,
    items: Sequence[tuple[int, list[int] | Token]],
    actors: Sequence[Actor],
    walk: _Walk,
) -> bool:
    """Walk persons and verbs of a clause in order; return False where a speech begins."""
    position, scope, role, convened = clause.start, False, "", False
    for _, item in items:
        if isinstance(item, list):
            _object(text, position, item, actors, role, walk)
            position = actors[item[-1]].end
            if _AGENT.search(text[clause.start : actors[item[0]].start]):
                walk.subjects, walk.named, walk.used, scope = list(item), [], False, False
            continue
        if text[item.end - 1 : item.end + 1].endswith("下") or text[item.end : item.end + 1] == "下":
            continue
        if scope and not _LINKED.search(text[position : item.start]):
            continue
        if item.value == "speech":
            if _says(text, clause, item, actors, walk):
                return False
            continue
        if item.value == "hear" and not walk.speech:
            _reports(text, item, clause, walk)
        position, scope, role = item.end, item.scope, item.value
        if walk.agenda and (role == "presenter" or text[item.start : item.end] in _BUSINESS):
            continue
        if role != "hear" and not (role == "presenter" and _TO_MASSES.search(text, clause.start, item.start)):
            _act(text, item, clause.end, actors, walk)
            walk.aside = False
        walk.used = True
        convened = convened or (role == "chair" and "召开" in text[item.start : item.end])
    walk.agenda = walk.agenda or convened
    return True


def _object(
    text: str, position: int, item: list[int], actors: Sequence[Actor], role: str, walk: _Walk
) -> None:
    """Give roles to persons that are no subject: whom one listens to, meets, or is accompanied by."""
    last = actors[item[-1]]
    walk.known.update(actors[i].name for i in item if role == "talks")
    companion = _COMPANION.match(text, last.end)
    if companion:
        walk.parts += [
            Part(i, None, "attendee", companion.end() - 3, companion.end(), True, "companion") for i in item
        ]
    elif role == "hear" and (nominal := _NOMINAL.match(text, last.end)):
        talk = re.search(r"(?:汇报|说明|介绍|通报)", nominal.group())
        kind = "presenter" if talk and not re.search("报告|讲", nominal.group()[talk.end() :]) else "speaker"
        walk.parts += [Part(i, None, kind, last.end, nominal.end(), False, "heard") for i in item]
    elif role == "talks":
        walk.parts += [Part(i, None, "attendee", position, position, True, "met") for i in item]


_REPORT = re.compile(r"(?:关于[^，。；]*)?(?:的|就[^，。；]*)?(?:有关|相关|工作|情况|专题)*(?P<noun>汇报|介绍|说明)")


def _reports(text: str, verb: Token, clause: Clause, walk: _Walk) -> None:
    """Read the organs whose report the meeting hears (听取某局的汇报)."""
    if not text.startswith("听取", verb.start):
        return
    for match in _REPORT.finditer(text, verb.end, clause.end):
        plain = _QUOTED.sub(lambda m: "《" * len(m.group()), text[verb.end : match.end()])
        about = plain.find("关于")
        about = verb.end + about if about > 0 else -1
        owned = text.rfind("的", verb.end, match.end())
        stop = about if about > 0 else owned
        if stop > verb.end:
            named = groups.heard(text, verb.end, stop)
            walk.parts += [
                Part(-1, g, "presenter", match.start("noun"), match.end("noun"), False, "report-heard") for g in named
            ]
        return


# What somebody can chair; 主持编制, 主持工作 are no meetings.
_CHAIRED = re.compile(r"$|并|.{0,60}(?:会|式|礼|学习|座谈|活动|论坛|报告|讲座|讨论|审议|辩论|对话|谈|培训|班|测评|赛|答辩|党课|宣讲|交流|签约|调度|询问|议程|阶段)")


def _act(text: str, verb: Token, stop: int, actors: Sequence[Actor], walk: _Walk) -> None:
    """Give the role of a verb to every subject."""
    weak = verb.value in WEAK
    if weak and walk.speech:
        return
    if text[verb.start : verb.end] in ("主持", "共同主持", "主持了") and not _CHAIRED.match(text[verb.end : stop]):
        return
    role = _ROLE.get(verb.value, verb.value)
    for actor in walk.subjects:
        if walk.speech and verb.value == "speaker" and _cited(actors[actor], walk):
            continue
        walk.known.add(actors[actor].name)
        walk.parts.append(Part(actor, None, role, verb.start, verb.end, weak, verb.row))
    if not walk.speech:
        signs = not weak or text[verb.start] == "签"
        named = [g for g in walk.named if signs or _PARTY.search(text, g.start, g.end)]
        walk.parts += [Part(-1, g, role, verb.start, verb.end, False, verb.row) for g in named]
    if walk.subjects:
        walk.he = walk.subjects[0] if role != "attendee" or walk.he < 0 else walk.he


def _cited(actor: Actor, walk: _Walk) -> bool:
    """Tell whether a person inside a speech is only cited: an office behind the name, or nobody met before."""
    return actor.trail or (actor.name not in walk.known and not actor.titles)


def _says(text: str, clause: Clause, verb: Token, actors: Sequence[Actor], walk: _Walk) -> bool:
    """Read an attributed statement; return True if its content begins behind the verb."""
    if text[verb.start - 1 : verb.start] in ("的", "所") or _BASIS.search(text, clause.start, verb.start):
        return False
    opens = verb.end >= len(text) or text[verb.end] in "，：:,“"
    if walk.subjects:
        for actor in walk.subjects:
            if walk.speech and _cited(actors[actor], walk):
                continue
            walk.known.add(actors[actor].name)
            walk.parts.append(Part(actor, None, "speaker", verb.start, verb.end, False, verb.row))
        walk.he = walk.subjects[-1]
    walk.speech = walk.speech or opens
    return opens or bool(walk.subjects)

"""Persons and organs that are no subject of their clause: heard, met, accompanying, cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.lexicon.patterns import alternation
from etl.meeting import groups
from etl.meeting.lexer import Token
from etl.meeting.scene import Scene
from etl.meeting.verbs import QUOTED

_WORK = re.compile(r"(?:\d{4}年度?)?(?:[^，。、]{0,4}工作)?(?:开展)?情况?(?:的)?(?:专题)?汇报$|工作汇报$")
AGENT = re.compile(r"(?:由|邀请了?|特邀|有请|请到?了?|并委托)$")
"""What stands before the doer of a passive or invited act."""

_SKIPPED = re.compile(alternation("preposition") + "$")
_COMPANION = re.compile(r"等?[^，。；、]{0,12}(?:陪同|带领|引导|率领)下")
_MANNER = "(?:最新|一系列|系列|重要|殷切|亲切)*"
_OWNED = re.compile(
    rf"(?:同志)?(?:的|(?:在|关于|有关|对|就)[^，。；]{{1,40}}的)?{_MANNER}{alternation('owned-word')}"
    rf"|(?:同志)?{alternation('owned-kin')}"
    rf"|(?:同志)?(?:的|(?:在|关于|有关|对|就)[^，。；]{{1,40}}的){_MANNER}{alternation('owned-work')}"
)
_NOMINAL = re.compile(
    r"(?:同志)?(?:受[^，。；]{2,12}委托)?(?:分别)?(?:所?作的?|关于|的(?=汇报|介绍|说明|报告|讲解|情况|[^，。；、]{1,14}(?:汇报|介绍|说明|讲解)(?:[，。；]|$)))[^，。；]*"
)
_TALKED = re.compile(
    r"(?:等?[^，。；、的]{0,6}(?:代表|专家|同志|人士|客商|企业家|校友|乡贤|委员|学者|嘉宾|群众))?(?:一行(?:\d+人)?)?(?:[进举]行|展开|开展|作|做)?了?(?:(?:亲切|热[情烈]|深入|面对面|友好|广泛|充分)的?)*"
    r"(?:座谈|交流|洽谈|磋商|交谈|攀谈|拉家常|共进[早午晚]餐)"
)
_HEADING = re.compile("(?:同志|教授)?为(?:首|[组团队]长|领队)")
_RECEIVED = re.compile("等?(?:领导|同志)*的?(?:热情|亲切)*(?:接待|欢迎|会见)")
_TOGETHER = re.compile("一同|一起|一道|共同")
_HOME = re.compile(r"(?:同志)?家(?:[中里，]|看望|走访|慰问)")
_YEAR = re.compile(r"\d{4}年|上半年|下半年")
_MADE = re.compile(r"(?:分别)?所?作的")
_REPORTED = re.compile(
    r"(?P<presenter>汇报|说明|介绍|通报|情况)|(?P<speaker>报告|讲话|讲解|讲座|发言|授课|宣讲|解读)"
)
# Whose report comes next: 听取财政局关于……的汇报、审计局关于……的汇报.
_NEXT = re.compile("(?<=汇报|报告|说明|介绍)(?:[、和]|以及)(?P<organ>[\u4e00-\u9fff（）]{2,20}?)关于")
_REPORT = re.compile(
    r"(?:关于[^，。；]*)?(?:的|就[^，。；]*)?(?:有关|相关|工作|情况|专题|调研|专项|执行|执法检查)*(?P<noun>汇报|介绍|说明|报告)"
)


def stands(scene: Scene, position: int, persons: Sequence[int], joined: bool) -> str:
    """Return how persons behind `position` stand to their verb: agent, subject, companion or skipped."""
    first, last = scene.actors[persons[0]], scene.actors[persons[-1]]
    lead = scene.text[position : first.start].rstrip()
    if _COMPANION.match(scene.text, last.end):
        return "companion"
    if _OWNED.match(scene.text, last.end):
        return "skipped"
    if AGENT.search(lead):
        return "agent"
    if lead.endswith("受到") and _RECEIVED.match(scene.text, last.end):
        scene.add(persons, "attendee", last.end, last.end + 1, True, "received")
        return "skipped"
    if lead.endswith("以") and _HEADING.match(scene.text, last.end):
        return "subject"
    if lead == "与" and _TOGETHER.match(scene.text, last.end):
        return "subject"
    if lead.endswith(("与", "同", "和")) and _TALKED.match(scene.text, last.end):
        scene.add(persons, "attendee", last.end, last.end + 4, True, "met")
        return "skipped"
    if joined and lead.endswith(("同", "与", "和", "跟")):
        return "subject"
    return "skipped" if _SKIPPED.search(lead) else "subject"


def take(scene: Scene, position: int, persons: Sequence[int], role: str) -> None:
    """Give roles to persons behind a verb of value `role`: heard, met, or accompanying."""
    text, end = scene.text, scene.actors[persons[-1]].end
    companion = _COMPANION.match(text, end)
    if not role and scene.hearing and _MADE.match(text, end):
        role = "hear"
    if companion:
        scene.add(persons, "attendee", companion.end() - 3, companion.end(), True, "companion")
    elif role == "hear" and (nominal := _NOMINAL.match(text, end)):
        if noun := _noun(text, nominal.start(), nominal.end()):
            scene.add(persons, noun, end, nominal.end(), False, "heard")
    elif role == "talks" or (role == "visit" and _HOME.match(text, end)):
        scene.add(persons, "attendee", position, position, True, "met")
        scene.met = True


def _noun(text: str, start: int, end: int) -> str | None:
    """Return the role that the noun of a report tells: in its clause or else in its sentence."""
    heard = [noun.lastgroup for noun in _REPORTED.finditer(text, start, end)]
    if not heard and "作的" in text[start:end]:
        stop = text.find("。", end, end + 300)
        heard = [noun.lastgroup for noun in _REPORTED.finditer(text, end, max(stop, end))]
    return heard[-1] if heard else None


def reports(scene: Scene, verb: Token, stop: int) -> None:
    """Read the organs whose report the meeting hears, up to `stop` (听取某局的汇报)."""
    text = scene.text
    if not text.startswith("听取", verb.start):
        return
    match = _REPORT.search(text, verb.end, stop)
    while match and not match["noun"]:
        match = _REPORT.search(text, match.end(), stop)
    if match is None:
        return
    plain = QUOTED.sub(lambda m: "《" * len(m.group()), text[verb.end : match.end()])
    about = next((at for word in ("关于", "对") if (at := plain.find(word)) > 0), -1)
    end = verb.end + about if about > 0 else text.rfind("的", verb.end, match.end())
    if end < 0 and (work := _WORK.search(text, verb.end, match.end())):
        end = work.start()
    if year := _YEAR.search(text, verb.end, max(end, verb.end)):
        end = year.start()
    if end > verb.end:
        named = groups.heard(text, verb.end, end)
        for other in _NEXT.finditer(text, end, stop) if about > 0 and named else ():
            named += groups.heard(text, *other.span("organ"))
        scene.add_groups(named, "presenter", match.start("noun"), match.end("noun"), "report-heard")

"""Groups in the company of a subject: brought along, joined, asked for their opinions."""

from __future__ import annotations

import re

from etl.meeting import groups
from etl.meeting.endings import head, organ
from etl.meeting.scene import Scene

_LED = re.compile(
    r"(?:率(?![领团队先])|率领|带领|携(?![手带]))(?:我[市县区校院局委省])?(?P<groups>[^，。；：“”]{3,48}?)(?=，|开展|进行|实地|现场|赴|来到|来我|深入|前往|到[^会场]|检查|考察|调研|视察|一行|就|对)"
)
# A delegation that somebody joins: 参加南渡区代表团审议.
_JOINED = re.compile(
    r"(?:来到|参加)(?:[^，。；的]{2,20}的)?(?P<groups>[^，。；、的]{2,10}代表团)(?:、[^，。；、的]{2,10}代表团)?"
    r"(?=，|审议|讨论|分组)"
)
# With whom a talk is held: 与县商务局、县招商局进行了座谈.
_SAT_WITH = re.compile(
    r"[与同](?![会时]|志)(?P<groups>[^，。；：“”的]{3,60}?)(?:[进举]行|展开|开展)?了?(?:深入|广泛|热烈)*(?:交流|座谈)+(?=[，。；])"
)
# Who is called together: 组织人大代表、老干部，召开座谈会.
_CALLED = re.compile(
    r"组织(?![部委]|人事|工作|召开|开展|举行|领导)(?P<groups>[^，。；：“”的]{3,60}?)，?(?:召开|举行)"
)
_ASKED = re.compile(
    r"(?:向(?:部分|我[市县区省校])?|听取了?(?:部分|我[市县区省校])?)(?P<groups>[^，。；《》“”的对]{3,50}?)"
    r"(?:等?社会各界人士)?(?:征求|(?:对[^，。；]{2,30})?的?意见)"
)
_MAY = re.compile("率|带领|携|代表团")


def read(scene: Scene, start: int, end: int, *, persons: bool) -> None:
    """Read the groups in company of the subjects of a sentence; `persons` tells that it names somebody."""
    if scene.text.find("意见", start, end) > 0:
        _asked(scene, start, end)
    if scene.text.find("座谈", start, end) > 0 or scene.text.find("交流", start, end) > 0:
        _sat(scene, start, end)
    called_together(scene, start, end)
    if persons and _MAY.search(scene.text, start, end):
        _led(scene, start, end)


def called_together(scene: Scene, start: int, end: int) -> None:
    """Read the groups that are called together in a sentence (组织老干部召开座谈会)."""
    called = _CALLED.search(scene.text, start, end) if scene.text.find("组织", start, end) >= 0 else None
    if called and not scene.speech:
        named = groups.read(scene.text, *called.span("groups"))
        scene.add_groups(named, "attendee", called.start(), called.end(), "called")


def _sat(scene: Scene, start: int, end: int) -> None:
    """Read the organs that a talk is held with; villagers with whom a guest chats are none."""
    for sat in _SAT_WITH.finditer(scene.text, start, end):
        named = groups.read(scene.text, *sat.span("groups"))
        words = [(one, scene.text[one.start : one.end]) for one in named]
        organs = [one for one, word in words if organ(word) and not head(word)]
        scene.add_groups(organs, "attendee", sat.start(), sat.end(), "met")


def _led(scene: Scene, start: int, end: int) -> None:
    """Read the groups that a person brings along (率市直部门负责人赴……) or joins (参加某代表团审议)."""
    for joined in _JOINED.finditer(scene.text, start, end):
        first, last = joined.start("groups"), joined.end()
        scene.add_groups(groups.read(scene.text, first, last), "attendee", joined.start(), last, "joined")
    for led in _LED.finditer(scene.text, start, end):
        first, last = led.span("groups")
        if not any(actor.start >= first and actor.end <= last for actor in scene.actors):
            scene.add_groups(groups.read(scene.text, first, last), "attendee", led.start(), led.end(), "led")


def _asked(scene: Scene, start: int, end: int) -> None:
    """Read the groups whose opinions a meeting asks for (向部分人大代表征求意见)."""
    for asked in _ASKED.finditer(scene.text, start, end):
        first, last = asked.span("groups")
        named = groups.read(scene.text, first, last)
        scene.add_groups(named, "attendee", asked.start(), asked.end(), "asked")

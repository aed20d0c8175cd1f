"""What the first sentences of an article tell, gathered once, and the type of event that follows from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.lexicon.patterns import alternation
from etl.meeting import where
from etl.meeting.name import Candidate
from etl.meeting.scene import Part
from etl.meeting.segment import Sentence

TALKS = re.compile(alternation("talks"))
"""会见, 会谈 and the like."""

VISIT = re.compile(alternation("visit"))
"""调研, 慰问 and the like."""

_ARRIVES_AT = re.compile(r"(?:会议|座谈会|推进会|论坛)$|召开|举行|出席|主持")
_SURELY = re.compile(alternation("surely-visit"))
# Meetings that are part of a visit where a later sentence tells of them, or where they are only attended.
_MINOR = re.compile("(?:调研)?座谈会|(?:工作)?汇报会|交流会|反馈会|见面会|现场办公会")
_ATTENDED = re.compile(
    "(?:工作|专题|调研|考察|学习|业务|合作)*(?:座谈|汇报|交流|反馈|见面|调研|对接|洽谈)+会"
)
_SIDE = re.compile("(?:座谈|汇报|反馈|见面)会$")
_CEREMONY = re.compile(alternation("ceremony"))
_PRESS = re.compile(r"发布会|吹风会|记者会|说明会")
# Who informs the press of policies, not of what a city has done.
_STATE = re.compile(
    r"国务院新闻办|国新办|中共中央|全国政协|全国人大|外交部|国防部|联防联控|总台|国台办|国家统计局"
)
# Two sides sign: 某集团与某区签署……协议.
_SIGNS = re.compile(r"[与和同][^，。；]{2,40}(?:签署|签订|签约|签了)|见证(?:签署|签约)|出席签约")
_STAGED = re.compile(alternation("staged"))
_CALLED = re.compile(
    r"专题研究|专题调度|研究部署|参加[^，。]{0,14}(?:讨论|审议)$|(?<!盛)会议|大会|全会"
    r"|[^社机协商学工委员交贸博]会(?:$|[召举开在，。 ])"
)
_SHOW = re.compile(alternation("press"))


@dataclass(slots=True)
class Account:
    """Headline, first sentences, candidate names with the number of their sentence, weak and strong acts.

    `lead` is where the second sentence ends; `arrives` tells that a delegation came to a place.
    """

    text: str
    head: str
    early: Sequence[Sentence]
    found: Sequence[tuple[int, Candidate]]
    weak: Sequence[Part]
    strong: Sequence[Part]
    lead: int = 0
    arrives: bool = False
    talks: list[Part] = field(default_factory=list)
    visits: list[Part] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Tell talks and visits apart among the weak acts."""
        self.lead = self.early[min(1, len(self.early) - 1)].end
        self.arrives = where.arrives(self.text, self.early[0].start, self.early[0].end) or bool(
            VISIT.search(self.head) and where.arrives(self.head, 0, len(self.head))
        )
        self.talks = [p for p in self.weak if p.rule == "met" or TALKS.search(self.text, p.start, p.end)]
        self.visits = [p for p in self.weak if p not in self.talks and p.rule != "met"]

    def acts(self, *roles: str) -> bool:
        """Tell whether a person has one of some roles, in earnest."""
        return any(p.actor >= 0 and p.role in roles for p in self.strong)

    def best(self) -> Candidate:
        """Return the candidate that names the event: not bare, held rather than attended, early."""
        return min(self.found, key=lambda item: (item[1].bare, item[0] + item[1].rank, item[1].start))[1]

    @property
    def sits(self) -> bool:
        """Tell whether the lead says no more of the meeting than that somebody chairs it (王强主持会议)."""
        chairs = (p for p in self.strong if p.role == "chair" and p.start < self.lead)
        return any("会议" in self.text[p.start : p.end] for p in chairs)

    def holds(self, most: float) -> bool:
        """Tell whether the lead names what is held, by a pattern of at most this rank."""
        return any(i <= 1 and c.rank <= most and not c.bare for i, c in self.found)


def kind(account: Account) -> str | None:
    """Return the type of the event, by its headline first and its lead next, or None."""
    text, head, first = account.text, account.head, account.early[0]
    talks = account.talks
    sat = "座谈" in head and account.holds(0.9) and not re.search("会见|会谈|会晤", head)
    met = TALKS.search(head) and not sat and not re.search("会见记者|会议", head)
    if met and TALKS.search(text, first.start, account.lead):
        return "talks"
    if talks and (
        (TALKS.search(head) and not sat)
        or (talks[0].start < first.end and not any(i == 0 for i, _ in account.found))
    ):
        return "talks"
    if _inspects(account):
        return "inspection"
    near = [c for i, c in account.found if i <= 1 or not c.bare]
    if near and (account.strong or near[0].end <= account.lead):
        return _held(account)
    if talks and talks[0].start < account.lead:
        return "talks"
    came = account.arrives or (account.visits and account.visits[0].start < account.lead)
    if came and VISIT.search(text, first.start, account.lead):
        return "inspection"
    if account.acts("chair") and (account.found or account.sits):
        return "meeting"
    if _SIGNS.search(text, first.start, account.lead) and (account.strong or account.weak):
        return "ceremony"
    if account.strong and _CEREMONY.search(head) and _STAGED.search(text, first.start, account.lead):
        return "ceremony"
    return "meeting" if account.strong and _CALLED.search(head) else None


def _inspects(account: Account) -> bool:
    """Tell whether headline and first sentences are those of a visit."""
    head, early = account.head, account.early
    if not VISIT.search(head) or _ARRIVES_AT.search(head):
        return False
    if account.holds(0.9) and not _SURELY.search(head):
        return False
    fourth = early[min(3, len(early) - 1)].end
    return account.arrives or bool(account.visits and account.visits[0].start < fourth)


def _held(account: Account) -> str | None:
    """Return the type of an event that has a name: ceremony, meeting, or a visit with a meeting in it."""
    text, head, best = account.text, account.head, account.best()
    press = _PRESS.search(text, best.start, best.end)
    local = press and not _STATE.search(text, account.early[0].start, account.lead)
    vouched = account.acts("chair") or (local and account.acts("speaker", "presenter", "attendee"))
    if (press or (best.bare and best.rank > 1)) and not vouched:
        return None
    if _SHOW.search(text, best.start, best.end) and not any(p.actor >= 0 for p in account.strong):
        return None
    if best.noun.value == "ceremony" or (_CEREMONY.search(head) and "会议" not in head):
        return "ceremony"
    first = account.early[0].end
    visited = any(p.start < first and _SURELY.search(text, p.start, p.end) for p in account.visits)
    minor = best.bare or _MINOR.fullmatch(text, best.start, best.end)
    if (account.arrives or (visited and not head)) and best.start >= first and minor:
        return "inspection"
    survey = account.arrives and _SURELY.search(text, account.early[0].start, first)
    if survey and best.start >= first and _SIDE.search(text, best.start, best.end):
        return "inspection"
    if account.arrives and best.rank > 2 and _ATTENDED.fullmatch(text, best.start, best.end):
        return "inspection"
    return "meeting"

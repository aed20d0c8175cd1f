"""The subject of a verb of speech: a person of the cast, a pronoun, a meeting, an organ, several persons."""

from __future__ import annotations

import re
from bisect import bisect_left

from etl.meeting.credit_names import surnames
from etl.meeting.people import Cast, Mention
from etl.meeting.speech import speech

AFTER = frozenset("，,：:“「。；;！\n")
"""What stands behind a verb that closes its clause."""

LONGEST = 90
"""Characters from the beginning of a clause to its verb of speech."""

_NEAR = 20_000
_BREAK = re.compile(r"[，,；;。！？!?：:\n”’」』]")
_BLANK = " \u3000\t"
_ASIDE = re.compile(r"(?:在|于)[^，]{1,40}?(?:上|中|时|后|前|会|间|里|际|处)$")
_WITHIN = re.compile(r"(?:在|于)[^，]{1,25}(?:上|中|时|后|前)$")
# 在发言中他强调: where it was said stands before the pronoun.
_SPOKEN_IN = re.compile(r"在[^，]{1,12}?[中上时后](?=[他她](?!们))")
_HEARD = re.compile(r"[对向过着把将被请让使与同]|听取|传达|学习|贯彻|落实")
_NOUN = re.compile(r"(?:提|提出|作出|按|按照|根据|符合|落实|回应)(?:了)?[^，]{0,8}$")
_POST = re.compile(
    r"^(?:[副总]?[一-鿿]{0,3}?(?:长|书记|主任|主席|主委|总理|总统|首相|教授|院士|委员|总|工|老师|同志|先生|女士|处|局))?"
)
_SURNAMED = re.compile(
    r"[一-鿿]{1,2}(?:副|总)?(?:[一-鿿]{0,2}长|书记|主任|主席|总理|总工|总|工|处|局|院|经理|教授|院士|老师|专员|政委|同志)"
)
# Verbs that an organ may be the subject of without a mark behind them: 调研组希望云泽县…….
_LOOSE = frozenset(("表示", "认为", "希望", "要求", "建议", "指出", "强调"))
_ALOUD = ("会议", "大会", "全会", "座谈会", "例会")
_OFFICE = frozenset("统理长相臣使席任记官员王储卿授士")
_ORDERED = re.compile(r"(?<![主重需首])要|按照|依法|(?<!方)向|根据|落实|贯彻|把")
_PRESENT = ("与会", "参会", "到会", "在座", "在场", "评审", "验收", "评议")
_COUNTED = re.compile(
    r"(?:了|[如以]下|[一二两三四五六七八九十几\d]{1,2}(?:[点项条方]|个(?=方面|要求|建议|必须|坚持|到位|重点))|具体|的)"
)
_RAISED = re.compile(
    r"[^，。：:；“]{0,10}(?:要求|意见|建议|希望|目标|任务|措施|思路|倡议|主张|方案|询问|批评|问题)(?=[，。：:；、]|$)"
)
_OTHERS = re.compile(r"^(?:党的|中共|中央)[^，]{2,}(?:会议|全会|大会)$")


def clause(text: str, sentence: int, verb: int) -> int | None:
    """Return where the clause that holds a verb begins, None where that is too far away."""
    low = max(sentence, verb - LONGEST)
    first = low if low == sentence else None
    for mark in _BREAK.finditer(text, low, verb):
        first = mark.end()
    while first is not None and first < verb and text[first] in _BLANK:
        first += 1
    return first


def quoted(text: str, position: int) -> bool:
    """Return whether a position stands inside a quotation that began in the same paragraph, near by."""
    low = max(position - 400, text.rfind("\n", 0, position) + 1)
    return text.rfind("“", low, position) > text.rfind("”", low, position)


def subject(text: str, sentence: int, verb: int, end: int, cast: Cast) -> tuple[int, int | None] | None:
    """Return where the subject of the verb at `text[verb:end]` begins and who it is, or None."""
    words = speech()
    first = clause(text, sentence, verb)
    if first is None:
        return None
    while opener := words.opener.match(text, first, verb):
        first = opener.end()
    if within := _SPOKEN_IN.match(text, first, verb):
        first = within.end()
    if _COUNTED.match(text, end) or (text[verb:end] == "提出" and _RAISED.match(text, end)):
        return None
    closes = end >= len(text) or text[end] in AFTER
    low, high = bisect_left(cast.mentions, (first,)), bisect_left(cast.mentions, (verb,))
    if low < high:
        return _person(text, first, verb, closes, cast.mentions[low:high])
    pronoun = words.pronoun.match(text, first, verb)
    if pronoun and _bare(text[pronoun.end() : verb], closes):
        return first, _known(cast.before(first)) if pronoun[0] in ("他", "她") else None
    return _collective(text, first, verb, closes, cast)


def _person(
    text: str, first: int, verb: int, closes: bool, mentions: tuple[Mention, ...]
) -> tuple[int, int | None] | None:
    """Return who is the subject: the first person of the clause, or the last one behind a preposition."""
    aside = speech().barrier.match(text, first)
    mention = mentions[-1] if aside and aside.end() <= mentions[0].start else mentions[0]
    before, gap = text[first : mention.start], text[mention.end : verb]
    if mention.seq < 0 or _NOUN.search(gap) or _HEARD.search(before[-2:]):
        return None
    return (mention.start, mention.seq) if _bare(_POST.sub("", gap, count=1), closes) else None


def _bare(gap: str, closes: bool) -> bool:
    """Return whether what stands between subject and verb leaves them subject and verb."""
    joined = gap.rstrip().endswith(("并", "并进一步", "并明确"))
    gap = speech().bare(gap).strip()
    if not gap or _ASIDE.match(gap):
        return True
    return (
        closes
        and len(gap) <= 40
        and ("的" not in gap or gap[0] in "在对就向从结围听主握拉" or joined)
        and not _NOUN.search(gap)
    )


def _collective(text: str, first: int, verb: int, closes: bool, cast: Cast) -> tuple[int, int | None] | None:
    """Return the subject that is a meeting, an organ, several persons, or a surname with an office."""
    words = speech()
    blank = max(text.rfind(mark, first, verb - 2) for mark in _BLANK)
    first = blank + 1 if blank > first else first
    head = words.bare(text[first:verb])
    head = _WITHIN.sub("", head)
    if _SURNAMED.fullmatch(head) and head[0] in surnames() and "总书记" not in head:
        return first, _surnamed(head, cast)
    if (
        not head
        or head[0] in "（(0123456789"
        or len(head) > (40 if closes else 12)
        or (head.endswith(words.outside) and not head.startswith(_PRESENT))
        or _OTHERS.match(head)
    ):
        return None
    if words.barrier.match(head) or _ORDERED.search(head):
        return None
    wide = closes or text[verb : verb + 2] in _LOOSE
    named = (
        head.endswith(words.collective if wide else _ALOUD)
        or head.startswith(_PRESENT)
        or (closes and _in_office(text, head))
    )
    return (first, None) if named else None


def _in_office(text: str, head: str) -> bool:
    """Return whether a short subject stands behind an office somewhere: a name unknown so far."""
    if not 2 <= len(head) <= 6:
        return False
    at = text.find(head, 1, _NEAR)
    while at > 0:
        if text[at - 1] in _OFFICE:
            return True
        at = text.find(head, at + 1, _NEAR)
    return False


def _known(seq: int | None) -> int | None:
    return seq if seq is not None and seq >= 0 else None


def _surnamed(head: str, cast: Cast) -> int | None:
    """Return the participant whom a surname with an office means: the only one of that surname (李市长)."""
    alias = cast.resolve(head)
    found = {person.seq for person in cast.participants if person.name[0] == head[0]}
    return alias if alias is not None else found.pop() if len(found) == 1 else None

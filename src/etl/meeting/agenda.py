"""Items of business: what a meeting passed on, considered, heard, discussed, arranged or decided."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from etl.lexicon.tables import rows
from etl.meeting.segment import Parsed, Sentence
from etl.records import AgendaItem, Span

_ADVERB = r"(?:还|又|也|并|一致|首先|随后|最后|其次|分别|重点|集中|专题|经过?表决|经审议|再次|原文|全文)*"
_HOST = re.compile(rf"(?:会|[^，。；]{{0,24}}(?:会议|大会|全会|例会|[^机委]会|党组|中心组))上?{_ADVERB}$")
_HOSTING = re.compile("会|党组|中心组|学习|活动")
_HOSTS = re.compile(r"(?:会议|大会|全会|会上)")
_GOES_ON = re.compile(r"(?:并)?(?:提请|报请|关于|以及|和|《)")
_HELD = re.compile(r"(?:召开|举行|召集|组织召开|开展)[^，。；]{0,60}?(?:会议?|学习|大会|活动)$")
_DOCUMENT = re.compile(r"《([^《》\n]{1,80}(?:《[^《》\n]{1,40}》[^《》\n]{0,40})?)》")
_SPEECH = ("指出", "强调", "要求", "认为", "表示", "提出", "明确", "希望", "建议")
_PERSONNEL = re.compile(r"(?:人事)?任免|任职|人事事项|代理职务|辞职|名单$")
_EDGE = "，,；;。 \u3000了"


class _Verb(NamedTuple):
    row: str
    classification: str
    decision: str | None


@cache
def _verbs() -> dict[str, _Verb]:
    return {
        row["text"]: _Verb(
            row["id"], row["classification"], None if row["decision"] == "-" else row["decision"]
        )
        for row in rows("agenda")
    }


@cache
def _opening() -> re.Pattern[str]:
    """Return the pattern of a clause that opens an item: adverbs and a verb of business."""
    verbs = "|".join(sorted(_verbs(), key=len, reverse=True))
    return re.compile(rf"(?:{_ADVERB})(?P<verb>{verbs})(?![会班院所生员者的](?!议)|办法|结果|提出)")


@cache
def _inside() -> re.Pattern[str]:
    """Return the pattern of a verb of business behind the meeting as subject within one clause."""
    verbs = "|".join(sorted(_verbs(), key=len, reverse=True))
    return re.compile(
        rf"(?:会议|大会|全会|会上|会|党组)上?{_ADVERB}"
        rf"(?P<verb>{verbs})(?!的|办法|结果|提出)(?:(?=了|[^，。；]{{2}})|(?<=决定)$)"
    )


def read(parsed: Parsed) -> tuple[AgendaItem, ...]:
    """Return the items of business of a text in order.

    An item is a verb of business with its object, where a meeting is the subject (会议审议了…) or was just
    called (…召开会议，传达学习…). `documents` are the titles in 《》; rules are the verb's id.
    """
    items: list[AgendaItem] = []
    hosted = False
    for sentence in parsed.sentences:
        if not hosted and parsed.text.find("会", sentence.start, sentence.end) < 0:
            continue
        found, hosted = _openings(parsed, sentence, hosted)
        for start, end, verb in found:
            items.append(_item(parsed.text, len(items), start, end, _verbs()[verb]))
    return tuple(items)


def _openings(parsed: Parsed, sentence: Sentence, hosted: bool) -> tuple[list[tuple[int, int, str]], bool]:
    """Return (start, end, verb) of a sentence's items, and whether a meeting is its subject at the end.

    `hosted` tells that a meeting was the subject at the end of the sentence before.
    """
    text, found = parsed.text, list[tuple[int, int, str]]()
    open_ = False
    for clause in parsed.clauses(sentence):
        part = text[clause.start : clause.end]
        if part.endswith(_SPEECH):
            return found, False
        match, first = _match(part, hosted)
        if match:
            start = clause.start + first
            found.append((start, clause.end, match))
            open_ = True
        elif open_ and (_GOES_ON.match(part) or text[clause.start - 3 : clause.start - 1] == "决定"):
            start, _, verb = found[-1]
            found[-1] = (start, clause.end, verb)
        else:
            open_ = False
        named = _names_host(part)
        first_clause = clause.start == sentence.start
        hosted = bool(match) or named or (hosted and not first_clause)
    return found, hosted


def _names_host(part: str) -> bool:
    """Return whether a clause makes a meeting the subject of what follows."""
    if not _HOSTING.search(part):
        return False
    return bool(_HOSTS.match(part) or _HOST.match(part) or _HELD.search(part))


def _match(part: str, hosted: bool) -> tuple[str, int]:
    """Return the verb of business that opens a clause and where it stands, ("", 0) where there is none."""
    inside = _inside().search(part) if "会" in part or "党组" in part else None
    if inside and _HOST.match(part[: inside.start("verb")]):
        return inside["verb"], inside.start("verb")
    opening = _opening().match(part) if hosted else None
    return (opening["verb"], opening.start("verb")) if opening else ("", 0)


def _item(text: str, order: int, start: int, end: int, verb: _Verb) -> AgendaItem:
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    body = text[start:end]
    classification = (
        "人事" if verb.classification == "审议" and _PERSONNEL.search(body) else verb.classification
    )
    documents = tuple(match[1] for match in _DOCUMENT.finditer(body))
    return AgendaItem(order, classification, body, Span(start, end), verb.decision, documents, (verb.row,))

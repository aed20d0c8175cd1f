"""Finding the persons of a text: names behind offices, in lists, at clause starts, and before offices."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from etl.meeting import names
from etl.meeting.lexer import Token
from etl.meeting.segment import Parsed

_BRACKET = re.compile(r"[ \u3000]*[（(][^（）()]{1,12}[）)][ \u3000]*|[ \u3000]+")
_JOIN = re.compile(r"[ \u3000]*(?:同志)?(?:[（(][^（）()]{1,8}[）)])?(?:、|以及|和|及|与)[ \u3000]*")
_JOINT = re.compile(r"以及|及|和(?![县平田林])|与(?!会)")
_LEAD = re.compile(r"(?:由|邀请|特邀|会见了?|同|与|和|举行仪式欢迎)(?=[\u4e00-\u9fff])")
_PREFIX = ("常务副", "第一副", "副", "总", "老")
# Offices that are printed behind a name (何院长, 王祖焕副市长); 经理部 and the like are longer words.
POSTPOSED = frozenset(
    [
        "书记",
        "总书记",
        "主席",
        "主任",
        "省长",
        "市长",
        "县长",
        "区长",
        "镇长",
        "乡长",
        "部长",
        "厅长",
        "局长",
        "处长",
        "科长",
        "院长",
        "校长",
        "所长",
        "站长",
        "馆长",
        "队长",
        "会长",
        "董事长",
        "理事长",
        "秘书长",
        "委员长",
        "总经理",
        "总裁",
        "总理",
        "总统",
        "首相",
        "外长",
        "国王",
        "教授",
        "院士",
        "研究员",
        "博士",
        "老师",
        "医生",
        "律师",
        "同志",
        "先生",
        "女士",
        "主委",
        "经理",
        "总监",
        "主编",
        "司令员",
        "政委",
        "行长",
        "台长",
        "社长",
        "总工程师",
        "行政长官",
        "大使",
        "部长",
        "女王",
        "王储",
        "议长",
        "首席",
        "检察长",
        "团长",
        "常委",
        "委员",
        "工程师",
        "总工",
        "巡视员",
    ]
)
_BYLINE = frozenset(("记者", "编辑", "通讯员"))
_TAIL = frozenset("委局部厅院会办处组团校司县市省区州镇乡村室科站党公所总副队班社系学")


SHORT = "short-form"


class Found(NamedTuple):
    """A personal name at `text[start:end]`; `post` is the office word right before it, `after` the one right behind.

    `why` is the rule that found it.
    """

    start: int
    end: int
    post: Token | None
    after: Token | None
    why: str


def find(parsed: Parsed, tokens: Sequence[Token]) -> list[Found]:
    """Return every personal name of the text in order, without overlap."""
    text = parsed.text
    found: dict[int, Found] = {}
    taken = {token.start for token in tokens if token.end - token.start > 1}
    for token in tokens:
        if token.kind in ("post", "label"):
            _behind(text, token, found, taken)
            if token.end - token.start >= 2 and text[token.start : token.end] in POSTPOSED:
                _before(text, token, found)
                _short(text, token, found)
    verbs = [token.start for token in tokens if token.kind == "verb" and token.value != "hear"]
    for sentence in parsed.sentences:
        _closing(text, sentence.start, found)
        acts = bisect_left(verbs, sentence.start) < bisect_left(verbs, sentence.end)
        for clause in parsed.clauses(sentence):
            joint = _JOINT.match(text, clause.start, clause.end)
            start = joint.end() if joint else clause.start
            if start not in taken:
                _bare(text, start, clause.end, found, acts)
        for lead in _LEAD.finditer(text, sentence.start, sentence.end):
            if lead.end() not in found and (name := names.at(text, lead.end(), abroad=True)):
                if name.score == 3 and text.count(text[lead.end() : name.end]) > 1:
                    found[lead.end()] = Found(lead.end(), name.end, None, None, "name-after-preposition")
    return _again(text, _settle(text, found))


def _behind(text: str, token: Token, found: dict[int, Found], taken: set[int]) -> None:
    """Read the name behind an office, and those that follow it in a list."""
    start = token.end
    bracket = _BRACKET.match(text, start)
    if bracket:
        start = bracket.end()
    if start in found or start in taken or text[token.start : token.end] in ("同志", "先生", "女士"):
        return
    name = names.at(text, start, abroad=True, titled=True)
    if name is None:
        return
    why = "name-behind-office" if token.kind == "post" else "name-behind-label"
    found[start] = Found(start, name.end, token, None, why)
    _list(text, name.end, found)


def _list(text: str, end: int, found: dict[int, Found]) -> None:
    """Read the names that a list goes on with behind `end`."""
    while (join := _JOIN.match(text, end)) and join.end() not in found:
        name = names.at(text, join.end(), abroad=True)
        if name is None or (
            name.score < 3 and not _JOIN.match(text, name.end) and not _listed(text, name.end)
        ):
            return
        found[join.end()] = Found(join.end(), name.end, None, None, "name-in-list")
        end = name.end


def _listed(text: str, end: int) -> bool:
    return names.boundary(text, end) > 0


def _before(text: str, token: Token, found: dict[int, Found]) -> None:
    """Read the name that stands right before an office (何汉翔院长, 刘文长所长)."""
    end = token.start
    for prefix in _PREFIX:
        if text.endswith(prefix, 0, end):
            end -= len(prefix)
            break
    for length in (4, 3, 2):
        start = end - length
        if start < 0 or start in found:
            continue
        if names.fits(text, start, end) and text[end - 1] not in _TAIL and _opens(text, start, found):
            if not names.at(text, token.end) or (token.end in found and found[token.end].post is None):
                found[start] = Found(start, end, None, token, "name-before-office")
                return


def _short(text: str, token: Token, found: dict[int, Found]) -> None:
    """Read a surname before an office (王副市长, 郝主任): the short form of a name, or all that is printed of it."""
    end = token.start
    for prefix in _PREFIX:
        if text.endswith(prefix, 0, end):
            end -= len(prefix)
            break
    start = end - (2 if text[max(0, end - 2) : end] in names.lexicon().compound else 1)
    if start < 0 or start in found or token.end in found or not _opens(text, start, found):
        return
    surname, lex = text[start:end], names.lexicon()
    sure = surname in lex.strong or surname in lex.compound
    known = any(text.startswith(surname, f.start) and f.end - f.start > len(surname) for f in found.values())
    if (sure or known) and names.boundary(text, token.end) and not names.at(text, token.end):
        found[start] = Found(start, token.end, None, None, SHORT)


def _opens(text: str, start: int, found: dict[int, Found]) -> bool:
    """Tell whether a name may begin at `start`: behind a mark, a joint, a preposition or an organ's last character."""
    return (
        start == 0
        or not "\u4e00" <= text[start - 1] <= "\u9fff"
        or text[start - 1] in ("和及与由对向同到请是在托院校学司局委部厅室处会办团县市区省镇所站")
    )


def _bare(text: str, start: int, end: int, found: dict[int, Found], acts: bool) -> None:
    """Read names that open a clause without an office: a list of two or more, or one before a verb."""
    if start in found or not (name := names.at(text, start, abroad=True)):
        return
    chain = [(start, name)]
    while (join := _JOIN.match(text, chain[-1][1].end)) and join.end() < end:
        following = names.at(text, join.end(), abroad=True)
        if following is None:
            break
        chain.append((join.end(), following))
    whole = len(chain) > 1 and chain[-1][1].score
    if len(chain) == 1:
        word = text[start : name.end]
        known = text.count(word) > 1
        surname = text[start] in names.lexicon().strong or text[start : start + 2] in names.lexicon().compound
        sure = name.score == 3 and name.end < end and (surname or known or len(word) == 3)
        sure = sure or (
            acts
            and surname
            and name.end < end
            and (known or len(word) == 3)
            and text[name.end] in "就在对向作从为及和与"
        )
        sure = sure and name.kind != "foreign"
        if sure and not surname and not known:
            sure = names.acts(text, name.end)
        whole = sure or (known and name.kind != "han" and name.score == 3)
    if whole:
        for begin, item in chain:
            found.setdefault(begin, Found(begin, item.end, None, None, "name-opens-clause"))


_ATTEND = re.compile(
    r"(?P<names>[^、和等，。\s]{2,8}(?:[、和][^、和等，。\s]{2,8}){0,20})等?(?:分别)?"
    r"(?:参加|出席|陪同)(?:上述|了?会见|会谈|活动|调研|考察|欢迎|仪式|座谈|会议|。|，)"
)


def _closing(text: str, start: int, found: dict[int, Found]) -> None:
    """Read the bare names of a closing sentence (某某、某某参加会见。), minority names of any form among them."""
    match = _ATTEND.match(text, start)
    if not match:
        return
    for item in re.finditer(r"[^、和]+", match["names"]):
        first, last = start + item.start(), start + item.end()
        if first in found or not 2 <= last - first <= 5 or item.group()[-1] in _TAIL:
            continue
        if item.group() not in names.lexicon().common and not names.official(item.group()):
            found[first] = Found(first, last, None, None, "name-closes")


def _settle(text: str, found: dict[int, Found]) -> list[Found]:
    """Return the readings in order, without overlap, one that adds a function character to a known name shortened."""
    words = {text[f.start : f.end] for f in found.values()}
    settled: list[Found] = []
    for item in sorted(found.values()):
        if settled and item.start < settled[-1].end:
            continue
        word = text[item.start : item.end]
        if len(word) == 3 and word[:2] in words and text.count(word[:2]) > text.count(word):
            item = item._replace(end=item.end - 1)
        settled.append(item)
    return [f for f in settled if f.post is None or text[f.post.start : f.post.end] not in _BYLINE]


def _again(text: str, found: list[Found]) -> list[Found]:
    """Add the other places where the names that were found stand."""
    words = sorted({text[f.start : f.end] for f in found if f.why != SHORT}, key=len, reverse=True)
    if not words:
        return found
    taken = {f.start: f for f in found}
    pattern = re.compile("|".join(map(re.escape, words)))
    out = list(found)
    ends = {}
    for f in found:
        for p in range(f.start, f.end):
            ends[p] = f
    for match in pattern.finditer(text):
        if match.start() not in ends and match.end() - 1 not in ends:
            out.append(Found(match.start(), match.end(), None, None, "name-again"))
    del taken
    return sorted(out)

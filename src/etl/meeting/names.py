"""Where a person's name ends: Chinese names by surname, foreign and minority names by syllables."""

from __future__ import annotations

import re
from functools import cache

from etl.meeting import foreign
from etl.meeting.boundary import STOP, Name, boundary, follow, lexicon

_PAD = " \u3000"
# Characters that no given name holds.
_NEVER = "的了着是不没这那哪些个们我你他她它或等被把很最吗呢吧啊第各每某本该副"
# Chinese characters that a given name may hold; a lost one may be.
_LETTER = re.compile("[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0010ffff\ufffd]")
_LETTERS = re.compile(f"(?:(?![{_NEVER}]){_LETTER.pattern})+")
# Characters that a given name has so seldom that only a mark behind it lets them pass.
_RARELY = frozenset("过在有和与及将就都也还又再更")
# No comparison: the verb takes no 更, so the character ends the name (赵宗更主持).
_INCOMPARABLE = re.compile("更(?:主持|出席|参加|宣读|致辞|[作做]了?|介绍|通报|陪同|汇报|讲话|发言)")
# An office right behind a name, with nobody named behind it.
_ADDRESSED = re.compile("(?:院士|教授|书记|同志|主任|[局校院部处市县区]长)(?=[，。、；和出主致作])")
# Prepositions and adverbs that follow a name far more often than they end one.
_PREPOSITIONS = frozenset("向在同与对就到从即")
# Surnames that are function words everywhere else.
_FUNCTION = frozenset("应向于全国从由双各原经时来自因为以同和与及对")
# What makes several of one behind such a word: 向新同学, 对全体.
_COLLECTIVE = frozenset("新老全各众诸广多")
# What a personal subject does, told by its form: an adverb in 地, a verb with 了.
_PREDICATE = re.compile(
    r"(?:[\u4e00-\u9fff]{2}|(.)\1(.)\2)地(?![区方点处铁位税])|[\u4e00-\u9fff]{2}了(?!解)"
    r"|[讲谈提带给作做念读看听问答说]了(?!解)"
)
_DONE = re.compile(
    r"[作做](?:[\d《“的]|关于|题)|[为以](?:[《“]|大家|师生|全|同学|学生|学员|党员|干部)|时，|率[厅局市县区省院校州部团]"
)
# Function characters that also end given names: part of the name where a predicate follows at once.
_GIVEN = re.compile(r"[同才强]")
# A preposition does not precede another: the first one ends the name.
_TWICE = re.compile("同[对向就在为从]|向[对在就从]")
# Phrases that begin like a name: 向大会作报告, 全体教师.
_NOBODY = re.compile(
    "全[体国省市县区校院镇乡]|[向对由从]"
    "(?:[大全]会|会议|大家|代表|各|学校|公司|企业|社会|群众|同学|老师|师生|组织|上级|[省市县区]委|人大|政协)"
)
_CLASSES = frozenset("县市区省州镇乡村旗局委厅部院校处科室站所馆队系团")
_MOVES = re.compile(r"到[^会位]|赴|来[到我]|率|携|在[^线]|就[^业]|对[^外]")
_OTHERS = re.compile(r"等(?:[专人同领市县省区校院厅局党出参陪]|企业家)|代表|一行|率(?![领先])")


def at(
    text: str, pos: int, *, abroad: bool = False, titled: bool = False, listed: bool = False
) -> Name | None:
    """Return the person's name that begins at `pos`, or None.

    `abroad` lets syllables without a surname be one; `titled` tells that an office stands before it, `listed`
    that a name of the same list does.
    """
    lex, letter = lexicon(), text[pos : pos + 1]
    divided = not foreign.DOTS.isdisjoint(text[pos : pos + 9])
    if not divided and letter not in first():
        return None
    minority = (
        foreign.units().match(text, pos)
        if (titled or listed or abroad) and letter in foreign.opening()
        else None
    )
    if minority and boundary(text, minority.end()):
        return Name(minority.end(), 3, "minority")
    family = letter in lex.strong or letter in lex.weak or text[pos : pos + 2] in lex.compound
    rare = letter in lex.rare and (titled or listed)
    if not (family or rare or divided or (abroad and letter in lex.syllables)):
        return None
    if divided and foreign.DOTTED.match(text, pos):
        return foreign.dotted_at(text, pos)
    name = _han(text, pos, titled or listed, listed) if family or rare else None
    if rare and name and name.score < 3 and not text.startswith("等", name.end):
        name = None
    if abroad and (name is None or name.score == 1):
        other = foreign.at(text, pos)
        if other and (name is None or other.score > name.score):
            return other
    return name


@cache
def first() -> frozenset[str]:
    """Return every character with which a name without a dot can begin."""
    lex = lexicon()
    compound = (surname[0] for surname in lex.compound)
    return frozenset(lex.strong | lex.weak | lex.rare | lex.syllables | foreign.opening()).union(compound)


def fits(text: str, pos: int, end: int) -> bool:
    """Tell whether `text[pos:end]` can be a Chinese name whose end is known from elsewhere."""
    lex, word = lexicon(), text[pos:end]
    if not surname(word[:2]) and not surname(word[:1]):
        return False
    if word in lex.common or word in lex.places or word in lex.countries:
        return False
    if functional(word) and word[1:2] in _COLLECTIVE:
        return False
    if len(word) == 3 and (word[:2] in lex.common or word[:2] in lex.following):
        return False
    given = word[2 if word[:2] in lex.compound else 1 :]
    return len(given) <= 2 and bool(_LETTERS.fullmatch(given))


def count(text: str, word: str) -> int:
    """Return how often `word` stands in the first 20,000 code points: enough to know a name by."""
    return text.count(word, 0, 20_000)


def surname(word: str) -> bool:
    """Tell whether `word` is a surname."""
    lex = lexicon()
    return word in lex.strong or word in lex.weak or word in lex.compound


def sure(word: str) -> bool:
    """Tell whether `word` begins with a surname that is hardly ever an ordinary word."""
    lex = lexicon()
    return word[:1] in lex.strong or word[:2] in lex.compound


def functional(word: str) -> bool:
    """Tell whether `word` begins with a surname that is a function word everywhere else (向, 于, 经)."""
    return word[:1] in _FUNCTION


def acts(text: str, end: int) -> bool:
    """Tell whether a role verb stands at `end`."""
    lex = lexicon()
    return any(text[end : end + n] in lex.verbs for n in (2, 3, 4))


def _han(text: str, pos: int, titled: bool, listed: bool) -> Name | None:
    """Return the Chinese name at `pos`: a surname and one or two characters, the end that reads best.

    Behind an office an ordinary word passes for a name if a mark closes it (纪委书记严明，).
    """
    lex = lexicon()
    if _NOBODY.match(text, pos):
        return None
    padded = _padded(text, pos)
    if padded:
        return Name(padded, 3, "han")
    family = 2 if text[pos : pos + 2] in lex.compound else 1
    best: Name | None = None
    for end in (pos + family + 2, pos + family + 1):
        given = text[pos + family : end]
        if len(text) < end or not _LETTERS.fullmatch(given):
            continue
        score = boundary(text, end)
        if (
            score < 3
            and titled
            and (_PREDICATE.match(text, end) or (sure(text[pos : pos + 2]) and _manner(text, end)))
        ):
            score = 3
        rare = not _RARELY.isdisjoint(given if not titled else given[-1:])
        if not score or (rare and text[end : end + 1] not in STOP and not _ends_name(text, end)):
            continue
        closed = (
            titled
            and (listed or text[pos] not in _FUNCTION or acts(text, end))
            and _closed(text, end, score, listed)
        )
        if _ordinary(text, pos, end) and not (closed and text[pos:end] not in lex.following):
            continue
        found = Name(end, score, "han")
        if best is None or _better(text, pos, found, best):
            best = found
    return best


def _ends_name(text: str, end: int) -> bool:
    """Tell whether a character that seldom ends a name does here: 赵宗更主持, 魏凤和出席."""
    joined = text[end - 1] in "和与及有" and (acts(text, end) or _ADDRESSED.match(text, end))
    return bool(joined) or bool(_INCOMPARABLE.match(text, end - 1))


def _manner(text: str, end: int) -> bool:
    """Tell whether a word of two characters and a role verb stand at `end` (严肃指出)."""
    near = text[end : end + 2]
    native = STOP.isdisjoint(near) and near[1:] not in "地了" and near[:1] not in lexicon().syllables
    return native and not follow(text, end + 1) and acts(text, end + 2)


def _closed(text: str, end: int, score: int, listed: bool) -> bool:
    """Tell whether an ordinary word behind an office ends as only a name does."""
    return (
        text[end : end + 1] in ("、", "，", "。")
        or (score == 3 and acts(text, end))
        or (not listed and bool(_OTHERS.match(text, end) or _MOVES.match(text, end)))
    )


def _better(text: str, pos: int, shorter: Name, longer: Name) -> bool:
    """Tell whether the shorter of two readings stands: it ends better, or also stands elsewhere."""
    if text[longer.end - 1] == "之":
        return False
    if _DONE.match(text, shorter.end):
        return True
    if _GIVEN.match(text, longer.end - 1) and _acts_alone(text, longer.end):
        return False
    if text[longer.end : longer.end + 1] in ("和", "与", "及") and sure(
        text[longer.end + 1 : longer.end + 3]
    ):
        return False
    if text[longer.end - 1] == "中" and follow(text, shorter.end) == 1:
        return False  # 赵立中在会上提出: no name stands right before 中
    if text[longer.end - 1] in _PREPOSITIONS:
        return text[longer.end : longer.end + 1] not in STOP and not _TWICE.match(text, longer.end - 1)
    if shorter.score != longer.score:
        return shorter.score > longer.score
    if follow(text, shorter.end) > follow(text, longer.end):
        return True
    alone = count(text, text[pos : shorter.end]) > count(text, text[pos : longer.end])
    return alone or longer.score == 1


def _acts_alone(text: str, end: int) -> bool:
    """Tell whether a predicate stands at `end` in a clause without 的: no preposition precedes it."""
    stop = next((i for i in range(end, min(end + 40, len(text))) if text[i] in "，。；"), len(text))
    return text.startswith(("作的", "作关"), end) or (acts(text, end) and "的" not in text[end:stop])


def _ordinary(text: str, pos: int, end: int) -> bool:
    """Tell whether `text[pos:end]` is, or begins with, an ordinary word or a place rather than a name."""
    lex, word = lexicon(), text[pos:end]
    if word in lex.following or word in lex.common or word in lex.places or word in lex.countries:
        return True
    if len(word) == 3 and (word[:2] in lex.following or (word[:2] in lex.common and boundary(text, pos + 2))):
        return True
    if word[-1] in _CLASSES and (word[-1] == text[end : end + 1] or text[end : end + 2] in lex.posts):
        return True
    if word[1:] in lex.countries or word[1:] in lex.posts or (word[1:] == "方" and "中方" in text):
        return True
    return word[0] in _FUNCTION and word[1:] in lex.places


def _padded(text: str, pos: int) -> int | None:
    """Return the end of a two-character name that is padded with blanks between its characters, or None."""
    end = pos + 1
    while end < len(text) and text[end] in _PAD and end < pos + 4:
        end += 1
    if pos + 1 < end < len(text) and _LETTER.match(text, end) and boundary(text, end + 1) == 3:
        return end + 1
    return None

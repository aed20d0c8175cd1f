"""Where a person's name ends: Chinese names by surname and right boundary, foreign and minority names by syllables."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from etl.lexicon.tables import rows

_PAD = " \u3000"
_DOTS = "·•‧∙・．"
_STOP = frozenset("、，。；：！？,;:!?（）()《》〈〉“”‘’「」【】[]<>—-－…/|\n\t\r" + _PAD)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff\ufffd]")
# Characters that end no given name but begin or end ordinary words.
_NEVER = frozenset("的了着是不没这那哪些个们我你他她它或等被把很最更吗呢吧啊第各每某本该副")
# Characters that a given name has so seldom that only a mark behind it lets them pass.
_RARELY = frozenset("过在有和与及将就都也还又再")
# Prepositions that follow a name far more often than they end one.
_PREPOSITIONS = frozenset("向在同与对就到从及于为即均曾并亦")
_DOTTED = re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:[{_DOTS}?？][\u4e00-\u9fff]{{1,8}}){{1,4}}")


class Lexicon(NamedTuple):
    """The tables that name recognition reads, as sets."""

    strong: frozenset[str]
    weak: frozenset[str]
    compound: frozenset[str]
    following: frozenset[str]
    longest: int
    common: frozenset[str]
    places: frozenset[str]
    posts: frozenset[str]
    verbs: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the surname, boundary, word and place sets, read once."""
    surnames = rows("surnames")
    following = {row["text"] for row in rows("words") if row["kind"] == "next"}
    following |= {row["text"] for row in rows("verbs")}
    return Lexicon(
        strong=frozenset(r["text"] for r in surnames if r["kind"] == "single" and r["grade"] == "strong"),
        weak=frozenset(r["text"] for r in surnames if r["kind"] == "single" and r["grade"] == "weak"),
        compound=frozenset(r["text"] for r in surnames if r["kind"] == "compound"),
        following=frozenset(following),
        longest=max(map(len, following)),
        common=frozenset(row["text"] for row in rows("common")),
        places=frozenset(p for row in rows("places") for p in (row["text"], row["short"])),
        verbs=frozenset(r["text"] for r in rows("verbs") if r["role"] not in ("hear", "act", "visit")),
        posts=frozenset(row["text"] for row in rows("posts") if len(row["text"]) > 1),
    )


def boundary(text: str, end: int) -> int:
    """Return how well a name can end at `end`: 3 punctuation or a long word follows, 1 a function character, 0 no."""
    if end >= len(text) or text[end] in _STOP:
        return 3
    if "0" <= text[end] <= "9":
        return 3
    lex = lexicon()
    for length in range(min(lex.longest, 8), 0, -1):
        if text[end : end + length] in lex.following:
            return 3 if length > 1 else 1
    return 0


def acts(text: str, end: int) -> bool:
    """Tell whether a role verb stands at `end`."""
    lex = lexicon()
    return any(text[end : end + n] in lex.verbs for n in (2, 3, 4))


def official(word: str) -> bool:
    """Tell whether `word` holds an office or stands for a group (班子成员, 市领导) rather than a person."""
    lex = lexicon()
    return any(word[i : i + n] in lex.posts for n in (2, 3) for i in range(len(word) - n + 1))


def _follow(text: str, end: int) -> int:
    """Return the length of the longest word that follows a name which ends at `end`."""
    lex = lexicon()
    return next((n for n in range(min(lex.longest, 8), 0, -1) if text[end : end + n] in lex.following), 0)


class Name(NamedTuple):
    """A name that ends at `end`; `score` is its right boundary (3 sure, 1 weak), `kind` han, dotted or foreign."""

    end: int
    score: int
    kind: str


@cache
def _syllables() -> re.Pattern[str]:
    letters = "".join(sorted({c for row in rows("syllables") for c in row["text"]}))
    return re.compile(f"[{letters}]{{2,9}}")


@cache
def _foreign_words() -> frozenset[str]:
    return frozenset(row["text"] for row in rows("countries"))


def han(text: str, pos: int, *, titled: bool = False) -> Name | None:
    """Return the Chinese name at `pos`: a surname and one or two characters, the end that reads best, or None.

    Behind an office (`titled`) an ordinary word passes for a name if a mark closes it (纪委书记严明，).
    """
    lex = lexicon()
    two = text[pos : pos + 2]
    if two in lex.compound:
        lengths, weak = (4, 3), False
    elif text[pos : pos + 1] in lex.strong:
        lengths, weak = (3, 2), False
    elif text[pos : pos + 1] in lex.weak:
        lengths, weak = (3, 2), True
    else:
        return None
    padded = _padded(text, pos)
    if padded:
        return Name(padded, 3, "han")
    best: Name | None = None
    for length in lengths:
        end = pos + length
        given = text[
            pos + length - (2 if length == 4 or (length == 3 and two not in lex.compound) else 1) : end
        ]
        if len(text) < end or not all(_HAN.match(c) and c not in _NEVER for c in given):
            continue
        score = boundary(text, end)
        closed = (
            titled
            and text[pos] not in "应向于全国从由双各原经"
            and end < len(text)
            and text[end] in "、，。"
            and text[pos:end] not in lex.following
        )
        if not score or (not closed and _ordinary(text, pos, end, weak)):
            continue
        if any(c in _RARELY for c in given) and end < len(text) and text[end] not in _STOP:
            continue
        found = Name(end, score, "han")
        if best is None or _better(text, pos, found, best):
            best = found
    return best


def fits(text: str, pos: int, end: int) -> bool:
    """Tell whether `text[pos:end]` can be a Chinese name whose end is known from elsewhere."""
    lex, word = lexicon(), text[pos:end]
    if word[:2] in lex.compound:
        given = word[2:]
    elif word[:1] in lex.strong or word[:1] in lex.weak:
        given = word[1:]
    else:
        return False
    if word in lex.common or word in lex.places or word in _foreign_words():
        return False
    return 1 <= len(given) <= 2 and all(_HAN.match(c) and c not in _NEVER for c in given)


def _better(text: str, pos: int, shorter: Name, longer: Name) -> bool:
    """Tell whether the shorter of two readings stands: it ends better, or also stands elsewhere."""
    if text[longer.end - 1] in _PREPOSITIONS and shorter.end == longer.end - 1:
        return longer.end < len(text) and text[longer.end] not in _STOP
    if shorter.score != longer.score:
        return shorter.score > longer.score
    if _follow(text, shorter.end) > _follow(text, longer.end):
        return True
    return text.count(text[pos : shorter.end]) > text.count(text[pos : longer.end]) or longer.score == 1


def _ordinary(text: str, pos: int, end: int, weak: bool) -> bool:
    """Tell whether `text[pos:end]` is, or begins with, an ordinary word or a place rather than a name."""
    lex = lexicon()
    word = text[pos:end]
    if (
        word in lex.following
        or word in lex.common
        or (end - pos == 3 and text[pos : pos + 2] in lex.common and boundary(text, pos + 2))
    ):
        return True
    if word in _foreign_words() or word[1:] in _foreign_words() or word[1:] in lex.posts:
        return True
    if end - pos == 2 and text[end - 1] == "方" and "中方" in text:
        return True
    return word in lex.places if not weak else word in lex.places or word[1:] in lex.places


def _padded(text: str, pos: int) -> int | None:
    """Return the end of a two-character name that is padded with blanks between its characters, or None."""
    end = pos + 1
    while end < len(text) and text[end] in _PAD and end < pos + 4:
        end += 1
    if pos + 1 < end < len(text) and _HAN.match(text[end]) and boundary(text, end + 1) == 3:
        return end + 1
    return None


def foreign(text: str, pos: int) -> Name | None:
    """Return the foreign or minority name at `pos`: syllables, with or without ·, up to a right boundary, or None."""
    dotted = _DOTTED.match(text, pos)
    if dotted:
        if any(text[pos : pos + n] in lexicon().posts for n in (2, 3)):
            return None
        last = max(text.rfind(mark, pos, dotted.end()) for mark in _DOTS + "?？") + 1
        ends = (
            end
            for end in range(last + 1, dotted.end() + 1)
            if boundary(text, end) == 3 or text[end] in "在对向同与和就从为等以将率及说"
        )
        end = next(ends, None)
        return Name(end, 3, "dotted") if end else None
    run = _syllables().match(text, pos)
    for wanted in (3, 1):
        for end in range(run.end() if run else pos, pos + 1, -1):
            word = text[pos:end]
            if boundary(text, end) >= wanted and word not in _foreign_words() | lexicon().common:
                return Name(end, wanted, "foreign")
    return None


def at(text: str, pos: int, *, abroad: bool = False, titled: bool = False) -> Name | None:
    """Return the person's name that begins at `pos`, or None; `abroad` lets syllables without a surname be one."""
    name = foreign(text, pos) if _DOTTED.match(text, pos) else han(text, pos, titled=titled)
    if abroad and (name is None or name.score == 1):
        other = foreign(text, pos)
        if other and (name is None or other.score > name.score):
            return other
    return name

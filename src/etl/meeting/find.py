"""Finding the persons of a text: names behind offices, in lists, at clause starts, and again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from etl.lexicon.patterns import alternation
from etl.meeting import foreign, listed, names, short
from etl.meeting.boundary import Name, boundary, free
from etl.meeting.lexer import Token
from etl.meeting.listed import UNITS, Found
from etl.meeting.segment import Parsed

_BRACKET = re.compile(r"[ \u3000]*[（(][^（）()]{1,12}[）)][ \u3000]*|[ \u3000]+")
_JOINT = re.compile(r"以及|及|和(?![县平田林])|与(?!会)")
_JOINTS = frozenset("以及和与")
_LEAD = re.compile(r"(?:由|邀请|特邀|会见了?|同|与|和|欢迎)(?=[\u4e00-\u9fff])")
_SUFFIX = re.compile(rf"[\u4e00-\u9fff）]{alternation('post-suffix')}(?=[\u4e00-\u9fff]{{2}})")
_DIVISIONS = frozenset("县市区镇乡村州省")
_NAMES = 200
"""So many different names are looked for again: lists of more are no reports."""


def find(parsed: Parsed, tokens: Sequence[Token]) -> list[Found]:
    """Return every personal name of the text in order, without overlap."""
    text = parsed.text
    found: dict[int, Found] = {}
    taken = {token.start for token in tokens if token.end - token.start > 1}
    for token in tokens:
        if token.kind in ("post", "label", "byline"):
            _behind(text, token, found, taken)
            if token.scope:
                _before(text, token, found)
    _suffixed(text, tokens, found)
    _acting(text, tokens, found)
    listed.comrades(text, found)
    first, dotted = names.first(), foreign.dotted(text)
    verbs = [token.start for token in tokens if token.kind == "verb" and token.value != "hear"]
    for sentence in parsed.sentences:
        if bisect_left(verbs, sentence.start) == bisect_left(verbs, sentence.end):
            continue
        listed.closing(text, sentence.start, found)
        before = -1
        for clause in parsed.clauses(sentence):
            start, end, _ = clause
            if text[start] in _JOINTS and (joint := _JOINT.match(text, start, end)):
                start = joint.end()
            if (dotted or text[start : start + 1] in first) and start not in taken and start not in found:
                _bare(text, start, end, found)
                if end - start == 3 and before > 0 and _closes(found, before):
                    _alone(text, start, end, found)
            before = end
        for lead in _LEAD.finditer(text, sentence.start, sentence.end):
            _led(text, lead.end(), found)
    return _again(text, _settle(text, found))


def _behind(text: str, token: Token, found: dict[int, Found], taken: set[int]) -> None:
    """Read the name behind an office, and those that follow it in a list."""
    bracket = _BRACKET.match(text, token.end)
    start = bracket.end() if bracket else token.end
    if start in found or start in taken or text[token.start : token.end] in ("同志", "先生", "女士"):
        return
    if token.kind == "label" and names.functional(text[start : start + 1]):
        return
    name = names.at(text, start, abroad=True, titled=True) or listed.odd(text, start)
    if name:
        found[start] = Found(start, name.end, token, None, f"name-behind-{token.kind}")
        listed.go_on(text, name.end, found)


def _suffixed(text: str, tokens: Sequence[Token], found: dict[int, Found]) -> None:
    """Read names of sure surnames behind offices that no table lists, told by their last character (值长)."""
    starts = [token.start for token in tokens]
    for match in _SUFFIX.finditer(text):
        end = match.end()
        near = bisect_left(starts, end) - 1
        if end in found or (near >= 0 and tokens[near].end >= end) or not names.sure(text[end : end + 2]):
            continue
        name = names.at(text, end, titled=True)
        if name and name.score == 3 and name.kind == "han" and name.end > end + 1:
            post = Token(match.start(), end, "post", "", "post-suffix", False)
            found[end] = Found(end, name.end, post, None, "name-behind-suffix")
            listed.go_on(text, name.end, found)


def _acting(text: str, tokens: Sequence[Token], found: dict[int, Found]) -> None:
    """Read names of sure surnames between a unit and what they do (安全办罗婉传达了……)."""
    for token in tokens:
        if token.kind != "verb" or token.value not in ("chair", "speaker", "presenter"):
            continue
        for start in (token.start - 3, token.start - 2):
            unit = text[start - 1 : start] in UNITS and "\u4e00" <= text[start - 2 : start - 1] <= "\u9fff"
            if start < 2 or not unit or start in found or not names.sure(text[start : start + 2]):
                continue
            name = names.at(text, start)
            if name and name.end == token.start and free(text[start : name.end]):
                found[start] = Found(start, name.end, None, None, "name-before-verb")
                break


def _before(text: str, token: Token, found: dict[int, Found]) -> None:
    """Read the name, or the mere surname, right before an office."""
    begun = short.opens(text, token, found)
    if begun is None:
        return
    start, end, whole = begun
    followed = names.at(text, token.end)
    if whole and (not followed or (token.end in found and found[token.end].post is None)):
        found[start] = Found(start, end, None, token, "name-before-office")
    elif not whole and not followed and boundary(text, token.end):
        found[start] = Found(start, token.end, None, None, short.FORM)


def _bare(text: str, start: int, end: int, found: dict[int, Found]) -> None:
    """Read names that open a clause without an office: a list of two or more, or one before a verb."""
    name = names.at(text, start, abroad=True)
    if name is None:
        return
    chain = [(start, name)]
    while (join := listed.JOIN.match(text, chain[-1][1].end)) and join.end() < end:
        following = names.at(text, join.end(), abroad=True, listed=True)
        if following is None:
            break
        chain.append((join.end(), following))
    if all(text[item.end - 1] in _DIVISIONS and item.kind == "han" for _, item in chain):
        return  # 云溪镇、石坝乡作交流发言
    if len(chain) > 1 or (name.end < end and _stands_alone(text, start, name)):
        for first, item in chain:
            found.setdefault(first, Found(first, item.end, None, None, "name-opens-clause"))


def _closes(found: dict[int, Found], end: int) -> bool:
    """Tell whether a person phrase ends at `end`."""
    return any(end in (f.end, f.after.end if f.after else -1) for f in found.values() if f.start > end - 30)


def _alone(text: str, start: int, end: int, found: dict[int, Found]) -> None:
    """Read a name that fills its clause behind a person's: 罗婉科长，石敬敬，柳青在……."""
    name = names.at(text, start) if end - start == 3 else None
    if name and start not in found and name.end == end and names.sure(text[start:end]):
        found[start] = Found(start, end, None, None, "name-in-list")


def _stands_alone(text: str, start: int, name: Name) -> bool:
    """Tell whether a single bare string is a name: by surname, by what follows, by standing elsewhere."""
    word = text[start : name.end]
    if names.functional(word):
        return False
    known = names.count(text, word) > 1
    if name.kind in ("minority", "dotted") and names.acts(text, name.end):
        return True
    if name.kind != "han":
        return known and name.score == 3
    if not names.sure(word):
        return (known or len(word) == 3) and name.score == 3 and (known or names.acts(text, name.end))
    return name.score == 3 or ((known or len(word) == 3) and text[name.end] in "就在对向作从为及和与")


def _led(text: str, start: int, found: dict[int, Found]) -> None:
    """Read a bare name behind 由, 同 or 会见, if it stands elsewhere too."""
    name = None if start in found else names.at(text, start, abroad=True)
    if name is None or name.score < 3:
        return
    join = listed.JOIN.match(text, name.end)
    second = join and names.at(text, join.end(), listed=True)
    closed = second and (second.score == 3 or text.startswith("等", second.end))
    if closed and names.sure(text[start : start + 2]):
        found[start] = Found(start, name.end, None, None, "name-after-preposition")
        listed.go_on(text, name.end, found)
        return
    agent = text[start - 1] == "由" and names.sure(text[start : name.end]) and names.acts(text, name.end)
    if agent or names.count(text, text[start : name.end]) > 1:
        found[start] = Found(start, name.end, None, None, "name-after-preposition")


def _settle(text: str, found: dict[int, Found]) -> list[Found]:
    """Return the readings in order without overlap, a known name freed of a function character behind it."""
    words = {text[f.start : f.end] for f in found.values()}
    settled: list[Found] = []
    for item in sorted(found.values()):
        if settled and item.start < settled[-1].end:
            continue
        word = text[item.start : item.end]
        if len(word) == 3 and word[:2] in words and names.count(text, word[:2]) > names.count(text, word):
            item = item._replace(end=item.end - 1)
        settled.append(item)
    return [f for f in settled if f.post is None or f.post.kind != "byline"]


def _again(text: str, found: list[Found]) -> list[Found]:
    """Add the other places where the names that were found stand."""
    words = list(dict.fromkeys(text[f.start : f.end] for f in found if f.why != short.FORM))[:_NAMES]
    inside = {position for f in found for position in range(f.start, f.end)}
    again: list[Found] = []
    free = 0
    for start, shorter in sorted(place for word in words for place in _places(text, word)):
        if start < free:
            continue
        free = start - shorter
        if start not in inside and free - 1 not in inside:
            again.append(Found(start, free, None, None, "name-again"))
    return sorted(found + again) if again else found


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands, with its length below zero: at one place the longest word sorts first."""
    at = text.find(word)
    while at >= 0:
        yield at, -len(word)
        at = text.find(word, at + 1)

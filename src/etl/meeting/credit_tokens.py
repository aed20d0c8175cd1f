"""A credit line or bracket as labels and names: which name stands under which label.

`记者 张三 通讯员 李四` has its labels before the names, `张三 文 李四 图` behind, `记者 张三 摄影报道` both.
Labels and their roles are the table `credits.tsv`, shared with the bylines of pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from etl.lexicon.tables import rows
from etl.meeting.credit_names import is_person, is_unit, split

HAN = "\u3400-\u9fff\ufffd〇𠀀-\U000323af"
_CITING = ("转自", "摘自", "原载", "转载自")
_MUTE = "综合报道|报道|记者招待会|记者会|记者站|作者单位|编辑部"


class Credit(NamedTuple):
    """A credited name: `role` is reporter, photographer, editor or source; `rule` is the label's id.

    `name` is `text[start:end]` without blanks (丁　禾 is 丁禾).
    """

    role: str
    name: str
    start: int
    end: int
    rule: str


class _Label(NamedTuple):
    text: str
    start: int
    end: int
    colon: bool


@dataclass(slots=True)
class _Name:
    text: str
    start: int
    end: int
    label: _Label | None = None


@cache
def _labels() -> dict[str, dict[str, str]]:
    return {row["label"]: row for row in rows("credits")}


def _leads_only(label: str) -> bool:
    """Return whether a label names a post (记者, 通讯员, 撰稿人): such stand before their names only."""
    return label.endswith(("记者", "员", "生", "人"))


@cache
def label_pattern() -> str:
    """Return the alternation of all labels, longest first; single characters stand alone or end a name."""
    long = sorted((label for label in _labels() if len(label) > 1), key=len, reverse=True)
    forms = [_form(label, _labels()[label]["field"]) for label in long]
    return "|".join([*forms, f"(?<![{HAN}])[文图](?![{HAN}])", f"摄(?![{HAN}])"])


def _form(label: str, field: str) -> str:
    """Return the pattern of a label: 来源 needs a colon, labels of others stand where a word begins."""
    spaced = f"{label[0]}[ \u3000]{{1,4}}{label[1]}(?=\\s{{0,3}}[：:])|" if len(label) == 2 else ""
    if field == "source" and label not in _CITING:
        return spaced + re.escape(label) + r"(?=\s{0,3}[：:])"
    return spaced + (f"(?<![{HAN}])" if field in ("other", "source") else "") + re.escape(label)


@cache
def _token() -> re.Pattern[str]:
    labels, letter = f"{_MUTE}|{label_pattern()}", f"{HAN}·•A-Za-z"
    return re.compile(
        rf"(?P<label>{labels})(?P<colon>\s*[：:丨|])?|(?P<chunk>[{letter}]+?)(?={labels}|[^{letter}]|$)"
    )


def _tokens(text: str, start: int, end: int) -> list[_Label | _Name]:
    """Return labels and chunks in order; single characters parted by blanks (丁　禾) are one chunk."""
    found: list[_Label | _Name] = []
    for match in _token().finditer(text, start, end):
        first, last = match.span()
        if match["label"]:
            printed = re.sub(r"[ \u3000]", "", match["label"])
            found.append(_Label(printed, first, last, bool(match["colon"])))
            continue
        before = found[-1] if found else None
        single = len(match[0]) == 1
        if (
            single
            and isinstance(before, _Name)
            and len(before.text) == 1
            and text[before.end : first].isspace()
        ):
            found[-1] = _Name(before.text + match["chunk"], before.start, last)
            continue
        for name in split(match["chunk"]):
            found.append(_Name(name, first, first + len(name)))
            first += len(name)
    return found


def _label_names(text: str, tokens: list[_Label | _Name]) -> list[_Name]:
    """Give each name its label, by the place of the label and the marks around it; return the names."""
    names: list[_Name] = []
    pending: list[_Name] = []
    current: _Label | None = None
    ahead = bool(tokens) and isinstance(tokens[-1], _Name)  # as the last label does
    for token, following in zip_longest(tokens, tokens[1:]):
        if isinstance(token, _Name):
            glued = (
                isinstance(following, _Label) and token.end == following.start and _leads_only(following.text)
            )
            if not (glued and current is None):  # in 新华社记者 the chunk is the outlet, not a name
                token.label = current
                pending.append(token)
            continue
        if token.text not in _labels():
            names, pending = names + pending, []
            continue
        bound = text[token.start - 1 : token.start] in ("/", "／")
        names_follow = isinstance(following, _Name) and not bound
        leads = token.colon or (names_follow and (ahead or current is not None))
        if _leads_only(token.text):
            current = token  # names before stay pending: 记者 甲 通讯员 乙 摄影报道 is both
        elif pending and not leads:
            for name in pending:
                name.label = token
            current = None if bound else current
            names, pending = names + pending, []
        else:
            names, pending, current = names + pending, [], token
    return names + pending


def read(text: str, start: int, end: int) -> list[Credit]:
    """Return the credits that `text[start:end]`, one bracket or line of credits, gives to whom."""
    names = _label_names(text, _tokens(text, start, end))
    units = {
        name.label for name in names if is_unit(name.text) and "、" in text[name.start - 1 : name.end + 1]
    }
    found: list[Credit] = []
    for name in names:
        if name.label is None:
            found += _signed(text, name, start, end)
        elif not _glued_word(name, name.label):
            found += _credits(name, name.label, listed_unit=name.label in units)
    return _joined(text, found)


def _signed(text: str, name: _Name, start: int, end: int) -> list[Credit]:
    """Return what a name without a label says in a bracket at the foot: the unit that signs, or a reporter."""
    if not bracketed(text, start, end):
        return []
    if name.start == start and len(name.text) > 2 and is_unit(name.text):
        return [Credit("source", name.text, name.start, name.end, "cr-unit")]
    person = is_person(name.text)
    return [Credit("reporter", name.text, name.start, name.end, "cr-signed")] if person else []


def bracketed(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` is the inside of a bracket at the foot of a paragraph."""
    inside = text[start - 1 : start] in ("（", "(") and text[end : end + 1] in ("）", ")")
    before, after = text[max(0, start - 3) : start - 1].strip(" \u3000"), text[end + 1 : end + 2]
    return inside and after in ("", "\n") and before[-1:] in ("", "\n", *"。！？”》）")


def _glued_word(name: _Name, label: _Label) -> bool:
    """Return whether a chunk behind a label without a gap is the rest of a word (记者招待会, 作者单位)."""
    glued = name.start == label.end and not label.colon
    return glued and not (
        is_person(name.text) and (_leads_only(label.text) or label.text.endswith(("编", "编辑")))
    )


def _credits(name: _Name, label: _Label, *, listed_unit: bool) -> list[Credit]:
    row = _labels()[label.text]
    fields = row["field"].split()
    if fields == ["editor"] and "编" not in label.text:
        return []  # 一审, 初审: reviewers
    if fields == ["source"]:
        return [Credit("source", name.text, name.start, name.end, row["id"])]
    if "reporter" in fields and (is_unit(name.text) or (listed_unit and label.text == "供稿")):
        return [Credit("source", name.text, name.start, name.end, row["id"])]
    named = _leads_only(label.text) and 2 <= len(name.text) <= 4 and not is_unit(name.text)
    if named or is_person(name.text):
        return [
            Credit(each, name.text, name.start, name.end, row["id"]) for each in fields if each != "other"
        ]
    return []


def _joined(text: str, found: list[Credit]) -> list[Credit]:
    """Join sources that one label gives (工会、宣传部供稿): the printed list is one source."""
    joined: list[Credit] = []
    for credit in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.role == credit.role == "source"
            and text[last.end : credit.start] in ("、", "，", "-")
        ):
            joined[-1] = last._replace(name=text[last.start : credit.end], end=credit.end)
        else:
            joined.append(credit)
    return joined

"""A credit line or bracket: which name stands under which label.

`记者 甲 通讯员 乙` has its labels before the names, `甲 文 乙 图` behind, `记者 甲 摄影报道` on both sides.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from etl.meeting.credit_labels import Label, Name, labels, leads_only, tokens
from etl.meeting.credit_names import is_person, is_unit


class Credit(NamedTuple):
    """A credited name: `role` is reporter, photographer, editor or source; `rule` is the label's id.

    `name` is `text[start:end]` without blanks (丁　禾 is 丁禾).
    """

    role: str
    name: str
    start: int
    end: int
    rule: str


def _label_names(text: str, found: list[Label | Name]) -> list[Name]:
    """Give each name its label, by the place of the label and the marks around it; return the names."""
    names: list[Name] = []
    pending: list[Name] = []
    current: Label | None = None
    ahead = bool(found) and isinstance(found[-1], Name)  # as the last label does
    for token, following in zip_longest(found, found[1:]):
        if isinstance(token, Name):
            glued = (
                isinstance(following, Label) and token.end == following.start and leads_only(following.text)
            )
            if not (glued and current is None):  # in 新华社记者 the chunk is the outlet, not a name
                token.label = current
                pending.append(token)
            continue
        if token.text not in labels():
            names, pending = names + pending, []
            continue
        bound = text[token.start - 1 : token.start] in ("/", "／")
        names_follow = isinstance(following, Name) and not bound
        leads = token.colon or (names_follow and (ahead or current is not None))
        if leads_only(token.text):
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
    names = _label_names(text, tokens(text, start, end))
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


def _signed(text: str, name: Name, start: int, end: int) -> list[Credit]:
    """Return what a name without a label says in a bracket at the foot: a unit that signs, or a reporter."""
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


def _glued_word(name: Name, label: Label) -> bool:
    """Return whether a chunk behind a label without a gap is the rest of a word (记者招待会, 作者单位)."""
    glued = name.start == label.end and not label.colon
    return glued and not (
        is_person(name.text) and (leads_only(label.text) or label.text.endswith(("编", "编辑")))
    )


def _credits(name: Name, label: Label, *, listed_unit: bool) -> list[Credit]:
    row = labels()[label.text]
    fields = row["field"].split()
    if fields == ["editor"] and "编" not in label.text:
        return []  # 一审, 初审: reviewers
    if fields == ["source"]:
        return [Credit("source", name.text, name.start, name.end, row["id"])]
    if "reporter" in fields and (is_unit(name.text) or (listed_unit and label.text == "供稿")):
        return [Credit("source", name.text, name.start, name.end, row["id"])]
    named = leads_only(label.text) and 2 <= len(name.text) <= 4 and not is_unit(name.text)
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

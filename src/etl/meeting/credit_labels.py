"""Labels of credits (记者, 摄影, 责任编辑) and the chunks of characters around them.

Labels and their roles are the table `credits.tsv`, shared with the bylines of pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from etl.lexicon.tables import rows
from etl.meeting.credit_names import split

HAN = "\u3400-\u9fff\ufffd〇𠀀-\U000323af"
_CITING = ("转自", "摘自", "原载", "转载自")
_MUTE = "综合报道|报道|记者招待会|记者会|记者站|作者单位|编辑部"


class Label(NamedTuple):
    """A label at `text[start:end]`, its colon included."""

    text: str
    start: int
    end: int
    colon: bool


@dataclass(slots=True)
class Name:
    """A chunk of characters at `text[start:end]` that may be a name, and the label that it stands under."""

    text: str
    start: int
    end: int
    label: Label | None = None


@cache
def labels() -> dict[str, dict[str, str]]:
    """Return the rows of `credits.tsv` by label."""
    return {row["label"]: row for row in rows("credits")}


def leads_only(label: str) -> bool:
    """Return whether a label names a post (记者, 通讯员, 撰稿人): such stand before their names only."""
    return label.endswith(("记者", "员", "生", "人"))


@cache
def label_pattern() -> str:
    """Return the alternation of all labels, longest first; single characters stand alone or end a name."""
    long = sorted((label for label in labels() if len(label) > 1), key=len, reverse=True)
    forms = [_form(label, labels()[label]["field"]) for label in long]
    return "|".join([*forms, f"(?<![{HAN}])[文图](?![{HAN}])", f"摄(?![{HAN}])"])


def _form(label: str, field: str) -> str:
    """Return the pattern of a label: 来源 needs a colon, labels of others stand where a word begins."""
    spaced = f"{label[0]}[ \u3000]{{1,4}}{label[1]}(?=\\s{{0,3}}[：:])|" if len(label) == 2 else ""
    if field == "source" and label not in _CITING:
        return spaced + re.escape(label) + r"(?=\s{0,3}[：:])"
    return spaced + (f"(?<![{HAN}])" if field in ("other", "source") else "") + re.escape(label)


@cache
def _token() -> re.Pattern[str]:
    known, letter = f"{_MUTE}|{label_pattern()}", f"{HAN}·•A-Za-z"
    return re.compile(
        rf"(?P<label>{known})(?P<colon>\s*[：:丨|])?|(?P<chunk>[{letter}]+?)(?={known}|[^{letter}]|$)"
    )


def tokens(text: str, start: int, end: int) -> list[Label | Name]:
    """Return labels and chunks in order; single characters parted by blanks (丁　禾) are one chunk."""
    found: list[Label | Name] = []
    for match in _token().finditer(text, start, end):
        first, last = match.span()
        if match["label"]:
            printed = re.sub(r"[ \u3000]", "", match["label"])
            found.append(Label(printed, first, last, bool(match["colon"])))
            continue
        before = found[-1] if found else None
        single = len(match[0]) == 1
        if (
            single
            and isinstance(before, Name)
            and len(before.text) == 1
            and text[before.end : first].isspace()
        ):
            found[-1] = Name(before.text + match["chunk"], before.start, last)
            continue
        for name in split(match["chunk"]):
            found.append(Name(name, first, first + len(name)))
            first += len(name)
    return found

"""Names before offices (何安院长) and short forms of surname and office (何院长, 王副市长)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.meeting import names
from etl.meeting.boundary import lexicon
from etl.meeting.lexer import Token

FORM = "short-form"
"""Rule id of a mere surname with an office."""

_PREFIX = ("常务副", "第一副", "副", "总", "老")
_PREFIXED = frozenset(prefix[0] for prefix in _PREFIX)
_TAIL = frozenset("委局部厅院会办处组团校司县市省区州镇乡村室科站党公所总副队班社系学")
_DURING = ("会上", "式上", "坛上", "会前", "期间")
_BEFORE = frozenset("和及与由对向同到请是在托院校学司局委部厅室处会办团县市区省镇所站班级生系股队了给时后")


def opens(text: str, token: Token, found: Mapping[int, Any]) -> tuple[int, int, bool] | None:
    """Return the name before an office as start, end and whether it is a whole name, or None."""
    end = token.start
    for prefix in _PREFIX:
        if text.endswith(prefix, 0, end):
            end -= len(prefix)
            break
    for length in () if text[end - 1] in _TAIL and text[end - 2] != text[end - 1] else (4, 3, 2):
        start = end - length
        if start < 0 or start in found or not _free(text, start) or not names.fits(text, start, end):
            continue
        if _marked(text, start) or text[start + 1 : end] not in lexicon().common:
            return start, end, True
    start = end - (2 if text[max(0, end - 2) : end] in lexicon().compound else 1)
    if start < 0 or start in found or not _free(text, start):
        return None
    surname = text[start:end]
    known = names.surname(surname) and any(
        f.end - f.start > 1 and text.startswith(surname, f.start) for f in found.values()
    )
    return (start, end, False) if names.sure(surname) or known else None


def prefixed(text: str, end: int) -> int:
    """Return `end` moved behind a word that stands before an office (副, 常务副)."""
    if text[end : end + 1] not in _PREFIXED:
        return end
    return next((end + len(prefix) for prefix in _PREFIX if text.startswith(prefix, end)), end)


def ends_organ(word: str) -> bool:
    """Tell whether `word` ends like an organ rather than a given name."""
    return word[-1:] in _TAIL


def _marked(text: str, start: int) -> bool:
    """Tell whether a mark or nothing stands before `start`."""
    return start == 0 or not "\u4e00" <= text[start - 1] <= "\u9fff"


def _free(text: str, start: int) -> bool:
    """Tell whether a name may begin here: behind a mark, a joint, a preposition or an organ."""
    return _marked(text, start) or text[start - 1] in _BEFORE or text[start - 2 : start] in _DURING

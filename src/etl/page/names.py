"""Names behind a label: a list of people or organisations as printed, codes and blanks taken out."""

from __future__ import annotations

import re
from functools import cache

from etl.lexicon import tables

_SPLIT = re.compile(r"[、，,;；/／|｜&＆\n]|(?<=[\u3400-\u9fff])和(?=[\u3400-\u9fff])|[ \u3000\xa0]+")
_PADDED = re.compile(
    r"(?<![\u3400-\u9fff])([\u3400-\u9fff])[ \u3000\xa0]{1,3}([\u3400-\u9fff])(?![\u3400-\u9fff])"
)
_CODE = re.compile(r"[_\-\s(（\[]*[A-Za-z]{1,4}\d{2,8}[)）\]]?$")
_ONLY_CODE = re.compile(r"[A-Za-z]{1,4}\d{2,8}")
_EDGES = " \u3000\xa0:：()（）[]【】〔〕《》<>“”\"'‘’。.…*·-—_"
_SHAPE = re.compile(r"[\u3400-\u9fff\ufffd〇·•]{1,20}|[A-Za-z][A-Za-z0-9_ .\-]{1,30}|[\w·•]{2,20}")
_NO_NAMES = (
    "佚名 匿名 无 暂无 未知 网络 互联网 本站 本网 网站管理员 管理员 系统管理员 超级管理员 admin "
    "administrator author editor null none undefined name 来源 "
    "报道 报导 整理 采写 综合 摄 摄影报道 "
    "纠错 我要纠错 打印 关闭 分享 收藏 举报 字号 作者 编辑 记者 通讯员 不详 转载 综合 admin1 root "
)
_NOBODY = frozenset(_NO_NAMES.split())


def people(value: str) -> list[str]:
    """Return the names in `value` in printed order: 杨倩_NF4425 is 杨倩, 张　三 is 张三, 佚名 is nobody."""
    value = _PADDED.sub(r"\1\2", value)
    found: list[str] = []
    for part in _SPLIT.split(value):
        bare = part.strip(_EDGES)
        name = _CODE.sub("", bare).strip(_EDGES) or bare
        if (
            name.isdecimal()
            or name.lower() in _NOBODY
            or name in _labels()
            or not _SHAPE.fullmatch(name)
            or len(name) < 2
        ):
            continue
        found += _pair(name)
    han = [name for name in found if not name.isascii()]
    codes = {name for name in found if _ONLY_CODE.fullmatch(name)} if han else set()
    return [name for name in dict.fromkeys(found) if name not in codes]


def is_person(text: str) -> bool:
    """Tell whether a short text has the shape of a personal name: a surname and one or two characters."""
    return text.isalpha() and 2 <= len(text) <= 3 and text[0] in surnames()


def may_be(text: str) -> bool:
    """Tell whether a text may be personal names: each piece opens with any surname, or is in no Han."""
    return all(
        part[0] in _any_surnames() or part.isascii() or "·" in part
        for part in re.split(r"[ \u3000、，,;；]+", text)
        if part
    )


def _pair(name: str) -> list[str]:
    """Return two names where two stand unparted (张三明李四): both halves open with a surname."""
    if not 4 <= len(name) <= 6 or not name.isalpha() or name.isascii():
        return [name]
    known = surnames()
    if name[:2] in known and len(name) == 4:
        return [name]
    for cut in (3, 2) if len(name) > 4 else (2,):
        first, second = name[:cut], name[cut:]
        if first[0] in known and second[0] in known and 2 <= len(second) <= 3:
            return [first, second]
    return [name]


@cache
def _labels() -> frozenset[str]:
    return frozenset(row["label"] for row in tables.rows("credits"))


@cache
def _any_surnames() -> frozenset[str]:
    return frozenset(row["text"][0] for row in tables.rows("surnames"))


@cache
def surnames() -> frozenset[str]:
    """Return the surnames that are surely surnames (grade strong), of one and two characters."""
    return frozenset(row["text"] for row in tables.rows("surnames") if row["grade"] == "strong")

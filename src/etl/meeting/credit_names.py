"""Names in credits: which chunk of characters is a person, which an office or organisation."""

from __future__ import annotations

import re
from functools import cache

from etl.lexicon.tables import rows

_UNIT = re.compile(
    "(?:[部处室厅局科办委会院校系所站队组馆司团社台报网厂乡镇村县市区党]"
    "|中心|支部|公司|集团|学院|大学|银行|街道|政府|联盟|频道)$"
)
_SURE_UNIT = re.compile(
    "(?:[处室局部厅厂]|中心|支部|公司|集团|学院|大学|办公室|委员会|政府|[总支大中]队|报社|[党团]委|工会)$"
)
_SHORT = frozenset(
    ("党办", "校办", "院办", "局办", "县办", "工会", "团委", "妇联", "纪委", "党委", "后勤", "财务")
)


@cache
def surnames() -> frozenset[str]:
    """Return the surnames of the lexicon, of one and of two characters."""
    return frozenset(row["text"] for row in rows("surnames"))


def is_unit(chunk: str) -> bool:
    """Return whether a chunk names an office or organisation rather than a person."""
    if len(chunk) < 2 or "·" in chunk:
        return False
    ends = bool(_UNIT.search(chunk)) and (len(chunk) > 3 or chunk[0] not in surnames())
    return ends or chunk in _SHORT or bool(_SURE_UNIT.search(chunk) and len(chunk) > 2)


def is_person(chunk: str) -> bool:
    """Return whether a chunk has the shape of a personal name: a known surname with one or two characters."""
    if "·" in chunk or "•" in chunk:
        return 3 <= len(chunk) <= 20
    if not 2 <= len(chunk) <= 4 or is_unit(chunk):
        return False
    return (chunk[:2] in surnames() and len(chunk) > 2) or (chunk[0] in surnames() and len(chunk) < 4)


def split(chunk: str) -> list[str]:
    """Return the names of a chunk: four to six characters that hold two whole names are two (张三李四)."""
    if 4 <= len(chunk) <= 6 and not is_person(chunk) and not is_unit(chunk):
        for cut in (2, 3):
            if is_person(chunk[:cut]) and is_person(chunk[cut:]):
                return [chunk[:cut], chunk[cut:]]
    return [chunk]

"""Names that tell their organ by its rank only (市委, 副县长): one organ or many, by who prints them."""

from __future__ import annotations

import re
from functools import cache

from etl.lexicon.tables import rows

OWN = {
    "国家": "",
    "省": "省区市",
    "市": "省市州盟",
    "县": "省市州盟县区旗",
    "乡镇": "省市州盟县区旗乡镇",
    "非行政": "",
}
"""Level of a source to the ranks of which it prints one organ only: its own, and those above it."""

_RANK = re.compile("(?:常务|第一)?[副原代]?(?P<rank>[省市州盟县区旗乡镇村局院厅部处校]|公司)")


def is_one(name: str, own: str) -> bool:
    """Return whether an organ or office as printed is one only, for a source with the ranks `own`.

    市委书记 is one in a city's paper, 县委书记 is not: the city has several counties.
    """
    rank = _RANK.match(name)
    return rank is None or rank["rank"] in own or name.startswith(_places())


@cache
def _places() -> tuple[str, ...]:
    """Return the divisions whose name begins with a character of rank: 镇江市."""
    return tuple(row["text"] for row in rows("places") if _RANK.match(row["text"]))

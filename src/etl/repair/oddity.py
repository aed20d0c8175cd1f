"""How much of a text is characters that news hardly prints: of sound text 1 in 200, of misread text half."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.repair import slip_signs


def odd_ones(text: str) -> int:
    """Return how many characters of `text` news hardly prints."""
    return len(_odd().findall(text))


@lru_cache(maxsize=1)
def _odd() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(slip_signs.odd())}]")

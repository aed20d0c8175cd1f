"""Which charset the bytes themselves speak for: how much of each reading is common Chinese.

`common.txt` holds the 1,600 most frequent characters of Simplified Chinese and their Traditional forms;
they make up about nine tenths of any Chinese page and about a fifth of one that is read with the wrong
double-byte charset.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import islice

_RUN = re.compile(rb"[\x80-\xff][^<>\r\n]{3,400}")
_MAX_RUNS = 120
_FOREIGN = re.compile(r"[^\x00-\x7f]{2,40}")
_LATIN = re.compile("[\x80-\xff]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ufffd\ue000-\uf8ff]")


def as_utf8(body: bytes) -> str | None:
    """Return `body` as text if it is strictly UTF-8, but for a last character that is cut off."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data" and error.end >= len(body) and error.start > 0
        return body.decode("utf-8", "replace") if cut else None


def scores(body: bytes) -> dict[str, float]:
    """Return the share of common Chinese among the Han characters of each reading of `body`, 0.0 to 1.0."""
    sample = b"\n".join(match.group() for match in islice(_RUN.finditer(body), _MAX_RUNS))
    return {
        charset: commonness(sample.decode(charset, "replace"))
        for charset in ("gb18030", "big5hkscs", "utf-8")
    }


def is_mojibake(text: str) -> bool:
    """Tell whether `text` was decoded with the wrong table before it was served (E1 to E6 of repair).

    Sound Chinese has more than four fifths common characters, wrong readings have less than a fifth; bytes
    read as Latin-1 have no Han at all.
    """
    sample = "".join(match.group() for match in islice(_FOREIGN.finditer(text), 40))
    latin = len(_LATIN.findall(sample))
    han = len(_HAN.findall(sample))
    if latin > 40 and latin > 10 * han:
        return True
    return han >= 30 and commonness(sample) < 0.4


def commonness(text: str) -> float:
    """Return the share of common ones among `text`'s Han characters, lost and private ones included."""
    han = _HAN.findall(text)
    if not han:
        return 0.0
    known = common()
    return sum(map(known.__contains__, han)) / len(han)


@cache
def common() -> frozenset[str]:
    """Return the set of common characters in both scripts."""
    return frozenset(files(__package__).joinpath("common.txt").read_text("utf-8")) - {"\n"}

"""Charset votes under pressure: each gold page transcoded, with the right, a wrong and no declaration.

For Big5 a page is converted to Traditional characters first, and what Big5 still lacks is written as numeric
references, as editors of Big5 sites do.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from opencc import OpenCC

from etl import decode
from etl.evaluate import pages
from etl.records import Page

_LABEL = re.compile(r"(<meta\b[^>]{0,400}?charset\s{0,4}=\s{0,4}[\"']?\s{0,4})([\w-]{2,40})", re.IGNORECASE)
_WRONG = {"utf-8": "gb2312", "gb18030": "utf-8", "big5hkscs": "gb2312"}
_NAMES = {"utf-8": "utf-8", "gb18030": "gb2312", "big5hkscs": "big5"}


class Outcome(NamedTuple):
    """Pages whose charset was found and whose text came back whole."""

    charset: str
    declaration: str
    right: int
    pages: int


def run(folder: Path) -> list[Outcome]:
    """Return one outcome for each target charset and kind of declaration over the gold pages of `folder`."""
    rows, _ = pages.load(folder)
    read = [(row["file"], (folder / row["file"]).read_bytes()) for row in rows]
    texts = [
        (row["file"], body.decode(row["true_encoding"], "replace"))
        for row, (_, body) in zip(rows, read, strict=True)
    ]
    traditional = [(name, OpenCC("s2t").convert(text)) for name, text in texts]
    return [
        _outcome(traditional if charset == "big5hkscs" else texts, charset, declaration)
        for charset in ("utf-8", "gb18030", "big5hkscs")
        for declaration in ("right", "wrong", "no")
    ]


def _outcome(texts: list[tuple[str, str]], charset: str, declaration: str) -> Outcome:
    label = {"right": _NAMES[charset], "wrong": _WRONG[charset], "no": "x-unknown"}[declaration]
    right = count = 0
    for name, text in texts:
        labelled = _LABEL.sub(lambda match: match.group(1) + label, text)
        body = labelled.replace("\ufffd", "").encode(charset, "xmlcharrefreplace")
        html = body.decode(charset)
        count += 1
        page = decode.decode(pages.capture(Path(name), body))
        right += (
            isinstance(page, Page)
            and page.charset_used == charset
            and page.html == html.removeprefix("\ufeff")
        )
    return Outcome(charset, declaration, right, count)

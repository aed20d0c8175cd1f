"""Inputs that are no text, or made to break a pattern: repair returns and says what it did."""

import random

import pytest

from etl.repair import apply, repair

SIZE = 400_000
"""Bytes; `tests/bench/hostile.py` shows that twice the size takes twice the time, up to 2 MB."""
HOSTILE = {
    "one character": "会",
    "Traditional": "會議",
    "entity layers": "&amp;",
    "entity names": "&nbsp",
    "ampersands": "&",
    "open tags": "<p ",
    "open attribute": '<p style="',
    "closing slashes": "/span",
    "comments": "<!--",
    "controls": "\x05\x06",
    "NULs": "会\x00",
    "zero width": "会\u200b",
    "no-break spaces": "\u00a0",
    "indents": "\n\u00a0 ",
    "doubled marks": "，。",
    "split words": "市.委",
    "open brackets": "(会",
    "brackets": "会(",
    "quotes": '会"',
    "half-width marks": "会,",
    "full stops": "会......",
    "masks": "省*府",
    "asterisks": "*",
    "emphasis": "**会",
    "URLs": "http://a",
    "mail": "a.a-a",
    "junk": "設備们，",
    "乾": "乾",
    "著": "會著",
    "letters": "會虚L",
    "lone surrogates": "\ud800会",
    "replacement": "\ufffd",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_long_text_of_one_piece(piece):
    text = piece * (SIZE // len(piece.encode("utf-8", "surrogatepass")))
    repaired = repair(text)
    assert apply(repaired.steps, text) == repaired.text


def test_layers_of_escaping_cost_one_step():
    text = "&" + "amp;" * 100_000 + "hellip;"
    repaired = repair(text)
    assert repaired.text == "…"
    assert len(repaired.steps) == 1


def test_binary_read_as_text():
    raw = random.Random(7).randbytes(10_000)
    for charset in ("latin-1", "gb18030", "utf-8"):
        text = raw.decode(charset, "replace")
        repaired = repair(text)
        assert apply(repaired.steps, text) == repaired.text


def test_nothing():
    assert repair("").text == ""

r"""Z1, X1: characters that show nothing: zero-width marks, controls, private use, odd spaces.

They are removed, or mapped where `invisible.tsv` knows what they stand for. What carries meaning stays:
joiners and selectors in emoji and in scripts that need them, thin spaces between digits, em, en and no-break
spaces between headline parts, `\t`, `\n` and `\r`. No-break spaces at the head of a line are its indent: two
ideographic spaces.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from etl.repair.edits import Edit

_SUSPECT = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    "\u2004-\u200f\u2028-\u202f\u205f-\u206f\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U0010ffff"
)
_INDENT = "(?m:^(?P<indent>[ \u3000]*\xa0[ \u3000]*\xa0[ \u3000\xa0]*)(?=[^ \u3000\xa0\n]))"
_RUN = re.compile(f"{_INDENT}|[{_SUSPECT}]+")
_ANY = re.compile(f"[{_SUSPECT}]")
TRIGGERS = "".join(
    chr(code) for code in range(0x10000) if code == 0xA0 or 0xDB40 <= code < 0xDC00 or _ANY.match(chr(code))
)
"""What `_ANY` finds, in UTF-16 units: lead surrogates stand for planes 14 to 16."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
_NEEDS_JOINERS = re.compile(
    "[\u0600-\u1fff\u20e3\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff\ufe0f#*0-9©®]"
)
_SPACES = frozenset("\u2007\u2008\u2009\u200a\u202f")
_DIGITS = frozenset("0123456789")
INDENT = "\u3000\u3000"


@cache
def _mapped() -> dict[str, str]:
    """Return the rows of `invisible.tsv`: character to what it stands for."""
    table = resources.files(__package__).joinpath("invisible.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {chr(int(code, 16)): chr(int(after, 16)) for _, code, after, _ in rows}


def find(text: str) -> list[Edit]:
    """Return one edit for each run of characters that show nothing and mean nothing in `text`."""
    if "\xa0" not in text and not _ANY.search(text):
        return []
    edits = []
    for match in _RUN.finditer(text):
        after = INDENT if match["indent"] is not None else _replace(text, match)
        if after != match[0]:
            rule = "X1" if _CONTROLS.search(match[0]) else "Z1"
            edits.append(Edit(match.start(), match.end(), after, rule))
    return edits


def _replace(text: str, match: re.Match[str]) -> str:
    """Return what stands for the run `match`, the characters beside it considered."""
    before = text[match.start() - 1] if match.start() else ""
    behind = text[match.end() : match.end() + 1]
    mongolian = any("\u1800" <= char < "\u18b0" for char in (before, behind))
    joined = _NEEDS_JOINERS.match(before) is not None
    numeric = before in _DIGITS and behind in _DIGITS
    return "".join(
        char
        if (joined and char in _JOINERS)
        or (numeric and char in _SPACES)
        or (mongolian and "\u180b" <= char <= "\u180f")
        else _mapped().get(char, "")
        for char in match[0]
    )

"""H1, H2: character references that were escaped too often or never closed (`&amp;nbsp;`, `&nbsp`, `&#146;`).

References are resolved as the HTML standard does (https://html.spec.whatwg.org/#character-reference-state):
only names of its table, C1 numbers as windows-1252. Unlike a browser, a name without `;` must end where the
letters end, so that `a&b`, `AT&T` and the query string `?a=1&copy=2` stay as they are.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

from etl.repair.edits import Edit

TRIGGERS = "&＆;"
_REFERENCE = re.compile(
    r"""[&＆]
    (?P<layers>(?:(?:amp|AMP|\#38|\#[xX]26)[;；])*+)
    (?:(?P<number>\#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6}))
      |(?P<name>[A-Za-z][A-Za-z0-9]{0,31}))?
    (?P<close>[;；])?
    """,
    re.VERBOSE,
)
_TYPOGRAPHIC = frozenset(["ldquo", "rdquo", "lsquo", "rsquo", "mdash", "ndash", "hellip", "ensp", "emsp"])
"""Names that pages of Chinese leave open though the standard does not let them."""
_STRIPPED = re.compile(
    r"(?<![A-Za-z0-9&＆;])(?:amp;)*+(?P<name>nbsp|[lr][sd]quo|[nm]dash|hellip|middot|ensp|emsp);"
)
_STRIPPED_ENDS = ("nbsp;", "quo;", "dash;", "hellip;", "middot;", "msp;", "nsp;")
_URL_TAIL = re.compile(r"(?:://|www\.|\?)[!-~]{0,300}\Z")


def find(text: str) -> list[Edit]:
    """Return one edit for each character reference in `text`, all its layers resolved at once."""
    edits: list[Edit] = []
    if "&" in text or "＆" in text:
        edits += (edit for match in _REFERENCE.finditer(text) if (edit := _resolve(text, match)))
    if ";" in text and any(end in text for end in _STRIPPED_ENDS):
        edits += (
            Edit(m.start(), m.end(), html5[m["name"] + ";"], "H1", 0.95) for m in _STRIPPED.finditer(text)
        )
        edits.sort(key=lambda edit: edit.start)
    return edits


def _resolve(text: str, match: re.Match[str]) -> Edit | None:
    """Return the edit for what `_REFERENCE` matched, or None where it is no reference after all."""
    if match["number"] is not None:
        after = html.unescape(f"&{match['number']};")
        return Edit(match.start(), match.end(), after, "H1" if match["layers"] else "H2")
    known = _named(text, match) if match["name"] is not None else None
    if known is not None:
        after, end = known
        return Edit(match.start(), end, after, "H1" if match["layers"] or match["close"] else "H2")
    if match["layers"]:
        return Edit(match.start(), match.end("layers"), "&", "H1")
    return None


def _named(text: str, match: re.Match[str]) -> tuple[str, int] | None:
    """Return the characters a name stands for and where it ends, or None where it is no entity's name."""
    name: str = match["name"]
    if match["close"] and name + ";" in html5:
        return html5[name + ";"], match.end()
    if name.startswith("nbsp"):
        return html5["nbsp"], match.start("name") + len("nbsp")
    stem = name.rstrip("0123456789")
    if stem not in html5 and stem not in _TYPOGRAPHIC:
        stem = name
    if (stem not in html5 and stem not in _TYPOGRAPHIC) or text.startswith("=", match.end("name")):
        return None
    if _URL_TAIL.search(text, max(0, match.start() - 300), match.start()):
        return None
    return html5.get(stem) or html5[stem + ";"], match.start("name") + len(stem)

"""Who says which charset: byte-order mark, labels, source default, strictness, a statistic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from etl.decode import statistic
from etl.records import CharsetVote

WEIGHTS = {
    "bom": 50.0,
    "strict": 100.0,
    "statistic": 10.0,
    "header": 2.0,
    "meta": 1.5,
    "xml": 1.0,
    "source": 0.5,
}
"""A statistic that is sure outweighs all labels together; labels break ties. `strict` is UTF-8 only."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]{0,400}?charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s{0,40}<\?xml\b[^>]{0,200}?encoding\s{0,4}=\s{0,4}[\"']([\w.:-]{2,40})", re.IGNORECASE)
_PRESCAN = 8192  # WHATWG HTML prescans 1024 bytes; government templates put long comments first


@dataclass(frozen=True, slots=True)
class Ballot:
    """The charset chosen, the label as printed (header before meta before XML) and every vote.

    `text` is the body where it is strictly UTF-8, with U+FFFD for a last character that was cut off.
    """

    charset: str
    declared: str | None
    votes: tuple[CharsetVote, ...]
    text: str | None = None


def take(body: bytes, content_type: str | None, charset_default: str | None) -> Ballot:
    """Let every witness vote on `body` and return the ballot; the highest sum of weights wins."""
    labels = _labels(body, content_type)
    votes = [_vote(witness, charset) for witness, label in labels if (charset := canonical(label))]
    default = canonical(charset_default) if charset_default else None
    if default:
        votes.append(_vote("source", default))
    votes = [v for v in votes if not v.charset.startswith("utf-16")]  # only a BOM makes UTF-16 (WHATWG HTML)
    mark = next((charset for bom, charset in _BOMS if body.startswith(bom)), None)
    if mark:
        votes.append(_vote("bom", mark))
    text = None
    if mark is None or mark == "utf-8":
        text = statistic.as_utf8(body)
        votes += [_vote("strict", "utf-8")] if text is not None else _by_statistic(body)
    declared = labels[0][1] if labels else None
    return Ballot(_winner(votes), declared, tuple(votes), text)


def canonical(label: str) -> str | None:
    """Return the codec of a charset label, or None for labels outside the closed set (WHATWG Encoding)."""
    return _table().get(label.strip().lower().replace("_", "-"))


@cache
def _table() -> dict[str, str]:
    rows = files(__package__).joinpath("labels.tsv").read_text("utf-8").splitlines()[1:]
    return {label.replace("_", "-"): charset for label, charset, _ in (row.split("\t") for row in rows)}


def _labels(body: bytes, content_type: str | None) -> list[tuple[str, str]]:
    found = []
    if content_type and (match := _HEADER.search(content_type)):
        found.append(("header", match.group(1)))
    head = body[:_PRESCAN]
    for witness, pattern in (("meta", _META), ("xml", _XML)):
        hit = pattern.search(head) if witness == "meta" else pattern.match(head)
        if hit:
            found.append((witness, hit.group(1).decode("ascii", "replace")))
    return found


def _by_statistic(body: bytes) -> list[CharsetVote]:
    # three bytes of a mark would pair up with the first character of a double-byte text
    scores = statistic.scores(body.removeprefix(_BOMS[0][0]))
    return [
        CharsetVote("statistic", charset, round(WEIGHTS["statistic"] * score, 3))
        for charset, score in scores.items()
        if score > 0
    ]


def _vote(witness: str, charset: str) -> CharsetVote:
    return CharsetVote(witness, charset, WEIGHTS[witness])


def _winner(votes: list[CharsetVote]) -> str:
    sums: dict[str, float] = {}
    for vote in votes:
        # a UTF-8 mark on bytes that are not UTF-8 came with an include; the statistic knows better
        weight = 0.0 if vote.witness == "bom" and vote.charset == "utf-8" else vote.weight
        sums[vote.charset] = sums.get(vote.charset, 0.0) + weight
    return max(sums, key=lambda charset: sums[charset], default="utf-8")

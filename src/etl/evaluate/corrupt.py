"""The mechanics that damage Chinese text on the web, applied to clean text: what repair has to undo.

Each family is a function of (clean text, seeded `random.Random`) that returns the damaged text, or None
where this text cannot be damaged that way without losing information that the family's name promises to
keep. Families that end in `-lossy` lose some.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from etl.evaluate.corrupt_slip import slip, slip_and_narrow, slip_before_tag

if TYPE_CHECKING:
    from opencc import OpenCC

_HANZI = re.compile("[一-鿿]")
_INSIDE = re.compile("(?=[一-鿿]{3})")
_WORD = re.compile("市委|市长|书记|会议|工作|发展|经济|政府|建设|群众|中国|国家|社会|人民|企业")
_MARK = re.compile("[，。、；：]")
_UNDEFINED = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
"""Bytes that windows-1252 leaves undefined."""
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\xad"
_JUNK = (
    *("动说", "这微妙", "样时", "围剿人", "带我赴", "们后来", "调配说", "际关系", "从来没", "间谍战"),
    *("小白兔", "大雨天", "向上跑", "不太肯", "看月色", "往北走", "早上好", "河口", "毛巾", "一天起"),
)
"""Half of a mirror's junk has a character that is Simplified only, half has none."""


def corrupt(text: str, family: str, seed: int) -> str | None:
    """Return `text` damaged by `family` (a key of `FAMILIES`), or None where it does not apply."""
    return FAMILIES[family](text, Random(f"{family}/{seed}/{text}"))


@cache
def _opencc(config: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(config)


def _traditional(text: str, config: str = "s2t") -> str:
    converted: str = _opencc(config).convert(text)
    return converted


def _one_to_one(text: str) -> str:
    """Return `text` converted character by character, without OpenCC's phrases, as mirrors do it."""
    return "".join(_traditional(char) for char in text)


def _gbk_error(error: UnicodeError) -> tuple[str, int]:
    """Decode as browsers do: the byte 80 is €, any other stray byte U+FFFD."""
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start]
    return ("€" if stray == 0x80 else "\ufffd"), error.start + 1


codecs.register_error("etl-gbk", _gbk_error)


def _utf8_as_gbk(text: str, layers: int = 1) -> str:
    for _ in range(layers):
        text = text.encode("utf-8").decode("gb18030", "etl-gbk")
        if "\ufffd" in text:
            break
    return text


def _e1(text: str, layers: int = 1) -> str | None:
    """Return `text` misread; where only its last mark would lose a byte (as 。 always does), up to that."""
    for end in (len(text), len(text) - 1):
        damaged = _utf8_as_gbk(text[:end], layers)
        if "\ufffd" not in damaged:
            return damaged + text[end:]
    return None


def _as_latin(raw: bytes, lossy: bool = False) -> str:
    """Return bytes read as windows-1252, undefined ones as C1 controls or, if `lossy`, as U+FFFD."""
    return "".join(
        bytes((byte,)).decode("cp1252") if byte not in _UNDEFINED else ("\ufffd" if lossy else chr(byte))
        for byte in raw
    )


def _big5(text: str) -> bytes | None:
    try:
        return _traditional(text).encode("big5hkscs")
    except UnicodeEncodeError:
        return None


def _e3(text: str, lossy: bool = False) -> str | None:
    raw = _big5(text)
    return None if raw is None else _as_latin(raw, lossy)


def _lossy_latin(text: str, charset: str) -> str | None:
    damaged = _as_latin(text.encode(charset), lossy=True)
    return damaged if "\ufffd" in damaged else None


def _gloss(text: str, rng: Random, *, toned: bool, repeat: int = 1, script: bool = True) -> str:
    """Return Traditional `text` with a reading in brackets behind about a third of its kinds of hanzi."""
    from pypinyin import Style, lazy_pinyin

    style = Style.TONE if toned else Style.NORMAL
    readings = lazy_pinyin(list(text), style=style, errors=lambda _: [""])  # type: ignore[arg-type,return-value]
    kinds = sorted(set(_HANZI.findall(text)))
    glossed = set(rng.sample(kinds, max(1, len(kinds) // 3)))
    shown = _one_to_one(text) if script else text
    return "".join(
        char + (f"({reading})" * rng.randint(1, repeat) if old in glossed and reading else "")
        for old, char, reading in zip(text, shown, readings, strict=True)
    )


def _doubled(text: str, rng: Random) -> str:
    """Return `text` with a second mark put before or behind about half of its marks, often half width."""
    return _MARK.sub(
        lambda m: m[0] if rng.random() < 0.5 else rng.choice(("," + m[0], m[0] + ",", m[0] * 2)), text
    )


def _escaped(text: str, rng: Random) -> str:
    """Return `text` with marks and some hanzi as references, escaped once to three times more."""
    out = []
    for char in text:
        if not char.isascii() and rng.random() < 0.3:
            code = rng.choice((f"&#{ord(char)};", f"&#x{ord(char):x};"))
            name = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "…": "&hellip;", "·": "&middot;"}.get(
                char, code
            )
            for _ in range(rng.randint(0, 3)):
                name = html.escape(name, quote=False)
            char = name
        out.append(char)
    return "".join(out)


def _replaced(text: str, rng: Random) -> str:
    """Return `text` with two hanzi replaced by U+FFFD on the way, then read as GBK (锟斤拷)."""
    at = rng.choice([match.start() for match in _HANZI.finditer(text[:-1])])
    return text[:at] + ("\ufffd" * 2).encode("utf-8").decode("gbk") + text[at + 2 :]


def _split(text: str, rng: Random) -> str | None:
    """Return `text` with a dot inside some of its common two-character words."""
    return None if not _WORD.search(text) else _WORD.sub(lambda m: f"{m[0][0]}.{m[0][1]}", text)


def _fragments(text: str, rng: Random) -> str:
    """Return `text` with a broken tag or attribute behind one of its marks, and one at its end."""
    pieces = (
        "/span>",
        "</p",
        '<span style="color:red">',
        'style="line-height:2em">',
        "</font>",
        "<o:p></o:p>",
    )
    at = rng.choice([match.end() for match in _MARK.finditer(text[:-1])] or [0])
    return text[:at] + rng.choice(pieces) + text[at:] + rng.choice(pieces)


def _masked(text: str, rng: Random) -> str:
    """Return `text` with one hanzi between two others masked."""
    at = rng.choice([match.start() + 1 for match in _INSIDE.finditer(text)])
    return text[:at] + "*" + text[at + 1 :]


def _controls(text: str, rng: Random) -> str:
    """Return `text` with runs of control characters before its marks."""
    return _MARK.sub(lambda m: "".join(rng.choices("\x05\x06\x07\x08", k=rng.randint(1, 5))) + m[0], text)


def _zero_width(text: str, rng: Random) -> str:
    """Return `text` with invisible characters behind about a tenth of its hanzi."""
    return _HANZI.sub(lambda m: m[0] + (rng.choice(_ZERO_WIDTH) if rng.random() < 0.1 else ""), text)


def _junk(text: str, rng: Random) -> str:
    """Return Traditional `text` with a Simplified junk word before nine of ten of its marks."""
    return _MARK.sub(lambda m: (rng.choice(_JUNK) if rng.random() < 0.9 else "") + m[0], _one_to_one(text))


def _inner(text: str, rng: Random) -> str | None:
    """Return `text` with a slip over three to twelve of its characters."""
    return slip(text, rng, length=rng.randint(3, 12))


_SLIPS = {
    **dict.fromkeys(("S1", "S1-tag", "S1-nfkc", "S1-trad", "S1-then-trad", "S1-glossed"), slip),
    "S1-inner": _inner,
}
"""The slip itself in each family that has one."""


def slipped_run(text: str, family: str, seed: int) -> tuple[int, int] | None:
    """Return the half-open range of `text` that `family` puts one byte off, None where it slips nothing."""
    sound = _one_to_one(text) if family == "S1-trad" else text
    slips = _SLIPS.get(family)
    damaged = slips(sound, Random(f"{family}/{seed}/{text}")) if slips else None
    if damaged is None:
        return None
    start = _alike(sound, damaged)
    return start, len(sound) - _alike(sound[start:][::-1], damaged[start:][::-1])


def _alike(left: str, right: str) -> int:
    """Return how many characters at their beginnings two texts share."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(left), len(right)))


FAMILIES: dict[str, Callable[[str, Random], str | None]] = {
    "E1": lambda text, rng: _e1(text),
    "E1-double": lambda text, rng: _e1(text, 2),
    "E1-lossy": lambda text, rng: d if "\ufffd" in (d := _utf8_as_gbk(text)) else None,
    "E2": lambda text, rng: _as_latin(text.encode("gb18030")),
    "E2-lossy": lambda text, rng: _lossy_latin(text, "gb18030"),
    "E3": lambda text, rng: _e3(text),
    "E3-lossy": lambda text, rng: d if "\ufffd" in (d := _e3(text, lossy=True) or "") else None,
    "E4": lambda text, rng: _as_latin(text.encode("utf-8")),
    "E4-lossy": lambda text, rng: _lossy_latin(text, "utf-8"),
    "E5": _replaced,
    "E6": lambda text, rng: text.encode("gb18030").decode("big5hkscs", "replace"),
    "S1": slip,
    "S1-inner": _inner,
    "S1-tag": slip_before_tag,
    "S1-nfkc": slip_and_narrow,
    "S1-trad": lambda text, rng: slip(_one_to_one(text), rng),
    "S1-then-trad": lambda text, rng: None if (d := slip(text, rng)) is None else _one_to_one(d),
    "S1-glossed": lambda text, rng: None if (d := slip(text, rng)) is None else _gloss(d, rng, toned=True),
    "G1": lambda text, rng: _gloss(text, rng, toned=True),
    "G2": lambda text, rng: _gloss(text, rng, toned=False, repeat=3),
    "P1": _doubled,
    "P2": _split,
    "P3": lambda text, rng: unicodedata.normalize("NFKC", text),
    "H": _escaped,
    "H3": _fragments,
    "X1": _controls,
    "Z1": _zero_width,
    "J1": _junk,
    "K1": _masked,
    "T1": lambda text, rng: _one_to_one(text),
    "T1-phrases": lambda text, rng: _traditional(text),
}
"""Family (or a variant of one) to its mechanics."""

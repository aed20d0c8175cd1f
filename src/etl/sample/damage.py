"""What mirrors, old CMSs and spinners do to a page's words, one pure function per family of damage.

Each takes the Simplified text of one paragraph (or title) and returns it damaged; all are deterministic. The
families and their looks were observed on real mirrors of newspaper and government sites.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import cache
from typing import Any

_HALF_WIDTH = str.maketrans("，：；！？（）", ",:;!?()")
_NAMED = {"“": "&ldquo;", "”": "&rdquo;", "·": "&middot;", "—": "&mdash;", "　": "&emsp;"}
_GLOSSED = frozenset("稳业进会经产发统续优乡协创监战态镇农规联网节环现")
"""The characters that the observed tool glossed; what they have in common is not known."""
_JUNK = ("又翻开", "绿窗帘", "骑上马", "没听见", "吃晚饭", "谁记得", "慢慢走")
_KEPT = frozenset("于并")
_SPLIT_WORDS = re.compile("(市)(委)|(副)(书记)|(班)(子)|(省)(委)")


def traditional(text: str) -> str:
    """Put the Traditional character for each Simplified one by a one-to-one table, as mirrors do."""
    return "".join(_traditional_char(char) for char in text)


def half_width(text: str) -> str:
    """Put half-width forms for full-width punctuation (NFKC run over a corpus); 、 and 。 have none."""
    return text.translate(_HALF_WIDTH)


def gloss(text: str) -> str:
    """Put the reading with tone marks in brackets behind the characters that the tool glosses."""
    return _glossed(text, tones=True)


def gloss_toneless(text: str) -> str:
    """Put the reading without tones behind glossed characters, twice behind every third one."""
    return _glossed(text, tones=False)


def entities(text: str) -> str:
    """Write quotation marks and every ninth hanzi as references, which the page then escapes once more."""
    out = []
    for index, char in enumerate(text):
        if char in _NAMED:
            out.append(_NAMED[char])
        elif index % 9 == 4 and "\u4e00" <= char <= "\u9fff":
            out.append(f"&#{ord(char)};")
        else:
            out.append(char)
    return "&nbsp;&nbsp;" + "".join(out)


def doubled(text: str) -> str:
    """Double every third comma and put one before every second full stop (推进会召开，。), as spinners do."""
    return _every(_every(text, "，", "，，", 3), "。", "，。", 2)


def split_words(text: str) -> str:
    """Put a dot into words that filters look for (市.委, 副.书记)."""
    return _SPLIT_WORDS.sub(lambda found: ".".join(part for part in found.groups() if part), text)


def masked(text: str) -> str:
    """Put an asterisk for the first character of 政府, as word filters do."""
    return text.replace("政府", "*府")


def junk(text: str) -> str:
    """Put a random Simplified word before every second comma, as spinners of Traditional text do."""
    parts = re.split("([，,])", text)
    for index in range(2, len(parts) - 1, 4):
        parts[index] += _JUNK[(len(parts[index]) + index) % len(_JUNK)]
    return "".join(parts)


def controls(text: str) -> str:
    """Put runs of control characters before punctuation (anti-copy noise)."""
    return re.sub("(?=[，。；])", "\x05\x06\x08", text)


def utf8_as_gbk(text: str) -> str:
    """Read the UTF-8 bytes of the text as GBK (鎷呭綋 for 担当); a lone 0x80 is €, others U+FFFD."""
    return text.encode("utf-8").decode("gbk", "etl.sample.gbk")


def _odd_byte(error: UnicodeError) -> tuple[str, int]:
    """Read one byte that opens no pair as decoders of the web do (WHATWG Encoding, GBK decoder)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return ("€" if error.object[error.start] == 0x80 else "\ufffd"), error.start + 1


codecs.register_error("etl.sample.gbk", _odd_byte)


def gbk_as_latin(text: str) -> str:
    """Read the GBK bytes of the text as Windows-1252, C1 controls where it has no letter (µ£µ± for 担当)."""
    return "".join(_latin(byte) for byte in text.encode("gb18030"))


DAMAGES: dict[str, Callable[[str], str]] = {
    "split-words": split_words,
    "doubled": doubled,
    "controls": controls,
    "masked": masked,
    "junk": junk,
    "entities": entities,
    "traditional": traditional,
    "half-width": half_width,
    "gloss": gloss,
    "gloss-toneless": gloss_toneless,
    "utf8-as-gbk": utf8_as_gbk,
    "gbk-as-latin": gbk_as_latin,
}
"""Damage by the name used in the articles; several are applied in the order that an article lists."""

IN_TEXT_ONLY = frozenset({"split-words", "doubled", "controls", "masked", "junk", "entities"})
"""Damage that spares titles and bylines."""


@cache
def _traditional_char(char: str) -> str:
    converted: str = char if char in _KEPT else _converter("s2tw").convert(char)
    return converted


@cache
def _simplified_char(char: str) -> str:
    converted: str = _converter("t2s").convert(char)
    return converted


@cache
def _converter(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)


def _glossed(text: str, *, tones: bool) -> str:
    from pypinyin import Style, pinyin

    simplified = [_simplified_char(char) for char in text]
    readings = pinyin(simplified, style=Style.TONE if tones else Style.NORMAL)
    out = []
    count = 0
    for char, plain, reading in zip(text, simplified, readings, strict=True):
        out.append(char)
        if plain in _GLOSSED:
            count += 1
            out.append(f"({reading[0]})" * (2 if not tones and count % 3 == 0 else 1))
    return "".join(out)


def _every(text: str, mark: str, instead: str, nth: int) -> str:
    """Replace every `nth` occurrence of `mark`."""
    parts = text.split(mark)
    out = parts[0]
    for count, part in enumerate(parts[1:], start=1):
        out += (instead if count % nth == 0 else mark) + part
    return out


def _latin(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)

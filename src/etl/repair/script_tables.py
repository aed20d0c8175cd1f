"""The tables behind script conversion: telling characters, cues, words that overrule OpenCC."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from etl.lexicon import tables as lexicon

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick
    from opencc import OpenCC

_SURROGATES = re.compile("[\ud800-\udfff]")
AMBIGUOUS = "著乾於徵瞭藉覆摺麼餘"
"""Traditional characters that are Simplified ones as well, in other words or names."""


def without_surrogates(text: str) -> str:
    """Return `text`, of the same length, with U+FFFD for lone surrogates, which C libraries refuse."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


@cache
def opencc(config: str) -> OpenCC:
    """Return OpenCC's converter `config` (t2s, s2t), loaded once."""
    from opencc import OpenCC

    return OpenCC(config)


def rows(name: str) -> list[list[str]]:
    """Return the cells of each row of `<name>.tsv` beside this file, without its header."""
    text = resources.files(__package__).joinpath(f"{name}.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


@cache
def telling() -> dict[str, str]:
    """Return `script_characters.tsv`: hant and hans, each with the characters that only this script has."""
    return {row[0]: row[1] for row in rows("script_characters")}


@cache
def traditional() -> re.Pattern[str]:
    """Return a pattern for the characters that only Traditional text has."""
    return re.compile(f"[{telling()['hant']}]")


@cache
def simplified() -> re.Pattern[str]:
    """Return a pattern for the characters that only Simplified text has."""
    return re.compile(f"[{telling()['hans']}]")


def derive(config: str, charset: str) -> str:
    """Return the hanzi that OpenCC's `config` changes and `charset` lacks: how the table above was made.

    Those of t2s without GB 2312 are Traditional only, those of s2t without Big5 Simplified only.
    """
    hanzi = [chr(code) for code in range(0x4E00, 0xA000)]
    converted = opencc(config).convert("\n".join(hanzi)).split("\n")
    changed = (old for old, new in zip(hanzi, converted, strict=True) if old != new)
    return "".join(char for char in changed if not char.encode(charset, "ignore"))


@cache
def variants() -> tuple[re.Pattern[str], dict[int, str]]:
    """Return `script_variants.tsv`, forms that OpenCC lacks: a pattern, and a table for `translate`."""
    known = {row[1]: row[2] for row in rows("script_variants")}
    return re.compile(f"[{''.join(known)}]"), str.maketrans(known)


@cache
def cues() -> tuple[AhoCorasick, tuple[tuple[str, int], ...]]:
    """Return `script_cues.tsv`: a scanner, and the cues with weights, negative ones for an author."""
    found = tuple((row[1], int(row[2])) for row in rows("script_cues"))
    return _scanner([cue for cue, _ in found]), found


@cache
def words() -> tuple[AhoCorasick, tuple[str, ...]]:
    """Return a scanner for the words that overrule OpenCC, and what each becomes.

    They are written in Simplified but for the characters of `AMBIGUOUS`. Names of divisions (GB/T 2260) that
    hold such a character join them. The longest word wins.
    """
    known = {row[1]: row[2] for row in rows("script_words")}
    for row in lexicon.rows("places"):
        if not set(row["text"]).isdisjoint(AMBIGUOUS):
            known |= {row["text"]: row["text"], row["short"]: row["short"]}
    return _scanner(list(known)), tuple(known.values())


def _scanner(patterns: list[str]) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    return AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


@cache
def names() -> re.Pattern[str]:
    """Return a pattern for a personal name with 乾, standing alone or behind an office."""
    surnames = "".join(r["text"] for r in lexicon.rows("surnames") if r["kind"] == "single")
    han = "[㐀-鿿]"
    return re.compile(
        rf"(?:(?<!{han})|(?<=[记长席任员志授士理者辑影编]))[{surnames}](?:乾{han}?|{han}乾)(?!{han})"
    )

"""Y1: texts whose words a spinner replaced, or into which a hijacker wrote a brand.

Neither can be undone, so words stay and the article is flagged. One case is decisive: a gambling brand put
before a paragraph's indent, where nothing is ever printed, goes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from etl.repair import script_tables
from etl.repair.edits import Edit
from etl.repair.variants import simplified

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

GROUPS = 18
"""Sets of anchors that are looked for together, by two of their characters."""
REACH = 12
"""Characters around an anchor that its pattern may look at."""
LEAST_SPUN = 2
"""So many different rules have to fire: one odd phrase may be the author's."""


class _Rule(NamedTuple):
    """A row of `spun.tsv`; `pattern` is tried on Simplified text that holds one of the row's anchors."""

    kind: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _anchors() -> dict[str, _Rule]:
    """Return the rule of each anchor, in either script."""
    traditional = script_tables.opencc("s2t").convert
    rules: dict[str, _Rule] = {}
    for _, kind, anchors, pattern, _ in script_tables.rows("spun"):
        rule = _Rule(kind, re.compile(pattern))
        for anchor in anchors.split(" "):
            rules |= {anchor: rule, traditional(anchor): rule}
    return rules


@lru_cache(maxsize=1)
def _rules() -> tuple[AhoCorasick, tuple[_Rule, ...]]:
    """Return the scanner for all anchors, and the rule that each of them belongs to."""
    from ahocorasick_rs import AhoCorasick, Implementation

    return AhoCorasick(list(_anchors()), implementation=Implementation.DFA), tuple(_anchors().values())


@lru_cache(maxsize=1)
def _before_indent() -> re.Pattern[str]:
    brands = "|".join(dict.fromkeys(rule.pattern.pattern for rule in _rules()[1] if rule.kind == "injected"))
    return re.compile(rf"(?m)^(?:{brands})(?=\u3000)")


def pairs() -> list[tuple[str, str]]:
    """Return the neighbours without which there is no anchor, in `GROUPS` groups.

    Long anchors go by their middle, since 项目建立 begins with a common word.
    """
    middles = sorted({anchor[1:3] if len(anchor) > 3 else anchor[:2] for anchor in _anchors()})
    groups = (middles[n::GROUPS] for n in range(GROUPS))
    return [("".join(pair[0] for pair in group), "".join(pair[1] for pair in group)) for group in groups]


def find(text: str) -> list[Edit]:
    """Return the removal of each gambling brand that stands before an indent."""
    if "\u3000" not in text or "injected" not in flags(text):
        return []
    return [Edit(m.start(), m.end(), "", "Y1", 0.9) for m in _before_indent().finditer(simplified(text))]


def flags(text: str) -> frozenset[str]:
    """Return spun and injected as far as the rules of `spun.tsv` find them in `text`."""
    scanner, rules = _rules()
    text = script_tables.without_surrogates(text)
    fired = {
        rules[index]
        for index, start, end in scanner.find_matches_as_indexes(text)
        if rules[index].pattern.search(simplified(text[max(0, start - REACH) : end + REACH]))
    }
    found = {rule.kind for rule in fired} & {"injected"}
    if sum(rule.kind == "spun" for rule in fired) >= LEAST_SPUN:
        found.add("spun")
    return frozenset(found)

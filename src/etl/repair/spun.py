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

_GROUP = 12
"""So many anchors of a rule are looked for together, by two of their characters."""
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
    """Return the neighbours without which no anchor is there: a pair for each rule, `LEAST_SPUN` must be met.

    What is injected counts twice, since one rule tells it. Long anchors go by their second pair: they begin
    with common words, as 党风建立 does.
    """
    middles: dict[_Rule, list[str]] = {}
    for anchor, rule in _anchors().items():
        middles.setdefault(rule, []).append(anchor[1:3] if len(anchor) > 2 else anchor)
    groups = [
        (rule.kind, group[n : n + _GROUP])
        for rule, group in middles.items()
        for n in range(0, len(group), _GROUP)
    ]
    return [
        ("".join(pair[0] for pair in group), "".join(pair[1] for pair in group))
        for kind, group in groups
        for _ in range(1 if kind == "spun" else LEAST_SPUN)
    ]


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

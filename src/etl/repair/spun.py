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
def _anchors() -> tuple[tuple[str, _Rule], ...]:
    """Return the anchors, in either script, each with its rule; two rules may share one."""
    traditional = script_tables.opencc("s2t").convert
    found: list[tuple[str, _Rule]] = []
    for _, kind, anchors, pattern, _ in script_tables.rows("spun"):
        rule = _Rule(kind, re.compile(pattern))
        for anchor in anchors.split(" "):
            found += [(form, rule) for form in dict.fromkeys((anchor, traditional(anchor)))]
    return tuple(found)


@lru_cache(maxsize=1)
def _scanner() -> AhoCorasick:
    """Return the scanner for all anchors."""
    from ahocorasick_rs import AhoCorasick, Implementation

    return AhoCorasick([anchor for anchor, _ in _anchors()], implementation=Implementation.DFA)


@lru_cache(maxsize=1)
def _before_indent() -> re.Pattern[str]:
    brands = "|".join(
        dict.fromkeys(rule.pattern.pattern for _, rule in _anchors() if rule.kind == "injected")
    )
    return re.compile(rf"(?m)^(?:{brands})(?=\u3000)")


def pairs() -> list[tuple[str, str]]:
    """Return the neighbours without which no anchor is there: a pair for each rule, `LEAST_SPUN` must be met.

    What is injected counts twice, since one rule tells it. Long anchors go by their second pair: they begin
    with common words, as 党风建立 does.
    """
    middles: dict[_Rule, list[str]] = {}
    for anchor, rule in _anchors():
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
    text, anchors = script_tables.without_surrogates(text), _anchors()
    places = _scanner().find_matches_as_indexes(text, overlapping=True)
    met = [(anchors[index][1], start, end) for index, start, end in places]
    if len({rule for rule, _, _ in met}) < LEAST_SPUN and all(rule.kind == "spun" for rule, _, _ in met):
        return frozenset()
    fired = {
        rule
        for rule, start, end in met
        if rule.pattern.search(simplified(text[max(0, start - REACH) : end + REACH]))
    }
    found = {rule.kind for rule in fired} & {"injected"}
    if sum(rule.kind == "spun" for rule in fired) >= LEAST_SPUN:
        found.add("spun")
    return frozenset(found)

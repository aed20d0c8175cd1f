"""The plan: in which order the families look at a text, and what of it is recorded.

One family that finds something is one pass. A round runs all families once; rounds repeat until nothing
changes, since one repair lays bare the next (a slip's end frees `</span>`, which then goes as a fragment).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from etl.records import Repaired, Step
from etl.repair import (
    entities,
    fragments,
    gate,
    gloss,
    invisible,
    junk,
    masked,
    mojibake_big5,
    punctuation,
    punctuation_width,
    replacement,
    reversal,
    slip,
    slip_letters,
    slip_runs,
    slip_signs,
    spun,
)
from etl.repair import script as scripts
from etl.repair.binary import is_binary
from etl.repair.edits import LOST, Edit, apply_edits, as_steps, without_overlaps
from etl.repair.gate import Need

ROUNDS = 4
"""At most so many rounds: three suffice for every observed page."""


LAYERS = 3
"""So many wrong readings on top of each other are peeled off before any other family sees the text."""
FLAGGED = {"K1": "masked", "Y1": "injected"}
"""Rule to the flag of an article that it had to change."""


class Family(NamedTuple):
    """A family's `find`, what it needs to find anything, its switch, and the flags of what it cannot undo."""

    find: Callable[[str], list[Edit]]
    need: Need
    switch: str = ""
    flags: Callable[[str], frozenset[str]] | None = None


FAMILIES = (
    *[Family(reversal.find, Need(reversal.TRIGGERS, reversal.pairs))] * LAYERS,
    Family(slip_runs.find, Need(slip_runs.MARKS)),
    Family(mojibake_big5.find, Need(crowd=True)),
    Family(slip.find, Need(slip_signs.MARKS, slip_letters.pairs, crowd=True, least=2)),
    Family(replacement.find, Need(replacement.TRIGGERS)),  # what neither of them explains
    Family(junk.find, Need(junk.TRIGGERS)),  # before glosses go, which tell the page's characters from junk
    Family(gloss.find, Need(pairs=gloss.pairs)),
    Family(entities.find, Need(entities.TRIGGERS)),
    Family(fragments.find, Need(fragments.TRIGGERS)),
    Family(invisible.find, Need(invisible.TRIGGERS)),
    Family(masked.find, Need(masked.TRIGGERS)),
    Family(spun.find, Need(pairs=spun.pairs, least=spun.LEAST_SPUN), flags=spun.flags),
    Family(punctuation.find_doubled, Need(pairs=punctuation.doubled_pairs)),
    Family(punctuation.find_split, Need(pairs=punctuation.split_pairs)),
    Family(
        punctuation_width.find,
        Need(punctuation_width.TRIGGERS, punctuation_width.pairs),
        switch="punctuation",
    ),
    Family(scripts.find, Need(scripts.TRIGGERS), switch="script", flags=junk.flags),
)


_SEARCHES = frozenset((reversal.find, slip_runs.find, mojibake_big5.find, slip.find))
"""The families that search for what a text said: bytes of no text said nothing."""
_BITS = {find: 1 << n for n, find in enumerate(dict.fromkeys(family.find for family in FAMILIES))}
"""The bit of each family's need."""
_PLAN = tuple((family, _BITS[family.find]) for family in FAMILIES)


@lru_cache(maxsize=1)
def _gate() -> gate.Gate:
    needs = {family.find: family.need for family in FAMILIES}
    return gate.build(tuple(needs.values()), slip_signs.odd())


def suspicious(text: str) -> bool:
    """Tell whether any family has to look at `text`; the others are sound after one scan."""
    return gate.met(_gate(), text) != 0


def repair(text: str, *, script: bool = True, punctuation: bool = True) -> Repaired:
    """Return `text` with its damage undone, every change recorded as a step that can be replayed.

    Sound text comes back as it is. What is gone for good stands as U+FFFD and is counted in `lost`. With
    `script` machine-converted Traditional text becomes Simplified again (T), with `punctuation` half-width
    marks between hanzi become full width (P3). Never raises, whatever `text` holds.
    """
    met = gate.met(_gate(), text)
    if not met:
        return Repaired(text, (), 0, "hans", ("lost",) if masked.has_torn_date(text) else ())
    binary = bool(met & _BITS[invisible.find]) and is_binary(text)
    off = {name for name, on in (("script", script), ("punctuation", punctuation)) if not on}
    steps: list[Step] = []
    flags: set[str] = set()
    judged = ""
    due = met  # the families that may find something in the text as it stands
    for _ in range(ROUNDS):
        before = text
        for family, bit in _PLAN:
            if not due & bit or (binary and family.find in _SEARCHES):
                continue
            if family.find is scripts.find:
                judged = judged or scripts.judge(text)
            if family.flags:
                flags |= family.flags(text)
            found = [] if family.switch in off else without_overlaps(family.find(text))
            changes = as_steps(text, found, steps[-1].pass_no + 1 if steps else 0) if found else []
            if not changes:
                due &= ~bit
                continue
            steps += changes
            text = apply_edits(text, changes)
            idle = met & ~due if family.switch else 0  # P3 and T lay nothing bare
            met = gate.met(_gate(), text)
            due = met & ~idle
        if text is before:
            break
    lost = text.count(LOST)
    flags |= {"lost"} if lost or masked.has_torn_date(text) else set()
    flags |= {FLAGGED[step.rule] for step in steps if step.rule in FLAGGED}
    simplified = scripts.simplify(text) if judged in ("hant", "mixed") else None
    return Repaired(text, tuple(steps), lost, judged or "hans", tuple(sorted(flags)), simplified)

"""The gate: it may let a text through for nothing, but keeps none from a family that would find something."""

import json
from pathlib import Path

import pytest
from corruptor import SENTENCES

from etl.evaluate.corrupt import FAMILIES, corrupt
from etl.repair import gate, plan

CASES = Path(__file__).parent.parent / "cases"
OBSERVED = [
    case["original"]
    for file in sorted(CASES.glob("repair_*.json"))
    for case in json.loads(file.read_text("utf-8"))
]


def kept_out(texts):
    """The names of families that find something in one of `texts` without the gate's leave, and the text."""
    for text in texts:
        met = gate.met(plan._gate(), text)
        for family in plan.FAMILIES:
            found = family.find(text) or (family.flags and family.flags(text))
            if found and not met & plan._BITS[family.find]:
                yield family.find.__module__, found, text


def test_the_gate_keeps_no_observed_damage_out():
    assert list(kept_out(OBSERVED)) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_the_gate_keeps_no_damage_out(family):
    assert list(kept_out(bad for text in SENTENCES if (bad := corrupt(text, family, 1)))) == []

import json
from pathlib import Path

import pytest

from etl.repair import apply, repair

CASES = Path(__file__).parent.parent / "cases"


def _cases():
    for file in sorted(CASES.glob("repair_*.json")):
        for case in json.loads(file.read_text("utf-8")):
            marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            yield pytest.param(case, id=f"{file.stem[7:]}: {case['label']}", marks=marks)


@pytest.mark.parametrize("case", _cases())
def test_case(case):
    repaired = repair(case["original"])
    assert repaired.text == case["fixed"]
    assert repaired.lost == case.get("lost", 0)
    assert list(repaired.flags) == case.get("flags", [])
    assert apply(repaired.steps, case["original"]) == repaired.text
    if "simplified" in case:
        assert repaired.simplified == case["simplified"]


def test_labels_are_unique_and_every_case_says_why_or_is_observed():
    labels = [case.values[0]["label"] for case in _cases()]
    assert len(labels) == len(set(labels))


def test_a_case_that_is_fixed_stays_fixed():
    for case in _cases():
        fixed = case.values[0]["fixed"]
        if "xfail" not in case.values[0]:
            assert repair(fixed).text == fixed

"""Each misbehaviour ends as it must, in time, and nothing but public addresses is ever dialled."""

from __future__ import annotations

import pytest
from fault_cases import CASES, LANDED, Case
from fault_server import DAY, HOST, LIMITS, PATIENT, PUBLIC, client, serving

from etl.capture.fetch import fetch, refusal
from etl.records import Capture, Link


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_misbehaviour_ends_as_it_must(case: Case):
    dialled: list[tuple[str, int]] = []
    limits = LIMITS if case.hangs else PATIENT
    with serving({"/page": case.serve, **case.routes}) as server, client(server, dialled, limits) as http:
        found = fetch(Link("here", DAY, f"http://{HOST}/page", "list"), http)
    if case.outcome == LANDED:
        assert isinstance(found, Capture), found
        assert (found.refused, found.body) == (None, case.body)
    else:
        if isinstance(found, Capture):  # an answer that is no page lands with its body
            assert found.refused
            assert found.body
            found = refusal(found)
        assert (found.stage, found.reason) == ("fetch", case.outcome), found
        assert found.detail
        assert found.url == f"http://{HOST}/page"
    assert {address for address, _ in dialled} <= {PUBLIC}


def test_there_are_enough_cases_and_none_twice():
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) >= 40

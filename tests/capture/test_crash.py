"""Capture killed at any moment: a rerun completes it, and nothing is lost or doubled."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from etl import stages
from etl.capture import landing
from etl.dataset import read

KILLS = 30
PAGES = 12
CLOCK = partial(datetime, 2026, 3, 12, 4, tzinfo=UTC)


@pytest.fixture
def day(site, settings, defined):
    """Settings for a source whose day has `PAGES` articles."""
    rows = "".join(f"<li><a href='/{n}.html'>会议</a> 2026-03-02</li>" for n in range(PAGES))
    site.routes["/list.html"] = f"<ul>{rows}</ul>".encode()
    site.routes |= {f"/{n}.html": f"<p>第{n}篇</p>".encode() * 500 for n in range(PAGES)}
    return replace(settings, sources=defined(delay=0.002))


def start(site, settings):
    """Start a capture in another process and return it once it has asked for its first page."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["etl.stages", "pandas"])
    asked = len(site.asked)
    options = {"settings": settings, "clock": CLOCK}
    process = context.Process(target=stages.capture_day, args=("here", site.day), kwargs=options)
    process.start()
    while len(site.asked) == asked and process.is_alive():
        time.sleep(0.001)
    return process


def test_a_kill_at_any_moment_loses_and_doubles_nothing(day, site, tmp_path):
    chance = random.Random(20260302)
    process = start(site, replace(day, data=str(tmp_path / "whole")))
    began = time.monotonic()
    process.join()
    whole = time.monotonic() - began
    ends: Counter[str] = Counter()
    for number in range(KILLS):
        here = replace(day, data=str(tmp_path / f"data-{number}"))
        process = start(site, here)
        process.join(chance.uniform(0.0, 1.3) * whole)
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        ends["killed" if process.exitcode else "done"] += 1
        stages.capture_day("here", site.day, settings=here, clock=CLOCK)
        landed = [capture.url for capture in landing.replay(here, "here", site.day)]
        assert sorted(landed) == sorted(site.url(f"/{n}.html") for n in range(PAGES))
        assert list(landing.verify(here, "here", site.day)) == []
        assert sorted(read(here.data, "captures")["url"]) == sorted(landed)
        assert not list(Path(here.data).rglob("*.partial"))
    assert ends["killed"] > 0

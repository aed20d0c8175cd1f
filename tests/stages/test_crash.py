"""An import killed at any moment: a rerun completes it, nothing is lost or doubled, finished work is kept."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psutil
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl import stages
from etl.dataset import read
from etl.settings import Settings

KILLS = 30
ARCHIVES = 3
PAGES = 6
CLOCK = partial(datetime, 2026, 3, 9, tzinfo=UTC)
PAGE = """<html><body><h1>第{number}次春耕工作会议召开</h1><p>发布时间：2026-03-0{day} 09:30</p>
<div class="TRS_Editor"><p>3月{day}日，市长田禾主持召开第{number}次春耕工作会议并讲话。</p>
<p>会议强调，一要抓好备耕物资供应，确保种子化肥到村到户。二要抓好农田水利建设。</p></div></body></html>"""


@pytest.fixture
def inputs(tmp_path) -> Path:
    """A folder with archives and saved pages, `ARCHIVES + 1` shards."""
    folder = tmp_path / "in"
    folder.mkdir()
    for archive in range(ARCHIVES):
        with (folder / f"{archive}.warc.gz").open("wb") as stream:
            writer = WARCWriter(stream, gzip=True)
            for number in range(archive * PAGES, (archive + 1) * PAGES):
                writer.write_record(record(writer, number))
    for number in range(100, 100 + PAGES):
        path = folder / f"{number}.html"
        path.write_text(PAGE.format(number=number, day=number % 5 + 1), encoding="utf-8")
        os.utime(path, (1_773_000_000, 1_773_000_000))
    return folder


def record(writer, number):
    from io import BytesIO

    return writer.create_warc_record(
        f"https://news.example/{number}.html",
        "response",
        payload=BytesIO(PAGE.format(number=number, day=number % 5 + 1).encode()),
        http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": "2026-03-08T00:00:00Z"},
    )


def files(data: Path) -> dict[str, str]:
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file()
    }


def start(inputs: Path, data: Path, workers: int):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["etl.stages", "etl.pipeline", "pandas"])
    options = {"settings": Settings(data=str(data)), "clock": CLOCK, "workers": workers}
    process = context.Process(target=stages.import_paths, args=([inputs],), kwargs=options)
    process.start()
    return process


def test_a_kill_at_any_moment_loses_and_doubles_nothing(inputs, tmp_path, etl):
    chance = random.Random(20260309)
    for data in (tmp_path / "warm", tmp_path / "whole"):
        began = time.monotonic()
        start(inputs, data, workers=1).join()
        seconds = time.monotonic() - began
    whole = files(tmp_path / "whole")
    assert len(whole) > 40
    ends: Counter[str] = Counter()
    for number in range(KILLS):
        data = tmp_path / f"data-{number}"
        began = time.monotonic()
        process = start(inputs, data, workers=1)
        process.join(chance.uniform(0.05, 1.1) * seconds)
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        else:  # the machine has become faster
            seconds = min(seconds, time.monotonic() - began)
        process.join()
        ends["killed" if process.exitcode else "done"] += 1
        stages.import_paths([inputs], settings=Settings(data=str(data)), clock=CLOCK)
        assert files(data) == whole
        code, out, _ = etl("verify", "--data", data)
        assert (code, out) == (0, f"0 source-days, {ARCHIVES + 1} imports, 0 faults\n")
    articles = read(str(data), "articles")
    assert (len(articles), articles["article_id"].is_unique) == ((ARCHIVES + 1) * PAGES, True)
    assert ends["killed"] > KILLS // 2


def test_finished_shards_are_kept_and_what_is_not_whole_is_done_again(inputs, tmp_path, etl):
    data = tmp_path / "data"
    settings = Settings(data=str(data))
    first = stages.import_paths([inputs], settings=settings, clock=CLOCK)
    assert [report.changed for report in first] == [True] * 4
    whole = files(data)
    counted: Counter[int] = Counter()
    again = stages.import_paths([inputs], settings=settings, clock=CLOCK, tell=lambda n: counted.update([n]))
    assert [report.changed for report in again] == [False] * 4
    assert not counted
    assert [(one.taken, one.tables, one.digest) for one in again] == [
        (one.taken, one.tables, one.digest) for one in first
    ]
    victim = sorted(data.glob("articles/**/*.parquet"))[0]
    victim.unlink()
    code, out, _ = etl("verify", "--data", data)
    assert code == 3
    assert "an import into files is not finished, or changed since; run it again" in out
    stages.import_paths([inputs], settings=settings, clock=CLOCK, tell=lambda n: counted.update([n]))
    assert counted == {1: PAGES}
    assert files(data) == whole


def children(parent: int) -> list[int]:
    return [child.pid for child in psutil.Process(parent).children()]


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody waits for does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_workers_give_the_same_bytes_and_end_with_a_killed_parent(inputs, tmp_path):
    start(inputs, tmp_path / "one", workers=1).join()
    start(inputs, tmp_path / "two", workers=2).join()
    assert files(tmp_path / "one") == files(tmp_path / "two")
    process = start(inputs, tmp_path / "killed", workers=2)
    until = time.monotonic() + 120
    while len(pids := children(process.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    while any(lives(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert [pid for pid in pids if lives(pid)] == []
    stages.import_paths([inputs], settings=Settings(data=str(tmp_path / "killed")), clock=CLOCK)
    assert files(tmp_path / "killed") == files(tmp_path / "one")

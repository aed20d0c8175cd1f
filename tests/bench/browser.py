"""The record browser over a million meeting reports: server time of each page, and memory.

The store is made once below var/bench (`ETL_BENCH_MEETINGS`: how many reports). The pages are asked of
`etl browse` one after another over loopback, so that the times hold the whole answer.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import requests
from tests.bench import _million

BENCH = Path(__file__).parents[2] / "var" / "bench"
TARGETS = {"overview, warm": 300, "report": 150, "rejects": 300}
"""Milliseconds that 95 of 100 answers stay below."""

MEMORY = 500
"""MiB that the server and the process that draws its charts stay below together."""


def main() -> None:
    meetings = int(os.environ.get("ETL_BENCH_MEETINGS", "1000000"))
    root, cache = _store(meetings), BENCH / f"cache-{meetings}"
    shutil.rmtree(cache, ignore_errors=True)
    load = os.getloadavg()[0]
    with _browse(root, cache) as (address, process):
        started = time.monotonic()
        while "http-equiv" in _get(f"{address}/rejects").text:
            time.sleep(1)
        print(f"index: made in {time.monotonic() - started:.0f} s, {_size(cache):.0f} MiB, load {load:.1f}")
        print(f"memory while it was made: {_peak(process)} (target {MEMORY})")
    with _browse(root, cache) as (address, process):
        _get(address)
        for name, paths in _pages(address).items():
            _row(name, address, paths)
        print(f"memory while serving: {_peak(process)} (target {MEMORY})")


def _store(meetings: int) -> Path:
    root = BENCH / f"meetings-{meetings}"
    done = root / ".done"
    if not done.exists():
        shutil.rmtree(root, ignore_errors=True)
        _million.write(root, meetings)
        done.touch()
    return root


@contextmanager
def _browse(root: Path, cache: Path):
    command = [
        Path(sys.executable).with_name("etl"),
        "browse",
        "--data",
        root,
        "--cache",
        cache,
        "--port",
        "0",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())[0], process
    finally:
        process.terminate()
        process.wait(30)


def _pages(address: str) -> dict[str, list[str]]:
    """Return what is asked of each page: several addresses, so that no single answer is measured."""
    drawn = random.Random(1)
    listed = _get(f"{address}/meetings").text
    cursors, reports = [], re.findall(r'href="(/report/[^"]+)"', listed)
    for _ in range(20):
        following = re.search(r'rel="next" href="([^"]+)"', listed)[1].replace("&amp;", "&")
        cursors.append(following)
        listed = _get(address + following).text
        reports += re.findall(r'href="(/report/[^"]+)"', listed)
    last = re.search(r'rel="next" href="([^"]+)"', listed)[1].replace("&amp;", "&")
    names = re.findall(r'/person\?name=([^"&]+)', "".join(_get(address + path).text for path in reports[:20]))
    people = [f"/person?name={name}" for name in names]
    days = [f"/?since=2025-{month:02d}-01&until=2025-{month:02d}-28" for month in range(1, 11)]
    words = [quote(word) for word in ("春耕", "安全生产", "调度会", "压实责任", "王", "信访")]
    reports = [path.replace("&amp;", "&") for path in reports]
    return {
        "overview, first": ["/?source=paper-03"],
        "overview, warm": ["/"] * 60,
        "overview, one month": days,
        "overview, everything": ["/?since=2024-07-01&until=2026-01-01"] * 20,
        "meetings": ["/meetings"] * 20
        + ["/meetings?source=paper-03", "/meetings?kind=meeting&level=市"] * 10,
        "meetings, further": [*cursors, last],
        "meetings, sorted": [f"/meetings?sort={sort}" for sort in ("name", "people", "directives", "source")]
        * 5,
        "meetings, person": [f"/meetings?person={name}" for name in names[:20]],
        "meetings, text": [f"/meetings?text={word}" for word in words] * 3,
        "report": drawn.sample(reports, min(len(reports), 200)),
        "person": drawn.sample(people, min(len(people), 30)),
        "rejects": ["/rejects"] * 20,
    }


def _row(name: str, address: str, paths: list[str]) -> None:
    times = sorted(1000 * _get(address + path).elapsed.total_seconds() for path in paths)
    p50, p95 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
    target = f" (target {TARGETS[name]})" if name in TARGETS else ""
    print(f"{name:<22} p50 {p50:6.0f} ms   p95 {p95:6.0f} ms   {len(times)} requests{target}", flush=True)


def _get(address: str) -> requests.Response:
    answer = requests.get(address, timeout=120)
    answer.raise_for_status()
    return answer


def _peak(process: subprocess.Popen) -> str:
    """Return the most memory that the server and the process that draws its charts ever held (Linux)."""
    peaks = []
    for pid in (process.pid, *_children(process.pid)):
        status = Path(f"/proc/{pid}/status").read_text()
        peaks.append(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024)
    return f"{sum(peaks)} MiB at most, server {peaks[0]} and chart process {sum(peaks[1:])}"


def _children(pid: int) -> list[str]:
    """Return the processes that the threads of a process started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [child for task in tasks for child in task.read_text().split()]


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 2**20


if __name__ == "__main__":
    main()

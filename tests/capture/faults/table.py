"""Prints the fault table (case, outcome, seconds, peak MB); ends with 1 if a case ends as it must not."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from fault_cases import CASES, LANDED
from fault_server import DAY, HOST, PUBLIC, client, serving

from etl.capture.fetch import fetch
from etl.records import Capture, Link

MAX_SECONDS = 5.0
MAX_MEGABYTES = 300


def reset_peak() -> None:
    """Make the kernel count the peak memory of this process anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_megabytes() -> int:
    """Return the peak of the resident memory since `reset_peak`."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def main() -> int:
    """Run every case; return the number of those that did not end as they must."""
    wrong = 0
    print(f"{'case':52} {'must':20} {'is':20} {'s':>5} {'MB':>5}")
    for case in CASES:
        dialled: list[tuple[str, int]] = []
        reset_peak()
        began = time.monotonic()
        with serving({"/page": case.serve, **case.routes}) as server, client(server, dialled) as http:
            found = fetch(Link("here", DAY, f"http://{HOST}/page", "list"), http)
        seconds, peak = time.monotonic() - began, peak_megabytes()
        outcome = (found.refused or LANDED) if isinstance(found, Capture) else found.reason
        sound = (
            outcome == case.outcome
            and seconds < MAX_SECONDS
            and peak < MAX_MEGABYTES
            and {address for address, _ in dialled} <= {PUBLIC}
        )
        wrong += not sound
        mark = "" if sound else "  <-- wrong"
        print(f"{case.name:52} {case.outcome:20} {outcome:20} {seconds:5.2f} {peak:5}{mark}")
    print(f"{len(CASES)} cases, {wrong} wrong")
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main() else 0)

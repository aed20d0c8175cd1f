"""Sessions of processes: a component of Airflow and everything that it has started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

import psutil

STOP_SECONDS = 20


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a session, and the session: TERM to its group, after 20 s KILL to all.

    A TERM to the parent alone orphans its children (observed). Airflow puts each task into a process group of
    its own, and one whose supervisor was killed spins for ever (observed): hence the session.
    """
    process.poll()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _living(process.pid, os.getpgid) and time.monotonic() < deadline:
        time.sleep(0.1)
    deadline = time.monotonic() + 5
    while (left := _living(process.pid, os.getsid)) and time.monotonic() < deadline:
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
    process.wait()


def _living(leader: int, led_by: Callable[[int], int]) -> list[int]:
    """Return the processes that `leader` leads or led, without those that have only to be waited for."""
    found = []
    for pid in psutil.pids():
        with suppress(OSError, psutil.Error):
            if led_by(pid) == leader and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.append(pid)
    return found

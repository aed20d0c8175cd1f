"""Process groups: a component of Airflow and everything that it has started."""

from __future__ import annotations

import os
import signal
import subprocess
import time

STOP_SECONDS = 20


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the process group: TERM, then KILL what is left after 20 s.

    A TERM to the parent alone orphans its children (observed), hence the group.
    """
    for sig, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 5)):
        if not _alive(process.pid):
            break
        os.killpg(process.pid, sig)
        deadline = time.monotonic() + seconds
        while _alive(process.pid) and time.monotonic() < deadline:
            process.poll()
            time.sleep(0.1)
    process.wait()


def _alive(pgid: int) -> bool:
    try:
        os.killpg(pgid, 0)
    except ProcessLookupError:
        return False
    return True

"""The process that draws charts: started when the first is asked for, started again where it died."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

WORKER = Path(__file__).with_name("worker.py")
"""Run as a file, not as a module: it needs nothing of its package, which costs time and memory."""

SECONDS = 20.0
"""A chart that takes longer is given up, and the process with it."""

_lock = threading.Lock()
_process: subprocess.Popen[str] | None = None


def draw(spec: str) -> str | None:
    """Return the SVG of a Vega-Lite specification (JSON on one line), None where it can't be drawn."""
    with _lock:
        for _ in range(2):  # the first try may meet a process that died since the last chart
            process = _started()
            timer = threading.Timer(SECONDS, process.kill)
            timer.start()
            try:
                assert process.stdin
                assert process.stdout
                process.stdin.write(spec + "\n")
                process.stdin.flush()
                if line := process.stdout.readline():
                    made: str | None = json.loads(line)
                    return made
            except OSError:
                pass
            finally:
                timer.cancel()
            process.kill()
            process.wait()
    return None


def _started() -> subprocess.Popen[str]:
    global _process
    if _process is None or _process.poll() is not None:
        _process = subprocess.Popen(
            [sys.executable, "-P", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
    return _process

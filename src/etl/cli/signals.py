"""What the long-running commands do on a TERM."""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn


def end_on_terminate() -> None:
    """Let a TERM unwind the stack as Ctrl-C does, so that everything that was started is stopped."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_signum: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt

"""What one request may cost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

SECONDS = 10.0
"""A page's queries are stopped after this time."""

DOWNLOAD_SECONDS = 300.0

MEMORY = "160MB"
"""Memory that the queries of all requests together may use."""


class TooMuchError(Exception):
    """A request went over its limit of time or memory; the message is for the person who asked."""


@contextmanager
def limited(cursor: duckdb.DuckDBPyConnection, seconds: float = SECONDS) -> Iterator[None]:
    """Stop what `cursor` does after `seconds`; raise `TooMuchError` then, and where memory ends."""
    timer = threading.Timer(seconds, cursor.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException:
        raise TooMuchError(f"stopped after {seconds:g} s: choose fewer days or a longer text") from None
    except duckdb.OutOfMemoryException:
        raise TooMuchError(f"needs more than {MEMORY} of memory: choose fewer days") from None
    finally:
        timer.cancel()

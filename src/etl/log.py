"""Log lines that machines read: an event and its fields as `name=value` (logfmt), one line each.

Airflow 3.3 drops the `extra` of log records, so the fields stand in the message.
"""

from __future__ import annotations

import json
import logging
import re

logger = logging.getLogger("etl")

_PLAIN = re.compile(r"[^\s\"=]+")


def line(event: str, **fields: object) -> str:
    """Return the event with its fields in the order given; those that are None or "" are left out."""
    shown = ((name, str(value)) for name, value in fields.items() if value not in (None, ""))
    return " ".join([event, *(f"{name}={_quoted(value)}" for name, value in shown)])


def info(event: str, **fields: object) -> None:
    """Log an event at level INFO: Airflow's task logs show it, the command line does not."""
    if logger.isEnabledFor(logging.INFO):
        logger.info("%s", line(event, **fields))


def _quoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)

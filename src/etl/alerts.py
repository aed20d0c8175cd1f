"""What happens when a source-day is late: Airflow's triggerer calls this when a run misses its deadline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl import log


async def late(hours: float, context: Mapping[str, Any] | None = None) -> None:
    """Log a warning that names the run which was not done `hours` after it was queued.

    Runs of a backfill wait for their turn, so they are late on purpose and are passed over. Airflow's home
    page lists missed deadlines of either kind.
    """
    run = dict((context or {}).get("dag_run") or {})
    if run.get("run_type") == "backfill":
        return
    fields = {
        "dag": run.get("dag_id"),
        "day": run.get("partition_key") or run.get("logical_date"),
        "run": run.get("dag_run_id") or run.get("run_id"),
        "state": run.get("state"),
    }
    log.logger.warning("%s", log.line("late", hours=hours, **fields))

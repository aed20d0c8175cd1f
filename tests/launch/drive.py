"""Driving a real Airflow as a person does, and waiting for what follows."""

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

import psutil

from etl.launch.api import Api

SECONDS = 240


def digests(data: Path, pattern: str = "*", but: tuple[str, ...] = ("runs",)) -> dict[str, str]:
    """SHA-256 of the Parquet files by path, without those of tables in `but` (they hold clock times)."""
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.glob(f"*/{pattern}/**/*.parquet"))
        if path.relative_to(data).parts[0] not in but
    }


def session(leader: int) -> set[int]:
    """The ids of the living processes of the session that a component leads, or led."""
    found = set()
    for process in psutil.process_iter():
        with suppress(ProcessLookupError, psutil.NoSuchProcess):
            if os.getsid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                found.add(process.pid)
    return found


def groups(processes: set[int]) -> set[int]:
    """The ids of the process groups that these processes are in."""
    found = set()
    for pid in processes:
        with suppress(ProcessLookupError):
            found.add(os.getpgid(pid))
    return found


def run_ids(api: Api, dag_id: str) -> set[str]:
    """The ids of a DAG's runs."""
    return {run["dag_run_id"] for run in api.runs(dag_id)}


def new_runs(api: Api, dag_id: str, before: set[str]) -> list[dict]:
    """The runs of a DAG that are not in `before`."""
    return [run for run in api.runs(dag_id) if run["dag_run_id"] not in before]


def wait_for(api: Api, dag_id: str, keys: set[str], before: set[str] = frozenset(), state: str = "success"):
    """Wait until a DAG has a new run in `state` for each key; return the new runs."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        new = new_runs(api, dag_id, before)
        if {run["partition_key"] for run in new if run["state"] == state} >= keys:
            return new
        time.sleep(0.5)
    states = [(run["partition_key"], run["state"]) for run in new]
    raise AssertionError(f"{dag_id}: no new run {state} for each of {sorted(keys)} in {SECONDS} s: {states}")


def wait_until_idle(api: Api, *dag_ids: str) -> None:
    """Wait until no run of these DAGs is queued or running."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        states = {run["state"] for dag_id in dag_ids for run in api.runs(dag_id)}
        if not states & {"queued", "running"}:
            return
        time.sleep(0.5)
    raise AssertionError(f"{', '.join(dag_ids)} are not idle after {SECONDS} s")


def close(api: Api, backfill: int) -> None:
    """Close a backfill whose runs are done; Airflow does it within 30 s, and refuses another before.

    Asked again until it is closed: SQLite may be locked when Airflow is asked (500).
    """
    path = f"backfills/{backfill}"
    deadline = time.monotonic() + SECONDS
    while api.call("GET", path)["completed_at"] is None:
        assert time.monotonic() < deadline, f"backfill {backfill} is still open after {SECONDS} s"
        api.session.put(f"{api.embedded.url}/api/v2/{path}/cancel", timeout=60)
        time.sleep(0.5)

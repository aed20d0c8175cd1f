"""Driving a real Airflow as a person does, and waiting for what follows."""

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from etl.errors import UnavailableError
from etl.launch.api import Api

SECONDS = 600
"""How long anything may take that a test waits for: a machine may be slow and busy."""


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


def wait_until(done: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait until `done()` is true."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"not after {seconds} s"
        time.sleep(0.05)


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


def wait_until_merged(api: Api, *writers: str) -> None:
    """Wait until all that these DAGs wrote is merged: a merge began after the last of them, and ended.

    An event that Airflow has yet to make a run of is seen nowhere; when tasks began and ended is.
    """
    deadline = time.monotonic() + SECONDS
    while True:
        written = [task for dag_id in writers for task in tasks(api, dag_id)]
        merges = tasks(api, "merge")
        ended = max((task["end_date"] or "9" for task in written), default="")
        began = max((task["start_date"] or "" for task in merges), default="")
        if began >= ended and all(task["state"] == "success" for task in merges):
            return
        assert time.monotonic() < deadline, f"written until {ended}, last merge at {began}"
        time.sleep(0.5)


def tasks(api: Api, dag_id: str) -> list[dict]:
    """The tasks of all runs of a DAG, without those that were not to run."""
    found = api.every(f"dags/{dag_id}/dagRuns/~/taskInstances", "task_instances", order_by="run_after")
    return [task for task in found if task["state"] != "skipped"]


def close(api: Api, backfill: int) -> None:
    """Close a backfill whose runs are done; Airflow does it within 30 s, and refuses another before."""
    if api.call("GET", f"backfills/{backfill}")["completed_at"] is None:
        with suppress(UnavailableError):  # Airflow was faster
            api.call("PUT", f"backfills/{backfill}/cancel")
    assert api.call("GET", f"backfills/{backfill}")["completed_at"]

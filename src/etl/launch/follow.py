"""Follow the runs of some DAGs until all are done."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping

from etl.errors import UnavailableError
from etl.launch.api import Api
from etl.launch.embedded import health

POLL_SECONDS = 1.0


def wait_for_partitions(
    api: Api,
    expected: Mapping[str, set[str]],
    tell: Callable[[dict[str, int]], None],
    *,
    seconds: float = 900,
) -> None:
    """Wait until each DAG of `expected` has a successful run for each of its partition keys.

    `tell` hears, every second, DAG id to number of keys done. Raises UnavailableError where a run failed for
    good, a component of Airflow died, or `seconds` passed.
    """
    deadline = time.monotonic() + seconds
    while True:
        states = {dag_id: _latest_states(api, dag_id) for dag_id in expected}
        done = {dag_id: _done(states[dag_id], keys) for dag_id, keys in expected.items()}
        tell(done)
        if all(done[dag_id] == len(keys) for dag_id, keys in expected.items()):
            return
        _raise_on_failure(states)
        _raise_on_dead_component(api)
        if time.monotonic() > deadline:
            counts = {dag_id: dict(Counter(found.values())) for dag_id, found in states.items()}
            raise UnavailableError(f"the runs were not done after {seconds:.0f} s: {counts}")
        time.sleep(POLL_SECONDS)


def _latest_states(api: Api, dag_id: str) -> dict[str, str]:
    """Return partition key to the state of its newest run."""
    newest_last = sorted(api.runs(dag_id), key=lambda run: run["queued_at"] or "")
    return {run["partition_key"]: run["state"] for run in newest_last}


def _done(states: Mapping[str, str], keys: set[str]) -> int:
    return sum(states.get(key) == "success" for key in keys)


def _raise_on_failure(states: Mapping[str, Mapping[str, str]]) -> None:
    failed = [
        f"{dag_id} {key}" for dag_id, of in states.items() for key, state in of.items() if state == "failed"
    ]
    if failed:
        raise UnavailableError(f"these runs failed: {', '.join(failed)}; the UI and the logs folder say why.")


def _raise_on_dead_component(api: Api) -> None:
    dead = [name for name, status in health(api.embedded).items() if status != "healthy"]
    if "metadatabase" in dead:
        raise UnavailableError(f"Airflow lost its {', '.join(dead)}; {api.embedded.home}/logs says why.")

"""Start and stop `airflow standalone` as one process group, so that nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from etl.errors import UnavailableError
from etl.launch.environment import Embedded, variables

COMPONENTS = ("metadatabase", "scheduler", "triggerer", "dag_processor")
START_SECONDS = 120
STOP_SECONDS = 20


@contextmanager
def running(
    embedded: Embedded, *, tell: Callable[[str], None] = lambda _: None
) -> Iterator[subprocess.Popen[bytes]]:
    """Migrate the database, start Airflow, wait until every component is healthy; stop all of it in the end.

    `tell` hears one short line for each thing that is waited for. Raises UnavailableError, naming the log,
    where Airflow does not come up.
    """
    embedded.home.mkdir(parents=True, exist_ok=True)
    env, log = variables(embedded), embedded.home / "standalone.log"
    tell("migrating the database")
    _migrate(env, log)
    tell("starting the scheduler, the API and the UI")
    with log.open("ab") as out:
        process = subprocess.Popen(
            ["airflow", "standalone"],
            env=env,
            cwd=embedded.root,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_healthy(embedded, process, log)
        yield process
    finally:
        stop(process)


def health(embedded: Embedded) -> dict[str, str]:
    """Return component name to status (`healthy`, `unhealthy` or `unreachable`).

    The API answers 200 while the scheduler is dead, so only the statuses count.
    """
    try:
        answer = requests.get(f"{embedded.url}/api/v2/monitor/health", timeout=5).json()
    except (requests.RequestException, ValueError):
        return dict.fromkeys(COMPONENTS, "unreachable")
    return {name: (answer.get(name) or {}).get("status") or "unhealthy" for name in COMPONENTS}


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the process group: TERM, then KILL what is left after 20 s.

    A TERM to the parent alone orphans its children (observed), hence the group.
    """
    for sig, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 5)):
        if not _group_alive(process.pid):
            break
        os.killpg(process.pid, sig)
        deadline = time.monotonic() + seconds
        while _group_alive(process.pid) and time.monotonic() < deadline:
            process.poll()
            time.sleep(0.1)
    process.wait()


def _group_alive(pgid: int) -> bool:
    try:
        os.killpg(pgid, 0)
    except ProcessLookupError:
        return False
    return True


def _migrate(env: dict[str, str], log: Path) -> None:
    with log.open("ab") as out:
        code = subprocess.call(["airflow", "db", "migrate"], env=env, stdout=out, stderr=subprocess.STDOUT)
    if code:
        raise UnavailableError(f"Airflow could not prepare its database; {log} says why.")


def _wait_healthy(embedded: Embedded, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise UnavailableError(f"Airflow ended while starting; {log} says why.")
        if set(health(embedded).values()) == {"healthy"}:
            return
        time.sleep(0.5)
    statuses = ", ".join(f"{name} {status}" for name, status in health(embedded).items())
    raise UnavailableError(f"Airflow was not healthy after {START_SECONDS} s ({statuses}); {log} says why.")

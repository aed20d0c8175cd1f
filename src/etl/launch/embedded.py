"""Airflow on one machine: its four components, each in a session of its own, restarted when they die.

`airflow standalone` does not start again what died (observed), and its log servers listen on every interface.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests

from etl.errors import UnavailableError
from etl.launch.environment import Embedded, variables
from etl.launch.session import stop
from etl.launch.stack import runner
from etl.launch.stack.native import Process

STATUSES = ("metadatabase", "scheduler", "triggerer", "dag_processor")
COMMANDS = {
    # The log servers are for other machines; here the UI finds the logs on the disk.
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "triggerer": ("triggerer", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "api-server": ("api-server",),
}
"""Component to the words that start it."""

START_SECONDS = 180
HANG_SECONDS = 90.0
"""How long a living component may be unhealthy before it is started again; a loaded machine is slow."""

MAX_DEATHS = 3
"""How often a component may die while Airflow starts, before it is given up."""

Tell = Callable[[str], None]


@contextmanager
def running(embedded: Embedded, *, tell: Tell = lambda _: None) -> Iterator[dict[str, runner.Tended]]:
    """Migrate the database, start Airflow, wait until every component is healthy; stop all of it in the end.

    Yields the components by name; one that dies is started again. `tell` hears one line for each thing that
    is waited for or started again. Raises UnavailableError, naming the log, where Airflow does not come up.
    """
    logs = embedded.home / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    env = variables(embedded)
    tell("migrating the database")
    _migrate(env, logs / "migrate.log")
    tell("starting the scheduler, the API and the UI")
    specs = [_process(name, words, embedded, env, logs) for name, words in COMMANDS.items()]
    with runner.running(specs, tell=tell) as components:
        _wait_healthy(embedded, components)
        yield components


def health(embedded: Embedded) -> dict[str, str]:
    """Return component name to status (`healthy`, `unhealthy` or `unreachable`).

    The API answers 200 while the scheduler is dead, so only the statuses count.
    """
    try:
        with requests.Session() as session:
            session.trust_env = False  # no proxy stands before loopback
            answer = session.get(f"{embedded.url}/api/v2/monitor/health", timeout=15).json()
    except (requests.RequestException, ValueError):
        return dict.fromkeys(STATUSES, "unreachable")
    return {name: (answer.get(name) or {}).get("status") or "unhealthy" for name in STATUSES}


def tend(embedded: Embedded, components: Mapping[str, runner.Tended], tell: Tell) -> None:
    """Watch the statuses for ever, and end a component that lives but is not healthy: the runner starts it.

    A hung scheduler answers no signal of its own; while the API is unreachable, the others are not judged.
    """
    since: dict[str, float] = {}
    while True:
        now = time.monotonic()
        for name, status in health(embedded).items():
            if status != "unhealthy" or name == "metadatabase":
                since.pop(name, None)
            elif now - since.setdefault(name, now) > HANG_SECONDS:
                one = components[name.replace("_", "-")]
                tell(f"{one.spec.name} has not been healthy for {HANG_SECONDS:.0f} s and is started again")
                since.pop(name)
                if one.popen is not None:
                    stop(one.popen)
        time.sleep(5)


def _process(
    name: str, words: tuple[str, ...], embedded: Embedded, env: Mapping[str, str], logs: Path
) -> Process:
    return Process(
        name=name,
        service=name,
        argv=("airflow", *words),
        environment=env,
        folder=embedded.root,
        log=logs / f"{name}.log",
        user=None,
        health=None,
        depends_on={},
        port=embedded.port,
        restart="always",
    )


def _migrate(env: dict[str, str], log: Path) -> None:
    with log.open("ab") as out:
        code = subprocess.call(["airflow", "db", "migrate"], env=env, stdout=out, stderr=subprocess.STDOUT)
    if code:
        raise UnavailableError(f"Airflow could not prepare its database; {log} says why.")


def _wait_healthy(embedded: Embedded, components: Mapping[str, runner.Tended]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if set(health(embedded).values()) == {"healthy"}:
            return
        for one in components.values():
            if one.restarts >= MAX_DEATHS:
                raise UnavailableError(f"Airflow's {one.spec.name} ends at once; {one.spec.log} says why.")
        time.sleep(0.5)
    statuses = ", ".join(f"{name} {status}" for name, status in health(embedded).items())
    logs = embedded.home / "logs"
    raise UnavailableError(f"Airflow was not healthy after {START_SECONDS} s ({statuses}); see {logs}.")

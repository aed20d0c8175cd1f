"""The environment of an embedded Airflow: SQLite, local executor, loopback only, all below one folder."""

from __future__ import annotations

import os
import random
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from etl.errors import UsageError

PARALLELISM = 8
"""More parallel tasks than this lock SQLite (seen: 32 kill the scheduler under 50 mapped tasks)."""

REPORTING = ("AIRFLOW__METRICS__", "AIRFLOW__OPENLINEAGE__")
"""Sections of Airflow's settings that say where metrics and lineage go."""

_PORTS = iter(random.sample(range(20_000, 32_768), 12_768))


@dataclass(frozen=True, slots=True)
class Embedded:
    """One embedded Airflow: `root` holds dags/, `home` its database and logs, `data` what it writes."""

    root: Path
    home: Path
    data: str
    port: int
    sample_site: str

    @property
    def url(self) -> str:
        """Return the address of the UI and the REST API."""
        return f"http://127.0.0.1:{self.port}"


def checkout() -> Path:
    """Return the folder that holds `dags/` and `plugins/`: ETL_HOME, or the checkout this package lies in.

    Raises UsageError where there is no `dags/` folder.
    """
    root = Path(os.environ.get("ETL_HOME") or Path(__file__).parents[3]).resolve()
    if not (root / "dags").is_dir():
        raise UsageError(
            f"{root} has no dags/ folder: run this in a checkout of huiyi-etl, or set ETL_HOME to one."
        )
    return root


def free_port() -> int:
    """Return a TCP port that is free on loopback at this moment, another one at each call.

    It lies below those that systems hand to clients (Linux: from 32768), so that no connection of anybody
    takes it until it is used. Raises OSError where none is left.
    """
    for port in _PORTS:
        with socket.socket() as sock, suppress(OSError):
            sock.bind(("127.0.0.1", port))
            return port
    raise OSError("no TCP port from 20000 to 32767 is free on loopback")


def _replaced(name: str) -> bool:
    """Return whether a variable is of another Airflow, and not one of those that say where it reports to."""
    return name.startswith("AIRFLOW__") and not name.startswith(REPORTING)


def _unproxied() -> str:
    """Return the hosts that a person's environment wants to reach without the proxy."""
    return os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""


def variables(embedded: Embedded) -> dict[str, str]:
    """Return the process environment for every component of `embedded`.

    The API address has to be told twice: tasks otherwise call port 8080 whatever `api.port` says.
    """
    airflow = {
        "CORE__DAGS_FOLDER": str(embedded.root / "dags"),
        "CORE__PLUGINS_FOLDER": str(embedded.root / "plugins"),
        "CORE__LOAD_EXAMPLES": "False",
        "CORE__EXECUTOR": "LocalExecutor",
        "CORE__PARALLELISM": str(PARALLELISM),
        "CORE__MAX_ACTIVE_TASKS_PER_DAG": str(PARALLELISM),
        "DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{embedded.home / 'airflow.db'}",
        "API__HOST": "127.0.0.1",
        "API__PORT": str(embedded.port),
        "API__BASE_URL": embedded.url,
        "API__WORKERS": "1",
        # Tasks whose scheduler was killed are tried again after a minute, not after five.
        "SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "60",
        "DAG_PROCESSOR__REFRESH_INTERVAL": "30",
        "USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    env = {name: value for name, value in os.environ.items() if not _replaced(name)}
    env |= {f"AIRFLOW__{name}": value for name, value in airflow.items()}
    env["AIRFLOW_HOME"] = str(embedded.home)
    env["ETL_DATA"] = embedded.data
    env.setdefault("ETL_CACHE", str(embedded.home / "cache"))
    env["ETL_SAMPLE_SITE"] = embedded.sample_site
    # Tasks call the API, and captures the sample site, past any proxy.
    env["NO_PROXY"] = env["no_proxy"] = ",".join(filter(None, [_unproxied(), "127.0.0.1", "localhost"]))
    # Components are started by the name `airflow`.
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", "")])
    return env

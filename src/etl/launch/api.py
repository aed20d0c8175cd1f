"""The few calls of Airflow's REST API (v2) that the launcher and its tests make."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import requests

from etl.errors import UnavailableError
from etl.launch.environment import Embedded

ZONE = "+08:00"
"""Partitions are days in Asia/Shanghai."""
LOCKED = (500, 503)
"""What Airflow answers where it finds its database locked, and otherwise only where it is broken."""
PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds before a request that met a locked database is sent again."""


def credentials(embedded: Embedded) -> tuple[str, str]:
    """Return user name and password that Airflow generated when it first started in `embedded.home`."""
    path = embedded.home / "simple_auth_manager_passwords.json.generated"
    users: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return next(iter(users.items()))


@dataclass(slots=True)
class Api:
    """A signed-in client. Calls raise UnavailableError, with Airflow's own words, where Airflow refuses."""

    embedded: Embedded
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.trust_env = False  # no proxy stands before loopback

    def sign_in(self, login: tuple[str, str] | None = None) -> None:
        """Fetch a token for `login` (user and password), by default for the generated user."""
        user, password = login or credentials(self.embedded)
        answer = self.session.post(
            f"{self.embedded.url}/auth/token", json={"username": user, "password": password}, timeout=120
        )
        answer.raise_for_status()
        self.session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def call(self, method: str, path: str, **query: Any) -> Any:
        """Send one request below /api/v2 (`json=` body, `params=` query) and return the decoded answer.

        Asked again where Airflow (3.3.2) finds SQLite locked: its event loop may wait for a request that
        waits for the loop, until SQLite gives up after five seconds and one fails with 500 or 503, undone.
        """
        for pause in (*PAUSES, None):
            answer = self.session.request(method, f"{self.embedded.url}/api/v2/{path}", timeout=120, **query)
            if answer.status_code not in LOCKED or pause is None:
                break
            time.sleep(pause)
        if not answer.ok:
            raise UnavailableError(
                f"Airflow refused {method} {path}: {answer.status_code} {answer.text[:500]}"
            )
        return answer.json() if answer.content else None

    def every(self, path: str, name: str, **query: Any) -> list[dict[str, Any]]:
        """Return all that a GET lists under `name`, page after page: Airflow gives 100 at once."""
        found: list[dict[str, Any]] = []
        while True:
            answer = self.call("GET", path, params=query | {"limit": 100, "offset": len(found)})
            found += answer[name]
            if not answer[name] or len(found) >= answer["total_entries"]:
                return found

    def wait_for_dags(self, dag_ids: list[str], seconds: float = 300) -> None:
        """Wait until Airflow has parsed all of `dag_ids`; else raise UnavailableError with import errors."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            known = {dag["dag_id"] for dag in self.every("dags", "dags")}
            if known.issuperset(dag_ids):
                return
            time.sleep(0.5)
        errors = [e["stack_trace"] for e in self.call("GET", "importErrors")["import_errors"]]
        raise UnavailableError(f"Airflow did not load {', '.join(dag_ids)}: {errors or 'no import errors'}")

    def unpause(self, dag_id: str) -> None:
        """Let the runs of a DAG start."""
        self.call("PATCH", f"dags/{dag_id}", json={"is_paused": False})

    def backfill(
        self,
        dag_id: str,
        first: date,
        last: date,
        *,
        reprocess: str = "none",
        conf: dict[str, Any] | None = None,
        max_active_runs: int = 4,
        backwards: bool = False,
    ) -> int:
        """Create a backfill of the days `first` to `last`, both included, and return its id.

        `reprocess` is none, failed or completed (UI: Missing Runs, Missing and Errored Runs, All Runs).
        Airflow closes a finished backfill only every 30 s and refuses a second one (409) before that.
        """
        body = {
            "dag_id": dag_id,
            "from_date": f"{first}T00:00:00{ZONE}",
            "to_date": f"{last}T00:00:00{ZONE}",
            "reprocess_behavior": reprocess,
            "max_active_runs": max_active_runs,
            "run_backwards": backwards,
            "dag_run_conf": conf or {},
        }
        return int(self.call("POST", "backfills", json=body)["id"])

    def runs(self, dag_id: str) -> list[dict[str, Any]]:
        """Return every run of a DAG, newest first."""
        return self.every(f"dags/{dag_id}/dagRuns", "dag_runs", order_by="-run_after")

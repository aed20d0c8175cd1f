"""Who sees what: each route of the browser for strangers and for each role of a real auth manager."""

import json

import pytest
import requests

from etl.browser.app import create_app
from etl.settings import Settings

from .conftest import ROLES

OFF = ("/docs", "/openapi.json", "/redoc", "/nothing/there")


def routes(data):
    """Each route of the application, with something that is there in place of its parameters."""
    app = create_app(Settings(data=str(data), cache=data / "unused"))
    app.state.index.refresh()
    report = app.state.index.rows("SELECT report_id FROM meetings LIMIT 1")[0]["report_id"]
    reject = app.state.index.rows("SELECT id FROM refused LIMIT 1")[0]["id"]
    person = app.state.index.rows("SELECT name FROM people LIMIT 1")[0]["name"]
    filled = {"{report_id}": report, "{reject_id}": reject, "{name}": "browser.css", "{filetype}": "csv",
              "{dag_id}": "parse_xinhe-daily"}  # fmt: skip
    found = []
    for path in sorted({route.path for route in app.routes if "{path" not in route.path}):
        for parameter, value in filled.items():
            path = path.replace(parameter, value)
        found.append(path + (f"?name={person}" if path == "/person" else ""))
    return found


def token(airflow, user):
    path = airflow.embedded.home / "simple_auth_manager_passwords.json.generated"
    password = json.loads(path.read_text(encoding="utf-8"))[user]
    login = {"username": user, "password": password}
    answer = requests.post(f"{airflow.embedded.url}/auth/token", json=login, timeout=60)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


@pytest.fixture(scope="module")
def table(airflow, data):
    """Route to status by reader; printed, for the record."""
    readers = {"anonymous": {}} | {role: token(airflow, role) for role in reversed(ROLES)}
    found = {}
    for path in (*routes(data), *OFF):
        address = f"{airflow.embedded.url}/huiyi{path}"
        found[path] = {
            name: requests.get(address, headers=headers, timeout=60, allow_redirects=False).status_code
            for name, headers in readers.items()
        }
    print(f"\n{'route':<44}" + "".join(f"{name:>11}" for name in readers))
    for path, statuses in found.items():
        print(f"{path[:43]:<44}" + "".join(f"{status:>11}" for status in statuses.values()))
    return found


def test_strangers_see_nothing(table):
    assert {statuses["anonymous"] for statuses in table.values()} == {401}


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_read_dags_sees_every_page(table, role):
    for path, statuses in table.items():
        expected = 404 if path in OFF else 303 if path.startswith("/dag/") else 200
        assert statuses[role] == expected, path


@pytest.mark.parametrize(
    "credentials", [{"headers": {"Authorization": "Bearer eyJ0.x.y"}}, {"cookies": {"_token": "x"}}]
)
def test_a_torn_token_is_no_login(airflow, credentials):
    answer = requests.get(f"{airflow.embedded.url}/huiyi/", timeout=60, **credentials)
    assert answer.status_code in (401, 403)


def test_nothing_can_be_sent_there(airflow):
    for method in ("post", "put", "delete", "patch"):
        answer = requests.request(method, f"{airflow.embedded.url}/huiyi/", timeout=60)
        assert answer.status_code == 405

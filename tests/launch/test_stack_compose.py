"""Reading a compose file as the compose specification says, and turning its services into processes."""

import textwrap

import pytest

from etl.errors import UsageError
from etl.launch.stack import compose, native


@pytest.fixture
def read(tmp_path):
    """A function that reads the services of a compose file given as text."""

    def read(text, **environ):
        path = tmp_path / "docker-compose.yml"
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return compose.read(path, environ)

    return read


TWO = """
    services:
      web:
        image: here/site:1
        entrypoint: [python, -m]
        command: http.server --bind 0.0.0.0 "8000"
        expose: ["8000"]
        ports: ["127.0.0.1:${PORT:-8080}:8000"]
        environment: {HOME_OF: /pages, PEER: "http://store:9000/web"}
        volumes: ["pages:/pages:ro"]
        depends_on: {store: {condition: service_healthy}}
      store:
        image: here/store
        command: [serve, "9000"]
        expose: ["9000"]
        deploy: {replicas: 2}
        healthcheck: {test: [CMD-SHELL, curl localhost:9000 | grep ok], interval: 1m30s, start_interval: 2s}
"""


def test_commands_ports_and_mounts_are_read(read):
    web = read(TWO, PORT="18080")["web"]
    assert web.command == ("python", "-m", "http.server", "--bind", "0.0.0.0", "8000")
    assert (web.port, web.published) == (8000, "127.0.0.1:18080")
    assert web.mounts == (("pages", "/pages"),)
    assert web.depends_on == {"store": "service_healthy"}
    assert web.restart == "no"


def test_health_checks_and_replicas_are_read(read):
    store = read(TWO)["store"]
    assert store.replicas == 2
    assert store.health.test == ("sh", "-c", "curl localhost:9000 | grep ok")
    assert (store.health.interval, store.health.start_interval) == (90, 2)


@pytest.mark.parametrize(
    ("text", "environ", "value"),
    [
        ("${NAME}", {"NAME": "a"}, "a"),
        ("${NAME}", {}, ""),
        ("${NAME:-b}", {"NAME": ""}, "b"),
        ("${NAME-b}", {"NAME": ""}, ""),
        ("x${NAME:-b}$$y", {}, "xb$y"),
        ("${NAME:?why}", {"NAME": "a"}, "a"),
    ],
)
def test_variables_are_filled_in(read, text, environ, value):
    services = read(f"services: {{a: {{image: i, command: ['{text}']}}}}", **environ)
    assert services["a"].command == (value,)


def test_a_missing_variable_that_the_file_insists_on_is_named(read):
    with pytest.raises(UsageError, match="NAME: set it"):
        read("services: {a: {image: i, command: ['${NAME:?set it}']}}")


def test_an_env_file_may_hold_comments(tmp_path):
    (tmp_path / ".env").write_text("# about\nA=1\n\nB = x=y\n", encoding="utf-8")
    assert compose.env_file(tmp_path / ".env") == {"A": "1", "B": "x=y"}
    assert compose.env_file(tmp_path / "none") == {}


def test_services_become_processes_on_loopback(read, tmp_path):
    first, second, web = native.processes(read(TWO, PORT="18080"), tmp_path, tmp_path / "run")
    assert [first.name, second.name, web.name] == ["store-1", "store-2", "web"]
    port = first.argv[1]
    assert first.health.test[2] == f"curl localhost:{port} | grep ok"
    assert web.argv == ("python", "-m", "http.server", "--bind", "127.0.0.1", "18080")
    assert web.environment["PEER"] == f"http://127.0.0.1:{port}/web"
    assert web.environment["HOME_OF"] == str(tmp_path / "run" / "volumes" / "pages")
    assert (tmp_path / "run" / "volumes" / "pages").is_dir()


def test_a_service_can_be_reached_by_way_of_another_address(read, tmp_path):
    *_, web = native.processes(read(TWO), tmp_path, tmp_path / "run", {"store:9000": "127.0.0.1:1"})
    assert web.environment["PEER"] == "http://127.0.0.1:1/web"


def test_nothing_of_the_starting_process_leaks_into_the_services(read, tmp_path, monkeypatch):
    monkeypatch.setenv("AIRFLOW__CORE__FERNET_KEY", "stray")
    for process in native.processes(read(TWO), tmp_path, tmp_path / "run"):
        assert not any(name.startswith("AIRFLOW") for name in process.environment)


def test_a_missing_program_is_named_with_its_remedy(read, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(UsageError, match=r"redis-server.*apt-get install"):
        native.processes(read("services: {redis: {image: 'redis:7'}}"), tmp_path, tmp_path / "run")

"""What the components of an embedded Airflow find in their environment."""

import re
from importlib.util import find_spec
from pathlib import Path

import yaml

from etl.launch.environment import Embedded, free_port, variables

ROOT = Path(__file__).parents[2]
AIRFLOW = Path(find_spec("airflow").origin).parent
METRICS = AIRFLOW / "_shared" / "observability" / "metrics" / "metrics_template.yaml"


def test_another_airflows_settings_are_left_out_but_for_where_it_reports_to(tmp_path, monkeypatch):
    given = {
        "AIRFLOW__METRICS__OTEL_ON": "True",
        "AIRFLOW__OPENLINEAGE__NAMESPACE": "river",
        "OPENLINEAGE_URL": "http://127.0.0.1:5000",
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__API__PORT": "1",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    found = variables(Embedded(ROOT, tmp_path, str(tmp_path / "data"), 8081, "http://127.0.0.1:1"))
    assert {name: found[name] for name in list(given)[:3]} == dict(list(given.items())[:3])
    assert found["AIRFLOW__CORE__EXECUTOR"] == "LocalExecutor"
    assert found["AIRFLOW__API__PORT"] == "8081"


def test_what_is_on_this_machine_is_reached_past_a_proxy(tmp_path, monkeypatch):
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    found = variables(Embedded(ROOT, tmp_path, str(tmp_path / "data"), 8081, "http://127.0.0.1:1"))
    assert found["NO_PROXY"] == found["no_proxy"] == "intranet.example,127.0.0.1,localhost"


def test_free_ports_are_given_once_and_are_none_that_systems_hand_to_clients():
    found = {free_port() for _ in range(50)}
    assert len(found) == 50
    assert 1024 < min(found) < max(found) < 32768


def test_the_metrics_that_the_readme_names_are_airflows():
    paragraph = re.search(r"^Metrics go to.*?\n\n", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)[0]
    named = set(re.findall(r"`([a-z_]+(?:\.[a-z_]+)+|scheduler_heartbeat)`", paragraph))
    known = {metric["name"] for metric in yaml.safe_load(METRICS.read_text("utf-8"))["metrics"]}
    assert len(named) == 7
    assert named <= known

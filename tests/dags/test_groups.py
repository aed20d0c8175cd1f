"""Sources that share a group share its two DAGs; every other source keeps its own."""

from pathlib import Path

import pytest

from etl import schedule

ROOT = Path(__file__).parents[2]
SOURCE = """
id = "{id}"
name = "{id}"
level = "县"
{group}
timezone = "{zone}"
base = "http://127.0.0.1:9"
local = true
[[discovery]]
kind = "list"
urls = ["/index.html"]
"""


@pytest.fixture
def define(tmp_path, monkeypatch):
    monkeypatch.setenv("ETL_SOURCES", str(tmp_path))

    def write(source_id, group="", zone="Asia/Shanghai"):
        text = SOURCE.format(id=source_id, group=f'group = "{group}"' if group else "", zone=zone)
        (tmp_path / f"{source_id}.toml").write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def bag(define):
    from airflow.dag_processing.dagbag import DagBag

    define("hexi-county", "counties")
    define("hedong-county", "counties")
    define("heyuan-daily")
    return DagBag(str(ROOT / "dags"))


def test_a_group_is_two_dags_however_many_sources_it_has(bag):
    assert bag.import_errors == {}
    own = {dag_id for dag_id in bag.dags if "he" in dag_id.partition("_")[2][:2] or "counties" in dag_id}
    assert own == {"capture_counties", "parse_counties", "capture_heyuan-daily", "parse_heyuan-daily"}


def test_capture_maps_over_the_sources_of_the_group(bag):
    task = bag.dags["capture_counties"].get_task("capture_day")
    assert task.is_mapped
    assert task.op_kwargs_expand_input.value == {"source_id": ["hedong-county", "hexi-county"]}
    assert not bag.dags["capture_heyuan-daily"].get_task("capture_day").is_mapped


def test_runs_of_a_group_visit_a_site_for_one_day_at_a_time(bag):
    assert bag.dags["capture_counties"].max_active_runs == 1
    assert "Max Active Runs" in bag.dags["capture_counties"].doc_md


def test_a_partition_key_of_a_group_names_the_day_and_the_source(define):
    define("hexi-county", "counties")
    define("heyuan-daily")
    plans = {plan.group: plan for plan in schedule.plans()}
    key = plans["counties"].key("2026-03-02", "hexi-county")
    assert key == "2026-03-02|hexi-county"
    assert plans["counties"].source_day(key) == ("hexi-county", "2026-03-02")
    assert plans["heyuan-daily"].key("2026-03-02", "heyuan-daily") == "2026-03-02"
    assert plans["heyuan-daily"].source_day("2026-03-02") == ("heyuan-daily", "2026-03-02")


def test_a_source_in_another_timezone_is_told_and_leaves_the_group_up(define):
    define("hedong-county", "counties")
    define("hexi-county", "counties", zone="Asia/Urumqi")
    assert [plan.sources for plan in schedule.plans() if plan.group == "counties"] == [("hedong-county",)]
    assert schedule.faults() == [
        "source hexi-county: its `timezone` Asia/Urumqi is not that of its `group` counties (Asia/Shanghai); "
        "give it another group"
    ]

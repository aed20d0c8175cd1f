"""What the DAGs promise beside their work: retries, alerts, pools, and what the UI tells a person."""

import asyncio
import importlib
import logging
import runpy
from datetime import timedelta
from pathlib import Path

import pytest

from etl import alerts, errors, log
from etl.schedule import POOL, plans, source_ids


@pytest.mark.parametrize(
    ("error", "action"),
    [
        (errors.DataError("broken"), "fail"),
        (errors.UsageError("no such source"), "fail"),
        (errors.UnavailableError("no answer"), "retry"),
        (OSError("disk"), "default"),
    ],
)
def test_bad_data_fails_at_once_and_a_silent_host_is_asked_again(dagbag, error, action):
    for dag in dagbag.dags.values():
        for task in dag.tasks:
            decision = task.retry_policy.evaluate(error, try_number=1, max_tries=3)
            assert decision.action.value == action, (dag.dag_id, task.task_id)
            assert task.retries == 3


def test_how_long_a_silent_host_is_left_alone_can_be_set(monkeypatch):
    path = Path(__file__).parents[2] / "dags" / "huiyi_policies.py"
    for env, delay in ({}, timedelta(minutes=5)), ({"DEFAULT_TASK_RETRY_DELAY": "7"}, timedelta(seconds=7)):
        for name, value in env.items():
            monkeypatch.setenv(f"AIRFLOW__CORE__{name}", value)
        policy = runpy.run_path(str(path))["RETRY"]
        decision = policy.evaluate(errors.UnavailableError("no answer"), try_number=1, max_tries=3)
        assert decision.retry_delay == delay


def test_only_captures_use_the_pool_of_the_network(dagbag):
    pools = {dag.dag_id: {task.pool for task in dag.tasks} for dag in dagbag.dags.values()}
    captures = {plan.capture_dag for plan in plans()}
    assert {dag_id for dag_id, found in pools.items() if found == {POOL}} == captures
    assert all(found == {"default_pool"} for dag_id, found in pools.items() if dag_id not in captures)


def test_source_days_have_a_deadline_whose_callback_the_triggerer_can_import(dagbag):
    for plan in plans():
        for dag_id in (plan.capture_dag, plan.parse_dag):
            (alert,) = dagbag.dags[dag_id].deadline
            module, _, name = alert.callback.path.rpartition(".")
            assert asyncio.iscoroutinefunction(getattr(importlib.import_module(module), name))


def test_a_late_run_is_told_by_its_dag_and_day(caplog):
    run = {
        "dag_id": "parse_river",
        "partition_key": "2026-03-02",
        "run_type": "asset_triggered",
        "state": "queued",
    }
    with caplog.at_level(logging.WARNING, "etl"):
        asyncio.run(alerts.late(hours=2, context={"dag_run": run}))
        asyncio.run(alerts.late(hours=2, context={"dag_run": run | {"run_type": "backfill"}}))
    assert caplog.messages == ["late hours=2 dag=parse_river day=2026-03-02 state=queued"]


def test_log_lines_quote_what_is_not_plain():
    shown = log.line(
        "reject", source="river", url="http://x/a?b=c", detail='the server said "no"', capture_id=None
    )
    assert shown == 'reject source=river url="http://x/a?b=c" detail="the server said \\"no\\""'


def test_every_dag_tells_what_it_reads_and_writes_and_how_to_backfill_it(dagbag):
    for dag in dagbag.dags.values():
        assert dag.owner == "huiyi"
        for word in ("**Reads**", "**Writes**", "**Backfill**"):
            assert word in dag.doc_md, (dag.dag_id, word)
        for name in dag.params:
            param = dag.params.get_param(name)
            assert param.description, (dag.dag_id, name)
            assert param.schema.keys() & {"enum", "type"}, (dag.dag_id, name)


def test_every_dag_is_periodic_or_follows_assets_on_purpose(dagbag):
    periodic = {plan.capture_dag for plan in plans()} | {"replay"}
    for dag in dagbag.dags.values():
        expected = "CronPartitionTimetable" if dag.dag_id in periodic else "PartitionedAssetTimetable"
        if dag.dag_id == "import_warc":  # what it imports is told when it is triggered
            expected = "NullTimetable"
        assert type(dag.timetable).__name__ == expected


def test_replay_and_quality_offer_the_sources(dagbag):
    for dag_id in ("replay", "quality"):
        assert dagbag.dags[dag_id].params.get_param("source").schema["enum"] == ["all", *source_ids()]


def test_replay_never_runs_by_itself(dagbag):
    dag = dagbag.dags["replay"]
    assert dag.end_date == dag.start_date

"""What Airflow hears of by itself: what an import did, and a source-day that is late."""

import sqlite3
from contextlib import closing
from urllib.parse import quote

import pytest
from drive import wait_for, wait_until

pytestmark = pytest.mark.airflow


def test_an_import_tells_what_it_did(stack, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("河川市召开会议\n3月4日，市长田禾主持召开春耕工作会议。", encoding="utf-8")
    api = stack.api
    api.wait_for_dags(["import_warc"])
    api.unpause("import_warc")
    api.call("POST", "dags/import_warc/dagRuns", json={"logical_date": None, "conf": {"paths": [str(page)]}})
    wait_for(api, "import_warc", {None})
    (event,) = api.every("assets/events", "asset_events", source_dag_id="import_warc")
    assert event["name"] == "huiyi://imports"
    assert event["partition_key"] is None
    assert (event["extra"]["stage"], event["extra"]["tables"]["articles"]) == ("import", 1)
    assert {"rejects", "seconds", "path", "digest"} <= event["extra"].keys()


def test_a_late_source_day_is_told_by_the_triggerer(stack):
    """A run of a paused DAG stays queued; its deadline of six hours is moved to the past."""
    api, dag_id = stack.api, "capture_hewei-county"
    api.wait_for_dags([dag_id])
    run = {"logical_date": None, "partition_key": "2026-03-02", "conf": {}}
    run_id = api.call("POST", f"dags/{dag_id}/dagRuns", json=run)["dag_run_id"]
    with closing(sqlite3.connect(api.embedded.home / "airflow.db", timeout=60)) as database, database:
        moved = database.execute(
            "UPDATE deadline SET deadline_time = created_at WHERE dagrun_id = "
            "(SELECT id FROM dag_run WHERE dag_id = ? AND run_id = ?)",
            (dag_id, run_id),
        )
        assert moved.rowcount == 1
    line = f"late hours=6 dag={dag_id} day=2026-03-02"
    log = stack.components["triggerer"].spec.log
    wait_until(lambda: line in log.read_text("utf-8", "replace"))
    api.call("DELETE", f"dags/{dag_id}/dagRuns/{quote(run_id)}")

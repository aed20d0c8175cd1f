"""Backfills of the sample newspaper on a real scheduler, made through the REST API as the UI makes them."""

import hashlib
import time
from datetime import date

import pytest

from etl import dataset
from etl.launch.follow import wait_for_partitions

pytestmark = pytest.mark.airflow

SOURCE = "xinhe-daily"
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 4)
KEYS = {"2026-03-02", "2026-03-03", "2026-03-04"}
DAGS = {f"capture_{SOURCE}": KEYS, f"parse_{SOURCE}": KEYS}


def digests(data):
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file()
    }


def backfill(api, reprocess, **options):
    """Create a backfill; while Airflow has not yet closed the one before (up to 30 s), it answers 409."""
    for _ in range(60):
        answer = api.session.get(
            f"{api.embedded.url}/api/v2/backfills", params={"dag_id": f"capture_{SOURCE}"}
        )
        if all(one["completed_at"] for one in answer.json()["backfills"]):
            break
        time.sleep(1)
    return api.backfill(f"capture_{SOURCE}", FIRST, LAST, reprocess=reprocess, **options)


def run_ids(api, dag_id):
    return {run["dag_run_id"] for run in api.runs(dag_id)}


@pytest.fixture(scope="module")
def first(stack):
    """The three days after their first backfill: the digests of every file."""
    stack.api.wait_for_dags(list(DAGS))
    for dag_id in DAGS:
        stack.api.unpause(dag_id)
    backfill(stack.api, "none")
    wait_for_partitions(stack.api, DAGS, lambda _: None)
    return digests(stack.data)


def test_a_backfill_runs_exactly_the_days_asked_for(stack, first):
    for dag_id in DAGS:
        assert {run["partition_key"] for run in stack.api.runs(dag_id)} == KEYS


def test_every_table_has_one_file_per_day(stack, first):
    for table in ("captures", "articles", "meeting_reports", "participants", "directives"):
        files = [path for path in first if path.startswith(f"{table}/")]
        assert files == [f"{table}/source_id={SOURCE}/day={key}/part-0.parquet" for key in sorted(KEYS)]


def test_missing_runs_leaves_everything_as_it_is(stack, first):
    before = run_ids(stack.api, f"capture_{SOURCE}")
    backfill(stack.api, "none")
    time.sleep(3)
    assert run_ids(stack.api, f"capture_{SOURCE}") == before
    assert digests(stack.data) == first


def test_all_runs_again_gives_the_same_bytes_and_no_duplicates(stack, first):
    before = {dag_id: run_ids(stack.api, dag_id) for dag_id in DAGS}
    backfill(stack.api, "completed", conf={"mode": "incremental"})
    wait_for_new_runs(stack.api, before)
    assert digests(stack.data) == first
    articles = dataset.read(str(stack.data), "articles")
    assert len(articles) > 0
    assert articles["article_id"].is_unique


def wait_for_new_runs(api, before):
    """Wait until each DAG has a new successful run for each day."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        new = {
            dag_id: [run for run in api.runs(dag_id) if run["dag_run_id"] not in ids]
            for dag_id, ids in before.items()
        }
        done = {
            dag_id: {run["partition_key"] for run in runs if run["state"] == "success"}
            for dag_id, runs in new.items()
        }
        if all(done[dag_id] == KEYS for dag_id in before):
            return
        time.sleep(1)
    raise AssertionError(f"no new run for each day within 180 s: {new}")


def test_the_asset_event_tells_the_story_of_the_run(stack, first):
    events = stack.api.call("GET", "assets/events", params={"limit": 100})["asset_events"]
    captures = [event for event in events if event["source_dag_id"] == f"capture_{SOURCE}"]
    assert {event["partition_key"] for event in captures} == KEYS
    for event in captures:
        assert event["extra"]["stage"] == "capture"
        assert event["extra"]["tables"]["captures"] > 0


def test_a_mode_that_does_not_exist_is_refused(stack, first):
    answer = stack.api.session.post(
        f"{stack.api.embedded.url}/api/v2/dags/capture_{SOURCE}/dagRuns",
        json={"logical_date": None, "partition_key": "2026-03-02", "conf": {"mode": "sideways"}},
    )
    assert answer.status_code == 400
    assert "sideways" in answer.text

"""Backfills on a real scheduler, made through the REST API as the UI makes them: each case of the README.

What was asked and what came of it is kept as a table in `var/tables/backfill.md`.
"""

from datetime import date
from pathlib import Path

import pytest
from drive import close, digests, new_runs, run_ids, wait_for, wait_until, wait_until_merged

from etl import dataset
from etl.errors import UnavailableError
from etl.schedule import POOL

pytestmark = pytest.mark.airflow

TABLE = Path(__file__).parents[2] / "var" / "tables" / "backfill.md"
GOV, DAILY, COUNTIES = "xinhe-gov", "xinhe-daily", "counties"
WRITERS = (*(f"parse_{group}" for group in (GOV, DAILY, COUNTIES)), "replay")
"""DAGs that merge follows."""
CLOCKED = ("captures", "runs")
"""Tables that hold clock times."""


def days(first, last):
    return {f"2026-03-{day:02}" for day in range(first, last + 1)}


@pytest.fixture(scope="module")
def table():
    """Takes a row for each case, and writes them down in the end."""
    rows = [("case", "asked", "runs", "outcome")]
    yield lambda *row: rows.append(row)
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text("\n".join([lines[0], "|---" * 4 + "|", *lines[1:]]) + "\n", encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def api(stack):
    """The REST API, with every DAG known and unpaused."""
    dag_ids = [f"{kind}_{group}" for kind in ("capture", "parse") for group in (GOV, DAILY, COUNTIES)]
    dag_ids += ["merge", "quality", "replay"]
    stack.api.wait_for_dags(dag_ids)
    for dag_id in dag_ids:
        stack.api.unpause(dag_id)
    return stack.api


@pytest.fixture
def backfill(api):
    """A function that backfills days of a DAG, waits for what follows too, and gives the new runs."""

    def run(dag_id, first, last, expected, reprocess="none", follow=None, state="success", **options):
        before = {one: run_ids(api, one) for one in (dag_id, follow or "merge", "merge")}
        made = api.backfill(dag_id, date(2026, 3, first), date(2026, 3, last), reprocess=reprocess, **options)
        new = wait_for(api, dag_id, expected, before[dag_id], state)
        close(api, made)
        if follow:
            wait_for(api, follow, expected, before[follow])
        if expected and state == "success":
            wait_for(api, "merge", {"2026-03"}, before["merge"])
        return new_runs(api, dag_id, before[dag_id]) or new

    return run


@pytest.fixture(scope="module")
def merged(api):
    """All that the tests before have written is merged: merging the same days again changes no byte."""
    wait_until_merged(api, *WRITERS)


def keys(runs):
    return sorted(run["partition_key"] for run in runs)


def test_first_backfill(api, stack, backfill, table):
    runs = backfill(f"capture_{GOV}", 2, 3, days(2, 3), follow=f"parse_{GOV}")
    assert keys(runs) == sorted(days(2, 3))
    for name in ("captures", "articles", "meeting_reports", "participants", "directives"):
        files = sorted(
            path.parent.name for path in (stack.data / name / f"source_id={GOV}").rglob("*.parquet")
        )
        assert files == [f"day={day}" for day in sorted(days(2, 3))]
    assert (stack.data / "meetings" / "month=2026-03" / "part-0.parquet").exists()
    table("first", "Missing Runs, 2–3 March", len(runs), "exactly these days; parse and merge follow")


def test_missing_runs(stack, backfill, table):
    before = digests(stack.data)
    runs = backfill(f"capture_{GOV}", 2, 4, days(4, 4), follow=f"parse_{GOV}")
    assert keys(runs) == ["2026-03-04"]
    after = digests(stack.data)
    assert {path for path in before if "month=" not in path and before[path] != after[path]} == set()
    table("second, none", "Missing Runs, 2–4 March", len(runs), "the missing day only; no other byte changes")


def test_missing_and_errored_runs(api, stack, backfill, table):
    broken = stack.data / "captures" / f"source_id={GOV}" / "day=2026-03-05" / "part-0.parquet"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"no parquet")
    failed = backfill(f"capture_{GOV}", 5, 5, days(5, 5), state="failed")
    (task,) = api.call("GET", f"dags/capture_{GOV}/dagRuns/{failed[0]['dag_run_id']}/taskInstances")[
        "task_instances"
    ]
    assert task["try_number"] == 1  # bad data is not tried again
    broken.unlink()
    runs = backfill(f"capture_{GOV}", 2, 5, days(5, 5), reprocess="failed", follow=f"parse_{GOV}")
    assert keys(runs) == ["2026-03-05"]
    table(
        "second, failed",
        "Missing and Errored Runs, 2–5 March",
        len(runs),
        "the failed day only",
    )


@pytest.mark.parametrize(
    ("mode", "last", "name"),
    [("incremental", 5, "second, completed"), ("replay", 3, "mode=replay"), ("refetch", 3, "mode=refetch")],
)
def test_all_runs(stack, merged, backfill, table, mode, last, name):
    before = digests(stack.data, but=CLOCKED)
    options = {"reprocess": "completed", "follow": f"parse_{GOV}", "conf": {"mode": mode}}
    runs = backfill(f"capture_{GOV}", 2, last, days(2, last), **options)
    assert keys(runs) == sorted(days(2, last))
    assert digests(stack.data, but=CLOCKED) == before
    articles = dataset.read(str(stack.data), "articles", source_id=GOV)
    assert articles["article_id"].is_unique
    captures = dataset.read(str(stack.data), "captures", source_id=GOV)
    assert not captures.duplicated(["url", "body_sha256", "day"]).any()
    table(name, f"All Runs, 2–{last} March", len(runs), "every day again; same bytes, no duplicates")


def test_run_backwards(backfill, table):
    runs = backfill(
        f"capture_{DAILY}", 2, 4, days(2, 4), follow=f"parse_{DAILY}", backwards=True, max_active_runs=1
    )
    started = sorted(runs, key=lambda run: run["start_date"])
    assert [run["partition_key"] for run in started] == sorted(days(2, 4), reverse=True)
    table("backwards", "2–4 March, one at a time", len(runs), "latest day first")


def test_a_paused_dag_and_a_second_backfill(api, backfill, table):
    dag_id = f"capture_{DAILY}"
    before = run_ids(api, dag_id)
    api.call("PATCH", f"dags/{dag_id}", json={"is_paused": True})
    made = api.backfill(dag_id, date(2026, 3, 5), date(2026, 3, 6))
    with pytest.raises(UnavailableError, match="409"):
        api.backfill(dag_id, date(2026, 3, 6), date(2026, 3, 6))
    assert {run["state"] for run in new_runs(api, dag_id, before)} == {"queued"}
    table("another active", "a second backfill meanwhile", 0, "refused: 409")
    api.unpause(dag_id)
    runs = wait_for(api, dag_id, days(5, 6), before)
    wait_for(api, f"parse_{DAILY}", days(5, 6))
    close(api, made)
    table("paused", "5–6 March of a paused DAG", len(runs), "queued until the DAG is unpaused, then done")


def test_before_the_start_date(stack, backfill, table):
    runs = backfill(f"capture_{DAILY}", 1, 1, days(1, 1), follow=f"parse_{DAILY}")
    assert keys(runs) == ["2026-03-01"]
    assert len(dataset.read(str(stack.data), "articles", source_id=DAILY, day=date(2026, 3, 1))) == 0
    table("before start_date", "1 March, start 2 March", len(runs), "runs; the partition is there and empty")


@pytest.mark.parametrize(("first", "last", "status"), [(4, 2, "422")])
def test_ranges_that_make_no_sense(api, table, first, last, status):
    with pytest.raises(UnavailableError, match=status):
        api.backfill(f"capture_{DAILY}", date(2026, 3, first), date(2026, 3, last))
    table("from after to", f"{first}–{last} March", 0, f"refused: {status}")


def test_a_group(api, stack, backfill, table):
    broken = stack.data / "captures" / "source_id=hexi-county" / "day=2026-03-02" / "part-0.parquet"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"no parquet")
    dag_id, follow = f"capture_{COUNTIES}", f"parse_{COUNTIES}"
    failed = backfill(dag_id, 2, 2, days(2, 2), state="failed")
    parsed = wait_for(api, follow, {"2026-03-02|hedong-county"})
    assert keys(parsed) == ["2026-03-02|hedong-county"]
    assert len(dataset.read(str(stack.data), "articles", source_id="hedong-county")) > 0
    table("group", "2 March; one source fails", len(failed), "failed; the other source is parsed")
    broken.unlink()
    backfill(dag_id, 2, 2, days(2, 2), reprocess="failed")
    wait_for(api, follow, {"2026-03-02|hexi-county"})
    articles = dataset.read(str(stack.data), "articles", day=date(2026, 3, 2))
    assert articles.duplicated(["source_id", "article_id"]).sum() == 0
    assert set(articles["source_id"]) >= {"hedong-county", "hexi-county"}
    table("group, failed", "Missing and Errored Runs", 1, "both sources there, once each")


def test_replay(api, stack, backfill, table):
    wait_until_merged(api, *WRITERS)
    before = digests(stack.data)
    runs = backfill("replay", 2, 5, days(2, 5), conf={"source": GOV})
    assert keys(runs) == sorted(days(2, 5))
    assert digests(stack.data) == before
    lost = stack.data / "articles" / f"source_id={GOV}" / "day=2026-03-03" / "part-0.parquet"
    lost.unlink()
    again = backfill("replay", 1, 3, days(1, 3), reprocess="completed")
    assert keys(again) == sorted(days(1, 3))
    wait_until_merged(api, *WRITERS)  # a merge may have begun while the file was lost
    assert digests(stack.data) == before
    table(
        "replay",
        "All Runs, 1–3 March, all sources",
        len(again),
        "a lost file comes back; same bytes",
    )


def test_quality_followed_each_day(api):
    parsed = {run["partition_key"] for run in api.runs(f"parse_{GOV}") if run["state"] == "success"}
    wait_for(api, "quality", parsed)
    assert {run["state"] for run in api.runs("quality")} <= {"success", "queued", "running"}


def test_the_asset_event_tells_the_story_of_the_run(api):
    def told(dag_id, keys):
        """The events of a DAG, once they are there: Airflow 3.3.2 lists none while merge or quality waits."""
        found = []

        def complete():
            found[:] = api.every("assets/events", "asset_events", source_dag_id=dag_id)
            return {event["partition_key"] for event in found} == keys

        wait_until(complete)
        return found

    done = {run["partition_key"] for run in api.runs(f"capture_{GOV}") if run["state"] == "success"}
    assert done
    for event in told(f"capture_{GOV}", done):
        assert event["extra"]["stage"] == "capture"
        assert event["extra"]["tables"]["captures"] > 0
        assert {"rejects", "seconds", "path"} <= event["extra"].keys()
    assert told("merge", {"2026-03"})


def test_the_pool_of_captures_is_there(api):
    assert api.call("GET", f"pools/{POOL}")["slots"] == 6


def test_a_mode_that_does_not_exist_is_refused(api):
    answer = api.session.post(
        f"{api.embedded.url}/api/v2/dags/capture_{GOV}/dagRuns",
        json={"logical_date": None, "partition_key": "2026-03-02", "conf": {"mode": "sideways"}},
        timeout=120,
    )
    assert answer.status_code == 400
    assert "sideways" in answer.text

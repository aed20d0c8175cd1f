"""What Airflow's tasks call: keys become days and months, reports are plain JSON, a drift is an error."""

import json
import logging
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl import tasks
from etl.dataset import read_table, write_partition
from etl.errors import DataError, UsageError

SOURCE, KEY = "xinhe-gov", "2026-03-03"


@pytest.fixture
def data(settings, monkeypatch):
    monkeypatch.setenv("ETL_DATA", settings.data)
    return settings.data


@pytest.fixture
def parsed(data):
    return tasks.capture(SOURCE, KEY, "incremental"), tasks.parse(SOURCE, KEY)


def test_reports_are_plain_json_for_the_asset_events(parsed):
    for report in (*parsed, tasks.merge("2026-03")):
        assert json.loads(json.dumps(report)) == report
    assert parsed[1]["source_id"] == SOURCE
    assert {"day", "tables", "rejects", "seconds", "path", "lost_chars"} <= parsed[1].keys()


def test_a_group_of_shards_has_one_report_over_all(data, tmp_path):
    pages = [tmp_path / f"{number}.txt" for number in range(3)]
    for number, page in enumerate(pages):
        page.write_text(
            f"河川市召开会议\n3月{number + 1}日，市长田禾主持召开春耕工作会议。", encoding="utf-8"
        )
    (group,) = tasks.plan_import([str(page) for page in pages], None)
    options = {"hosts": [], "match": [], "language": None, "again": False}
    report = tasks.import_group(group, "files", **options)
    assert json.loads(json.dumps(report)) == report
    assert (report["stage"], report["source_id"], report["day"]) == ("import", "files", None)
    assert (report["shards"], report["taken"], report["tables"]["articles"]) == (3, 3, 3)
    assert Path(report["path"]).is_file()
    again = tasks.import_group(group, "files", **options)
    assert again | {"changed": True, "path": report["path"]} == report


def test_lineage_names_the_tables_that_a_stage_read_and_wrote(parsed, data):
    reads, writes = tasks.lineage(parsed[1])
    assert reads == [f"file://{data}/captures"]
    assert f"file://{data}/meeting_reports" in writes
    assert tasks.lineage(parsed[0]) == ([], [f"file://{data}/captures"])


def test_lineage_of_a_bucket_is_the_buckets(parsed, monkeypatch):
    monkeypatch.setenv("ETL_DATA", "s3://bucket/huiyi/")
    assert tasks.lineage(parsed[0])[1] == ["s3://bucket/huiyi/captures"]


def test_a_day_is_replayed_for_the_sources_that_captured_it(parsed):
    assert tasks.landed(KEY, "all") == tasks.landed(KEY, SOURCE) == [SOURCE]
    assert tasks.landed(KEY, "xinhe-daily") == tasks.landed("2026-03-04", "all") == []


def test_a_day_without_a_month_before_it_is_not_judged(parsed):
    (verdict,) = tasks.quality(KEY, ["all"])
    assert (verdict["source_id"], verdict["history"], verdict["drifts"]) == (SOURCE, 0, ())


def test_a_drift_is_an_error_that_names_source_day_and_measure(data, parsed):
    (run,) = [row for row in read_table(data, "runs").to_pylist() if row["stage"] == "parse"]
    lost = run | {"lost_chars": 4000}
    for back in range(10):
        day = date(2026, 3, 3) - timedelta(days=back)
        write_partition(data, "runs", SOURCE, day, [lost if back == 0 else run], name="parse")
    with pytest.raises(DataError, match=r"xinhe-gov 2026-03-03: lost_chars 1e\+03 instead of 0"):
        tasks.quality(KEY, [SOURCE])
    assert tasks.quality("2026-03-02", [SOURCE])[0]["drifts"] == ()


@pytest.mark.parametrize(
    ("call", "key", "like"),
    [
        (tasks.merge, "2026-03-02", "2026-03"),
        (tasks.merge, None, "2026-03"),
        (lambda key: tasks.parse(SOURCE, key), "2026-03", "2026-03-02"),
        (lambda key: tasks.landed(key, "all"), None, "2026-03-02"),
    ],
)
def test_a_key_of_another_kind_is_told_what_it_should_look_like(data, call, key, like):
    with pytest.raises(UsageError, match=f"trigger with a key like {like}$"):
        call(key)


def test_a_run_logs_its_rejects_and_its_result_with_source_day_and_url(data, caplog):
    with caplog.at_level(logging.INFO, "etl"):
        tasks.capture(SOURCE, KEY, "incremental")
    (reject,) = [line for line in caplog.messages if line.startswith("reject ")]
    assert reject.startswith(f"reject source={SOURCE} day={KEY} stage=fetch reason=not-found url=http")
    (done,) = [line for line in caplog.messages if line.startswith("done ")]
    assert f"source={SOURCE} day={KEY} stage=capture taken=" in done

"""The index follows the partitions, month by month, whatever happens to them."""

import shutil
import time
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl import dataset
from etl.browser.index import Index, TooMuchError
from etl.browser.index.limits import limited
from etl.browser.queries.filter import Filter
from etl.browser.queries.report import find

from .conftest import TEXT, article, report, write


def settle(index, number):
    """Wait until a query sees so many meetings, as a person would who looks again."""
    deadline = time.monotonic() + 60
    while len(names(index)) != number and time.monotonic() < deadline:
        time.sleep(0.2)
    return len(names(index))


def names(index):
    return sorted(row["report_id"] for row in index.rows("SELECT report_id FROM meetings"))


@pytest.fixture
def store(tmp_path):
    root = str(tmp_path / "data")
    write(root, "paper", date(2026, 3, 2), [article(1, TEXT, "t")], [report(1, TEXT, "春耕工作会议")])
    write(root, "paper", date(2026, 4, 2), [article(2, TEXT, "t")], [report(2, TEXT, "春耕工作会议")])
    return root


def test_new_changed_and_removed_days_are_followed(store, tmp_path):
    index = Index(store, tmp_path / "cache")
    index.refresh()
    assert len(names(index)) == 2
    write(store, "paper", date(2026, 4, 3), [article(3, TEXT, "t")], [report(3, TEXT, "春耕工作会议")])
    index.refresh()
    assert len(names(index)) == 3
    write(store, "paper", date(2026, 4, 3), [article(3, TEXT, "t")], [])
    index.refresh()
    assert len(names(index)) == 2
    for folder in Path(store).glob("*/source_id=paper/day=2026-03-02"):
        shutil.rmtree(folder)
    index.refresh()
    assert len(names(index)) == 1


def test_a_request_sees_new_days_by_itself(store, tmp_path):
    index = Index(store, tmp_path / "cache")
    assert settle(index, 2) == 2
    write(store, "paper", date(2026, 4, 3), [article(3, TEXT, "t")], [report(3, TEXT, "春耕工作会议")])
    assert settle(index, 3) == 3


def test_unchanged_months_are_not_made_again(store, tmp_path):
    first = Index(store, tmp_path / "cache")
    first.refresh()
    before = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*.parquet")}
    second = Index(store, tmp_path / "cache")
    second.refresh()
    assert {path: path.stat().st_mtime_ns for path in second.folder.rglob("*.parquet")} == before


def test_a_broken_file_leaves_out_its_month_only(store, tmp_path):
    broken = next(Path(store).glob("articles/source_id=paper/day=2026-03-02/*.parquet"))
    broken.write_bytes(b"PAR1 no Parquet PAR1")
    index = Index(store, tmp_path / "cache")
    snapshot = index.refresh()
    assert list(snapshot.faults) == ["2026-03"]
    assert names(index) == [f"{2:016x}"]


def test_columns_that_older_files_lack_are_empty(store, tmp_path):
    path = next(Path(store).glob("meeting_reports/source_id=paper/day=2026-03-02/*.parquet"))
    old = pq.read_table(path, partitioning=None).drop_columns(["level", "location_name"])
    pq.write_table(old, path)
    index = Index(store, tmp_path / "cache")
    index.refresh()
    found = index.rows("SELECT level FROM meetings ORDER BY day")
    assert [row["level"] for row in found] == [None, "市"]


def test_more_files_than_are_open_at_a_time_are_all_there(store, tmp_path, monkeypatch):
    for day in (3, 4, 5):
        write(
            store, "paper", date(2026, 4, day), [article(day, TEXT, "t")], [report(day, TEXT, "春耕工作会议")]
        )
    whole, pieces = Index(store, tmp_path / "whole"), Index(store, tmp_path / "pieces")
    whole.refresh()
    monkeypatch.setattr("etl.browser.index.build.FILES", 2)
    pieces.refresh()
    for table in ("days", "meetings", "people", "orders"):
        sql = f"SELECT * FROM {table} ORDER BY ALL"
        assert pieces.rows(sql) == whole.rows(sql) != []


def test_a_page_listed_on_two_days_is_two_rows(store, tmp_path):
    write(store, "paper", date(2026, 4, 3), [article(2, TEXT, "t")], [report(2, TEXT, "春耕工作会议")])
    index = Index(store, tmp_path / "cache")
    index.refresh()
    assert names(index).count(f"{2:016x}") == 2
    people = index.rows("SELECT people FROM meetings WHERE report_id = $id", {"id": f"{2:016x}"})
    assert [row["people"] for row in people] == [1, 1]


def test_object_storage_is_followed_too(bucket, tmp_path):
    write(bucket, "paper", date(2026, 3, 2), [article(1, TEXT, "t")], [report(1, TEXT, "春耕工作会议")])
    index = Index(bucket, tmp_path / "cache")
    index.refresh()
    assert names(index) == [f"{1:016x}"]
    write(bucket, "paper", None, [article(2, TEXT, "t", None)], [report(2, TEXT, "春耕工作会议")])
    index.refresh()
    assert len(names(index)) == 2
    assert index.rows("SELECT day FROM meetings ORDER BY day NULLS LAST")[1]["day"] is None
    for number, day in ((1, date(2026, 3, 2)), (2, None)):
        found = find(index, f"{number:016x}", day, Filter())
        assert found["article"]["text"] == TEXT
        assert [person["name"] for person in found["participants"]] == ["田禾"]


def test_a_query_is_stopped_after_its_time(store, tmp_path):
    index = Index(store, tmp_path / "cache")
    snapshot = index.refresh()
    sql = "SELECT count(*) FROM range(1000000000) a, range(1000) b WHERE a.range * b.range % 7 = 3"
    with snapshot.connection.cursor() as cursor, pytest.raises(TooMuchError), limited(cursor, 0.3):
        cursor.execute(sql)


def test_a_query_that_needs_too_much_memory_is_refused(store, tmp_path):
    index = Index(store, tmp_path / "cache")
    snapshot = index.refresh()
    sql = "SELECT list(range::VARCHAR || 'xxxxxxxxxxxxxxxxxxxxxxxxxxxx') FROM range(20000000)"
    with snapshot.connection.cursor() as cursor, pytest.raises(TooMuchError), limited(cursor):
        cursor.execute(sql)


def test_the_frame_of_the_tables_is_the_datasets(store, tmp_path):
    index = Index(store, tmp_path / "cache")
    index.refresh()
    counted = index.rows("SELECT sum(articles) AS n FROM days")[0]["n"]
    assert counted == len(dataset.read(store, "articles"))

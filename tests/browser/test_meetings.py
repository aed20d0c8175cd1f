"""Paging visits each meeting once; downloads and the printed lines give the same selection."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from etl.browser import files, snippets
from etl.browser.index import Index
from etl.browser.queries import meetings
from etl.browser.queries.filter import Filter
from etl.browser.queries.meetings import SORTS, Order

from .conftest import TEXT, article, report, write

FIRST = date(2025, 12, 25)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Two sources, 14 days over a turn of the year, a hundred and twenty reports with names that repeat."""
    root, number = str(tmp_path_factory.mktemp("many")), 0
    for day in [None, *(FIRST + timedelta(n) for n in range(14))]:
        for source, size in (("paper", 6), ("portal", 2)):
            articles, reports = [], []
            for _ in range(size):
                number += 1
                name = ["全市春耕工作会议", "春耕工作会议", None][number % 3]
                own = report(number, TEXT, name or "全市春耕工作会议", day=day)
                kind = "talks" if number % 5 == 0 else "meeting"
                own = replace(own, name=name, event_type=kind, level="县" if number % 4 == 0 else "市")
                own = replace(own, participants=own.participants[: number % 2])
                articles.append(article(number, TEXT, "=1+1", day, source))
                reports.append(own if number % 7 else replace(own, directives=()))
            write(root, source, day, articles, reports)
    return root


@pytest.fixture(scope="module")
def index(store, tmp_path_factory):
    index = Index(store, tmp_path_factory.mktemp("cache"))
    index.refresh()
    return index


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", SORTS)
def test_paging_visits_each_meeting_once_and_leads_back(index, sort, descending):
    order, forward = Order(sort, descending), []
    while True:
        page = meetings.page(index, Filter(), order)
        forward.append([row["report_id"] for row in page.rows])
        if not page.after:
            break
        order = Order(sort, descending, page.after)
    assert sorted(chain(*forward)) == sorted({row for rows in forward for row in rows})
    assert sum(map(len, forward)) == meetings.count(index, Filter()) == 120
    backward, order = [forward[-1]], Order(sort, descending, page.before, backwards=True)
    while True:
        page = meetings.page(index, Filter(), order)
        backward.insert(0, [row["report_id"] for row in page.rows])
        if not page.before:
            break
        order = Order(sort, descending, page.before, backwards=True)
    assert list(chain(*backward)) == list(chain(*forward))


@pytest.mark.parametrize("sort", ["day", "people", "directives", "name"])
def test_rows_come_in_the_order_asked_for(index, sort):
    rows = meetings.page(index, Filter(), Order(sort, descending=False)).rows
    values = [(row["day"] or date(1, 1, 1)) if sort == "day" else row[sort] if sort != "name" else
              row["name"] or row["title"] for row in rows]  # fmt: skip
    assert values == sorted(values)


FILTERS = [
    Filter(),
    Filter(source="paper"),
    Filter(source="both", members=("paper", "portal", "other"), until=FIRST),
    Filter(since=FIRST + timedelta(3)),
    Filter(until=FIRST + timedelta(3)),
    Filter(since=FIRST + timedelta(2), until=FIRST + timedelta(9), source="portal"),
    Filter(kind="talks", level="市"),
    Filter(person="田禾", since=FIRST),
    Filter(text="全市春耕"),
    Filter(text="备耕", person="田", kind="meeting"),
    Filter(region="14", local=("portal",)),
    Filter(text='no\'such"""\\name'),
]


@pytest.mark.parametrize("wanted", FILTERS)
def test_the_printed_lines_give_the_same_selection(index, store, wanted):
    with index.cursor() as cursor:
        expected = [row for batch in meetings.batches(cursor, wanted) for row in batch.to_pylist()]
    keys = sorted((row["report_id"], row["source_id"]) for row in expected)
    lines = snippets.lines(store, wanted)
    found = duckdb.sql(lines["SQL"]).df()
    assert sorted(zip(found.report_id, found.source_id, strict=True)) == keys
    for tool in ("pandas", "DuckDB"):
        names = {}
        exec(compile(lines[tool], tool, "exec"), names)
        found = names["meetings"]
        assert sorted(zip(found.report_id, found.source_id.astype(str), strict=True)) == keys
    assert meetings.count(index, wanted) == len(keys)


def wanted_batches(index, wanted=None):
    with index.cursor() as cursor:
        yield from meetings.batches(cursor, wanted or Filter(), size=50)


def test_parquet_reads_back(index):
    data = b"".join(files.parquet(wanted_batches(index)))
    table = pq.read_table(io.BytesIO(data))
    assert table.num_rows == 120
    days = [day for day in table["day"].to_pylist() if day]
    assert days == sorted(days, reverse=True)


def test_csv_reads_back_and_cannot_calculate(index):
    data = b"".join(files.csv(wanted_batches(index)))
    frame = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    assert len(frame) == 120
    assert frame.columns[0] == "report_id"
    assert set(frame.title) == {"'=1+1"}


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\r=1", "＝1", "－1"])
def test_no_cell_begins_like_a_formula(cell):
    import pyarrow as pa

    data = b"".join(files.csv([pa.RecordBatch.from_pylist([{"name": cell}])])).decode()
    assert data.splitlines()[1].strip('"').startswith("'") or "\"'" in data


def test_json_reads_back(index):
    found = json.loads(b"".join(files.json(wanted_batches(index))))
    assert len(found) == 120
    assert found[0]["day"] == "2026-01-07"


@pytest.mark.parametrize("write_empty", [files.parquet, files.csv, files.json])
def test_an_empty_selection_is_a_file_too(index, write_empty):
    data = b"".join(write_empty(wanted_batches(index, Filter(person="无人"))))
    if write_empty is files.parquet:
        assert pq.read_table(io.BytesIO(data)).num_rows == 0
    if write_empty is files.json:
        assert json.loads(data) == []


def test_downloads_are_bounded(index, monkeypatch):
    monkeypatch.setattr(meetings, "MAX_ROWS", 55)
    assert sum(batch.num_rows for batch in wanted_batches(index)) == 55

"""Capture and parse of a day, against the sample site on loopback."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from etl import schedule, stages
from etl.dataset import checks, read, read_table, restore, schemas
from etl.errors import DataError, UsageError
from etl.repair import apply

SOURCE = "xinhe-gov"
DAY = date(2026, 3, 3)


def clock():
    return datetime(2026, 3, 9, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def done(settings):
    captured = stages.capture_day(SOURCE, DAY, settings=settings, clock=clock)
    return captured, stages.parse_day(SOURCE, DAY, settings=settings, clock=clock)


def test_every_link_ends_in_a_row(done, settings):
    captured, parsed = done
    captures = read(settings.data, "captures", source_id=SOURCE, day=DAY)
    assert captured.taken == captured.tables["captures"]
    assert captured.rejects == {"fetch/not-found": 1}
    assert list(captures["refused"].dropna()) == ["not-found"]
    assert parsed.taken == captured.tables["captures"] - 1
    articles = read(settings.data, "articles", source_id=SOURCE, day=DAY)
    rejects = read(settings.data, "rejects", source_id=SOURCE, day=DAY)
    whole_pages = set(rejects["capture_id"].dropna()) - set(articles["capture_id"])
    assert len(articles) + len(whole_pages) == captured.taken
    assert len(rejects) == sum(captured.rejects.values()) + sum(parsed.rejects.values())


def test_every_table_has_a_file_of_the_partition_with_its_schema(done, settings):
    for name, table in schemas.daily().items():
        folder = Path(settings.data, name, f"source_id={SOURCE}", f"day={DAY}")
        expected = {"capture", "parse"} if name in ("rejects", "runs") else {"part-0"}
        assert {path.stem for path in folder.iterdir()} == expected
        for path in folder.iterdir():
            assert pq.read_schema(path).equals(table.schema, check_metadata=True)


def test_runs_tell_what_happened(done, settings):
    captured, parsed = done
    runs = read_table(settings.data, "runs").to_pylist()
    assert [run["stage"] for run in runs] == ["capture", "parse"]
    for run, report in zip(runs, (captured, parsed), strict=True):
        assert (run["taken"], run["digest"], run["started_at"]) == (report.taken, report.digest, clock())
        assert {item["table"]: item["rows"] for item in run["rows"]} == report.tables
        assert {item["reason"]: item["rows"] for item in run["rejects"]} == report.rejects
    rates = {item["column"]: item["share"] for item in runs[1]["fill_rates"]}
    assert rates["articles.text"] == 1.0


def test_pandas_and_duckdb_read_every_table_as_the_code_does(done, settings):
    for name in schemas.daily():
        ours = read(settings.data, name)
        folder = Path(settings.data, name)
        theirs = pd.read_parquet(folder)
        query = f"SELECT * FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
        relation = duckdb.sql(query)
        assert len(ours) == len(theirs) == len(relation)
        assert set(ours.columns) == set(theirs.columns) == set(relation.columns)
    found = duckdb.sql(
        f"SELECT DISTINCT source_id, day FROM '{settings.data}/articles/**/*.parquet'"
    ).fetchall()
    assert found == [(SOURCE, DAY)]


def test_steps_and_spans_in_the_tables_reproduce_their_values(done, settings):
    articles = read(settings.data, "articles")
    assert len(articles) > 0
    for article_id in articles["article_id"]:
        article, reports = restore.article(settings.data, article_id)
        assert apply(article.repair_steps, article.text_original) == article.text
        for report in reports:
            assert checks.report_faults(article, report) == []


@pytest.mark.parametrize("mode", list(schedule.MODES))
def test_a_second_run_changes_no_byte(done, settings, digests, mode):
    before = digests()

    def later():
        return datetime(2026, 4, 1, tzinfo=UTC)

    captured = stages.capture_day(SOURCE, DAY, mode=mode, settings=settings, clock=later)
    parsed = stages.parse_day(SOURCE, DAY, settings=settings, clock=later)
    assert not captured.changed
    assert not parsed.changed
    assert (captured.digest, parsed.digest) == (done[0].digest, done[1].digest)
    assert digests() == before


def test_lost_tables_are_made_again_from_the_landing_zone(done, settings, digests):
    before = digests("*.parquet")
    for name in schemas.daily():
        for path in Path(settings.data, name).rglob("*.parquet"):
            if name not in ("rejects", "runs"):
                path.unlink()
    assert stages.capture_day(SOURCE, DAY, mode="replay", settings=settings, clock=clock).changed
    stages.parse_day(SOURCE, DAY, settings=settings, clock=clock)
    assert digests("*.parquet") == before


def test_a_page_that_breaks_a_hop_is_a_reject_and_the_others_go_on(done, settings, monkeypatch):
    from etl import page

    real = page.extract

    def brittle(found, **options):
        if found.capture.url == broken:
            raise RecursionError("too deep")
        return real(found, **options)

    broken = read(settings.data, "articles")["url"][0]
    monkeypatch.setattr(page, "extract", brittle)
    parsed = stages.parse_day(SOURCE, DAY, settings=settings, clock=clock)
    assert parsed.rejects["page/error"] == 1
    assert parsed.tables["articles"] == done[1].tables["articles"] - 1
    rejects = read(settings.data, "rejects")
    assert rejects[rejects["url"] == broken]["detail"].tolist() == ["RecursionError: too deep"]


@pytest.mark.parametrize("stage", [stages.capture_day, stages.parse_day])
def test_a_day_in_the_future_is_refused(settings, stage):
    with pytest.raises(
        UsageError, match="xinhe-gov: 2026-03-10 lies in the future; choose a day up to 2026-03-09"
    ):
        stage(SOURCE, date(2026, 3, 10), settings=settings, clock=clock)
    assert not Path(settings.data).exists()


def test_the_day_begins_where_the_source_is(settings):
    def evening():
        return datetime(2026, 3, 9, 23, 0, tzinfo=UTC)  # the 10th in Shanghai

    assert stages.capture_day(SOURCE, date(2026, 3, 10), settings=settings, clock=evening).taken >= 0


@pytest.mark.parametrize("stage", [stages.capture_day, stages.parse_day])
def test_an_unknown_source_is_named_with_the_known_ones(settings, stage):
    with pytest.raises(UsageError, match=r"xinhe-daily"):
        stage("nowhere", DAY, settings=settings, clock=clock)


def test_an_unknown_mode_is_named_with_the_known_ones(settings):
    with pytest.raises(UsageError, match="no mode 'again'; the modes are incremental, replay, refetch"):
        stages.capture_day(SOURCE, DAY, mode="again", settings=settings, clock=clock)


def test_a_day_that_was_never_captured_is_no_empty_success(settings):
    for replay in (
        lambda: stages.parse_day(SOURCE, DAY, settings=settings, clock=clock),
        lambda: stages.capture_day(SOURCE, DAY, mode="replay", settings=settings, clock=clock),
    ):
        with pytest.raises(DataError, match="nothing was captured for 2026-03-03 below"):
            replay()
    assert not Path(settings.data).exists()

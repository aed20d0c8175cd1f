"""A month of the sample site as a catalog: every report once, with evidence, and the same bytes again."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from etl import stages
from etl.dataset import read
from etl.errors import DataError, UsageError
from etl.sample.server import serve
from etl.settings import Settings

TABLES = ("meetings", "persons", "organizations", "posts", "memberships")
MONTH = date(2026, 3, 1)


def clock():
    return datetime(2026, 4, 9, 1, 2, 3, tzinfo=UTC)


def parse(settings, source, day):
    stages.capture_day(source, date(2026, 3, day), settings=settings, clock=clock)
    stages.parse_day(source, date(2026, 3, day), settings=settings, clock=clock)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """Two days of both sources, parsed and merged; the site stays up, since its address is in the ids."""
    settings = Settings(data=str(tmp_path_factory.mktemp("merge") / "data"))
    with pytest.MonkeyPatch.context() as patch, serve() as site:
        patch.setenv("ETL_SAMPLE_SITE", site)
        for source in ("xinhe-daily", "xinhe-gov"):
            for day in (2, 6):
                parse(settings, source, day)
        stages.merge_month(MONTH, settings=settings, clock=clock)
        yield settings


def files(settings):
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for table in TABLES
        for path in Path(settings.data, table).rglob("*.parquet")
    }


def test_every_report_is_in_exactly_one_meeting(settings):
    reports = read(settings.data, "meeting_reports")
    listed = [report["report_id"] for found in read(settings.data, "meetings")["reports"] for report in found]
    assert sorted(listed) == sorted(reports["report_id"])


def test_a_meeting_that_two_sources_report_is_one_row(settings):
    meetings = read(settings.data, "meetings")
    shared = meetings[meetings["sources"] == 2]
    assert "市政府第六十三次常务会议" in set(shared["name"])
    assert {report["rule"] for found in shared["reports"] for report in found} == {"first", "reprint"}


def test_what_a_meeting_says_is_what_its_lead_report_says(settings):
    both = read(settings.data, "meetings").merge(
        read(settings.data, "meeting_reports"), left_on="lead_report_id", right_on="report_id"
    )
    assert len(both) == len(read(settings.data, "meetings"))
    for column in ("name", "kind", "location_name", "organizer"):
        assert both[f"{column}_x"].fillna("").tolist() == both[f"{column}_y"].fillna("").tolist()


def test_mentions_lead_back_to_participants_of_that_name(settings):
    people = read(settings.data, "participants").drop_duplicates(["report_id", "seq"])
    printed = {(row.report_id, row.seq): row.name for row in people.itertuples(index=False)}
    persons = read(settings.data, "persons")
    linked = [
        (mention["report_id"], mention["seq"], name)
        for name, found in zip(persons["name"], persons["mentions"], strict=True)
        for mention in found
    ]
    assert len(linked) == len({key[:2] for key in linked}) > 20
    assert all(printed[report_id, seq] == name for report_id, seq, name in linked)


def test_references_between_the_tables_resolve(settings):
    ids = {table: set(read(settings.data, table)[f"{table[:-1]}_id"]) for table in TABLES}
    held = read(settings.data, "memberships")
    assert set(held["person_id"]) <= ids["persons"]
    assert set(held["post_id"]) <= ids["posts"]
    for table in ("memberships", "posts"):
        assert set(read(settings.data, table)["organization_id"].dropna()) <= ids["organizations"]


def test_a_month_is_one_file_of_each_table(settings):
    assert {path.relative_to(settings.data).as_posix() for path in files(settings)} == {
        f"{table}/month=2026-03/part-0.parquet" for table in TABLES
    }
    assert set(read(settings.data, "meetings")["month"]) == {"2026-03"}
    assert len(read(settings.data, "meetings", until=date(2026, 2, 28))) == 0
    with pytest.raises(UsageError, match="meetings is not kept by source"):
        read(settings.data, "meetings", source_id="xinhe-gov")


def test_the_same_month_again_is_the_same_bytes(settings):
    before = files(settings)
    again = stages.merge_month(date(2026, 3, 31), settings=settings, clock=clock)
    assert not again.changed
    assert files(settings) == before


def test_a_merge_is_a_run(settings):
    runs = read(settings.data, "runs")
    (run,) = runs[runs["stage"] == "merge"].to_dict("records")
    assert (run["run_key"], run["source_id"], str(run["day"])) == ("2026-03", "catalog", "2026-03-01")
    assert run["taken"] == len(read(settings.data, "meeting_reports"))


def test_a_day_that_comes_late_gives_the_month_that_all_days_give(settings, tmp_path):
    late = Settings(data=str(tmp_path / "data"))
    for source, day in (("xinhe-gov", 6), ("xinhe-daily", 6), ("xinhe-daily", 2), ("xinhe-gov", 2)):
        parse(late, source, day)
        assert stages.merge_month(MONTH, settings=late, clock=clock).changed
    assert sorted(files(late).values()) == sorted(files(settings).values())


def test_a_month_without_anything_parsed_is_no_empty_success(tmp_path):
    with pytest.raises(DataError, match="nothing was parsed for 2026-05 below"):
        stages.merge_month(date(2026, 5, 1), settings=Settings(data=str(tmp_path)), clock=clock)

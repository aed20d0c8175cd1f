"""Capture, parse and import with the data folder on object storage."""

from dataclasses import replace
from datetime import UTC, date, datetime

import fsspec

from etl import stages
from etl.dataset import read, schemas

SOURCE = "xinhe-gov"
DAY = date(2026, 3, 4)


def clock():
    return datetime(2026, 3, 9, tzinfo=UTC)


def tables(url: str) -> dict[str, bytes]:
    fs, root = fsspec.url_to_fs(url, use_listings_cache=False)
    return {path.removeprefix(root): fs.cat_file(path) for path in fs.find(root) if path.endswith(".parquet")}


def test_a_day_on_object_storage_is_the_same_as_on_disk(settings, bucket):
    remote = replace(settings, data=bucket)
    for where in (settings, remote):
        stages.capture_day(SOURCE, DAY, settings=where, clock=clock)
        stages.parse_day(SOURCE, DAY, settings=where, clock=clock)
    assert tables(settings.data) == tables(bucket)
    assert len(tables(bucket)) == len(schemas.daily()) + 2
    again = stages.capture_day(SOURCE, DAY, settings=remote, clock=clock)
    assert not again.changed
    assert not stages.parse_day(SOURCE, DAY, settings=remote, clock=clock).changed


def test_an_import_to_object_storage_sweeps_its_stale_files(settings, bucket, tmp_path, monkeypatch):
    page = tmp_path / "page.txt"
    page.write_text("河川市召开会议\n3月4日，市长田禾主持召开春耕工作会议。", encoding="utf-8")
    remote = replace(settings, data=bucket)
    for day in (DAY, None):
        monkeypatch.setattr("etl.stages.importing.published_day", lambda article, source, day=day: day)
        stages.import_paths([page], settings=remote, clock=clock, again=True)
    articles = read(bucket, "articles")
    assert (articles["source_id"].tolist(), articles["day"].tolist()) == (["files"], [None])

"""Capture, parse and import with the data folder on object storage."""

import gzip
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


def test_a_list_and_its_archives_on_object_storage_are_imported_once(settings, bucket, tmp_path):
    fs, root = fsspec.url_to_fs(bucket)
    for number in range(2):
        body = f"<h1>会议</h1><p>3月4日，市长田禾主持召开第{number}次春耕工作会议。</p>".encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://paper.example/{number}.html\r\n"
        head += "WARC-Date: 2026-03-08T00:00:00Z\r\nContent-Type: application/http\r\n"
        head += f"Content-Length: {len(http)}"
        packed = gzip.compress(head.encode() + b"\r\n\r\n" + http + b"\r\n\r\n", mtime=0)
        fs.pipe_file(f"{root}/in/crawl/{number}.warc.gz", packed)
    fs.pipe_file(f"{root}/in/warc.paths.gz", gzip.compress(b"crawl/0.warc.gz\ncrawl/1.warc.gz\n"))
    (tmp_path / "here.paths").write_text("crawl/0.warc.gz\ncrawl/1.warc.gz\n")
    for place, base in [(f"{bucket}/in/warc.paths.gz", None), (tmp_path / "here.paths", f"{bucket}/in")]:
        reports = stages.import_paths([place], settings=settings, clock=clock, root=base)
        assert [(report.taken, report.tables["articles"]) for report in reports] == [(1, 1)] * 2
    assert [report.changed for report in reports] == [False, False]
    articles = read(settings.data, "articles")
    assert sorted(articles["url"]) == [f"http://paper.example/{number}.html" for number in range(2)]

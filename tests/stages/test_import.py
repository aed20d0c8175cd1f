"""Import of saved pages, folders and WARC files."""

import gzip
import io
import os
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl import stages
from etl.dataset import read, schemas
from etl.errors import UsageError
from etl.stages import importing

PAGE = """<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>
<p>发布时间：{day} 09:30　来源：河川日报</p><div class="TRS_Editor">
<p>{day}，河川市{title}。市委副书记、市长田禾出席会议并讲话，副市长柳青主持会议。</p>
<p>会议强调，一要抓好备耕物资供应，确保种子化肥到村到户。二要抓好农田水利建设，确保渠道畅通、用水有序。</p>
</div></body></html>"""


def clock():
    return datetime(2026, 3, 9, tzinfo=UTC)


def page(number: int, day: str = "2026-03-02") -> bytes:
    return PAGE.format(title=f"第{number}次春耕工作会议召开", day=day).encode()


def warc(path: Path, pages: dict[str, bytes]) -> None:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        for url, body in pages.items():
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                http_headers=head,
                warc_headers_dict={"WARC-Date": "2026-03-08T00:00:00Z"},
            )
            writer.write_record(record)


@pytest.fixture
def saved(tmp_path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    for number, day in enumerate(["2026-03-02", "2026-03-02", "2026-03-04"]):
        (folder / f"{number}.html").write_bytes(page(number, day))
    (folder / "note.txt").write_text(
        "通知\n没有日期的通知，各单位要认真落实有关安排，确保各项工作按期完成。", encoding="utf-8"
    )
    (folder / "empty.html").write_bytes(b"")
    for path in folder.iterdir():
        os.utime(path, (1_773_000_000, 1_773_000_000))
    return folder


def run(settings, *paths, **options):
    return stages.import_paths(paths, settings=settings, clock=clock, **options)


def test_every_page_ends_as_an_article_or_a_reject(saved, settings):
    (report,) = run(settings, saved)
    assert report.taken == 5
    assert report.tables["articles"] + sum(report.rejects.values()) == 5
    assert report.rejects["capture/empty"] == 1


def test_rows_stand_in_the_partition_of_the_publish_date(saved, settings):
    run(settings, saved)
    articles = read(settings.data, "articles")
    days = dict(zip(articles["url"], articles["day"], strict=True))
    assert days["file:saved/0.html"] == days["file:saved/1.html"] == date(2026, 3, 2)
    assert days["file:saved/2.html"] == date(2026, 3, 4)
    assert days["file:saved/note.txt"] is None
    assert set(articles["source_id"]) == {"files"}


def test_every_table_has_a_file(saved, settings):
    run(settings, saved)
    for name in schemas.daily():
        assert list(Path(settings.data, name).rglob("*.parquet")), name


def test_importing_again_changes_no_byte(saved, settings, digests):
    (first,) = run(settings, saved)
    before = digests()
    (again,) = run(settings, saved)
    assert digests() == before
    assert (first.changed, again.changed, first.digest) == (True, False, again.digest)


def test_another_shard_leaves_the_rows_of_the_first_alone(saved, settings, digests, tmp_path):
    run(settings, saved)
    before = digests()
    single = tmp_path / "single.html"
    single.write_bytes(page(77))
    run(settings, single)
    after = digests()
    assert before.items() <= after.items()
    assert len(read(settings.data, "articles", day=date(2026, 3, 2))) == 3


def test_pages_that_moved_to_another_day_leave_no_stale_rows(saved, settings, monkeypatch):
    run(settings, saved)
    with monkeypatch.context() as patch:
        patch.setattr(importing, "published_day", lambda article, source: None)
        run(settings, saved, again=True)
        articles = read(settings.data, "articles")
        assert articles["day"].isna().all()
        assert articles["article_id"].is_unique
    run(settings, saved, again=True)
    assert read(settings.data, "articles")["article_id"].is_unique


def test_a_folder_that_has_got_another_page_replaces_its_rows(saved, settings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    here = replace(settings, data="data-here")
    run(here, saved)
    (saved / "9.html").write_bytes(page(9))
    (report,) = run(here, "saved")
    assert (report.taken, report.changed) == (6, True)
    articles = read(here.data, "articles")
    assert (len(articles), articles["article_id"].is_unique) == (5, True)
    assert read(here.data, "runs")["taken"].tolist() == [6]


@pytest.mark.parametrize("limit", [("CHUNK_PAGES", 2), ("CHUNK_CHARS", 100)])
def test_chunks_bound_memory_and_give_the_same_rows(saved, settings, monkeypatch, limit):
    run(settings, saved)
    whole = read(settings.data, "articles").sort_values("url")["article_id"].tolist()
    shutil.rmtree(settings.data)
    monkeypatch.setattr(importing, *limit)
    reports = run(settings, saved)
    assert len(reports) > 1
    assert sum(report.taken for report in reports) == 5
    assert read(settings.data, "articles").sort_values("url")["article_id"].tolist() == whole


def test_a_warc_file_is_imported_and_a_repeated_page_is_a_reject(settings, tmp_path):
    archive = tmp_path / "pages.warc.gz"
    warc(archive, {f"https://news.example/{n}.html": page(n) for n in range(3)})
    archive.write_bytes(archive.read_bytes() * 2)
    (report,) = run(settings, archive)
    assert report.tables["articles"] == report.tables["captures"] == 3
    assert report.rejects == {"import/repeated": 3}


def test_a_second_version_of_an_address_is_a_reject(settings, tmp_path):
    archive, other = tmp_path / "pages.warc.gz", tmp_path / "other.warc.gz"
    warc(archive, {"https://news.example/1.html": page(1)})
    warc(other, {"https://news.example/1.html": page(2)})
    archive.write_bytes(archive.read_bytes() + other.read_bytes())
    (report,) = run(settings, archive)
    assert (report.tables["captures"], report.tables["articles"]) == (2, 1)
    assert report.rejects == {"import/repeated": 1}


def test_a_corrupt_warc_member_is_named_and_the_others_are_read(settings, tmp_path):
    archive = tmp_path / "pages.warc.gz"
    members = []
    for number in range(3):
        warc(archive, {f"https://news.example/{number}.html": page(number)})
        members.append(bytearray(archive.read_bytes()))
    members[1][len(members[1]) // 2 :] = b"\xff" * (len(members[1]) - len(members[1]) // 2)
    archive.write_bytes(b"".join(members))
    (report,) = run(settings, archive)
    assert report.tables["articles"] == 2
    (detail,) = read(settings.data, "rejects")["detail"]
    assert f"pages.warc.gz at offset {len(members[0])}" in detail


def test_a_truncated_gzip_page_is_a_reject(settings, saved):
    (saved / "cut.html.gz").write_bytes(gzip.compress(page(9))[:-20])
    (report,) = run(settings, saved)
    rejects = read(settings.data, "rejects").set_index("url")
    assert "cut.html.gz" in rejects.loc["file:saved/cut.html.gz", "detail"]
    assert report.tables["articles"] == 4


@pytest.mark.parametrize("bad", ["missing.html", "nothing"])
def test_a_path_without_pages_is_refused_before_anything_is_written(settings, saved, tmp_path, bad):
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "picture.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(UsageError, match=bad):
        run(settings, saved, tmp_path / bad)
    assert not Path(settings.data).exists()

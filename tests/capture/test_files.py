"""Saved pages, folders and archives."""

from __future__ import annotations

import gzip
import io
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import fsspec
import pytest
from fastwarc.stream_io import ZstdWriter
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.capture import files
from etl.errors import UnavailableError, UsageError
from etl.records import Capture, Reject

PAGE = "<html><body><p>市委召开会议。</p></body></html>".encode()


def archive(path: Path, pages: list[tuple[str, dict[str, str], bytes]], *, zipped: bool = True) -> list[int]:
    """Write a WARC file with warcio; return the offsets of its responses."""
    offsets = []
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=zipped)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a test"}))
        for url, headers, body in pages:
            offsets.append(stream.tell())
            head = StatusAndHeaders("200 OK", list(headers.items()), protocol="HTTP/1.1")
            date = {"WARC-Date": "2024-05-06T07:08:09Z"}
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=date
            )
            writer.write_record(record)
    return offsets


def pages(count: int) -> list[tuple[str, dict[str, str], bytes]]:
    html = {"Content-Type": "text/html; charset=utf-8"}
    return [(f"http://a.example/{n}.html", html, PAGE + f"<p>{n}</p>".encode() * 50) for n in range(count)]


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path):
    folder = tmp_path / "saved"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "2.htm").write_bytes(PAGE)
    (folder / "a.txt").write_bytes("会议纪要".encode("gb18030"))
    (folder / "note.pdf").write_bytes(b"%PDF")
    (folder / ".hidden.html").write_bytes(PAGE)
    skipped: Counter[str] = Counter()
    found = list(files.read([folder], skipped=skipped))
    assert [(one.url, one.content_type) for one in found] == [
        ("file:saved/a.txt", "text/plain"),
        ("file:saved/b/2.htm", "text/html"),
    ]
    assert all(one.day is None and one.http_status == 200 for one in found)
    assert skipped == {".pdf": 1}


def test_the_address_that_a_browser_noted_is_the_pages_address(tmp_path):
    mark = b"<!DOCTYPE html>\n<!-- saved from url=(0027)http://a.example/2026/1.html -->\n"
    (tmp_path / "x.html").write_bytes(mark + PAGE)
    [page] = files.read([tmp_path / "x.html"])
    assert page.url == "http://a.example/2026/1.html"


def test_an_mhtml_file_gives_its_page_and_address(tmp_path):
    text = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=X\n\n"
        "--X\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n"
        "Content-Location: http://a.example/1.html\n\n<p>=E4=BC=9A=E8=AE=AE</p>\n--X--\n"
    )
    (tmp_path / "x.mhtml").write_text(text)
    [page] = files.read([tmp_path / "x.mhtml"])
    assert (page.url, page.body.strip()) == ("http://a.example/1.html", "<p>会议</p>".encode())


def test_a_folder_without_pages_is_a_usage_error(tmp_path):
    (tmp_path / "x.csv").write_text("a")
    with pytest.raises(UsageError, match=r"there is no page in .*: give saved pages"):
        list(files.read([tmp_path]))


def test_a_path_that_is_not_there_is_a_usage_error_before_anything_is_read(tmp_path):
    (tmp_path / "x.html").write_bytes(PAGE)
    with pytest.raises(UsageError, match="does not exist"):
        next(files.read([tmp_path / "x.html", tmp_path / "gone.html"]))


def test_a_gzipped_page_is_undone_and_a_cut_off_one_is_a_reject(tmp_path):
    whole = gzip.compress(PAGE * 100)
    (tmp_path / "1.html.gz").write_bytes(whole)
    (tmp_path / "2.html.gz").write_bytes(whole[:-20])
    good, bad = files.read([tmp_path])
    assert good.body == PAGE * 100
    assert isinstance(bad, Reject)
    assert (bad.reason, "2.html.gz" in bad.detail) == ("bad-encoding", True)


@pytest.mark.parametrize("zipped", [True, False])
def test_an_archive_gives_its_pages_with_dates_and_places(tmp_path, zipped):
    path = tmp_path / ("a.warc.gz" if zipped else "a.warc")
    image = ("http://a.example/x.png", {"Content-Type": "image/png"}, b"\x89PNG")
    offsets = archive(path, [*pages(2), image], zipped=zipped)
    skipped: Counter[str] = Counter()
    found = list(files.read([path], skipped=skipped))
    assert [one.url for one in found] == ["http://a.example/0.html", "http://a.example/1.html"]
    assert found[0].fetched_at == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert [(one.warc_file, one.warc_offset) for one in found] == [(path.name, at) for at in offsets[:2]]
    assert skipped == {"warcinfo": 1, "response that is no page": 1}


def test_codings_in_an_archive_are_undone(tmp_path):
    html = {"Content-Type": "text/html"}
    chunked = b"5\r\n<p>ab\r\n4\r\nc</p\r\n1\r\n>\r\n0\r\n\r\n"
    archive(
        tmp_path / "a.warc.gz",
        [
            ("http://a.example/1", {**html, "Content-Encoding": "gzip"}, gzip.compress(PAGE)),
            ("http://a.example/2", {**html, "Transfer-Encoding": "chunked"}, chunked),
            ("http://a.example/3", {**html, "Content-Encoding": "gzip"}, gzip.compress(PAGE)[:-9]),
            ("http://a.example/4", {**html, "Transfer-Encoding": "chunked"}, PAGE),
        ],
    )
    one, two, three, four = files.read([tmp_path])
    assert (one.body, two.body, four.body) == (PAGE, b"<p>abc</p>", PAGE)
    assert one.wire_body == gzip.compress(PAGE)
    assert (three.reason, three.url) == ("bad-encoding", "http://a.example/3")


@pytest.mark.parametrize("zipped", [True, False])
def test_a_broken_record_is_named_with_its_offset_and_the_others_are_read(tmp_path, zipped):
    path = tmp_path / ("a.warc.gz" if zipped else "a.warc")
    offsets = archive(path, pages(5), zipped=zipped)
    data = bytearray(path.read_bytes())
    if zipped:
        data[offsets[2] + 60 : offsets[2] + 64] = b"\xff\xff\xff\xff"
    else:
        data[offsets[2] : offsets[2] + 4] = b"????"
    path.write_bytes(data)
    found = list(files.read([path]))
    assert [one.url[-6] for one in found if isinstance(one, Capture)] == list("0134")
    [reject] = [one for one in found if isinstance(one, Reject)]
    assert reject.reason == "broken-record"
    assert f"a.warc{'.gz' if zipped else ''} at offset {offsets[2]}:" in reject.detail


def test_an_archive_cut_off_in_its_last_record_gives_the_others_and_a_reject(tmp_path):
    path = tmp_path / "a.warc.gz"
    offsets = archive(path, pages(3))
    path.write_bytes(path.read_bytes()[: offsets[2] + 120])
    found = list(files.read([path]))
    assert [type(one).__name__ for one in found] == ["Capture", "Capture", "Reject"]


def test_what_is_no_archive_at_all_is_a_reject(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(b"this is no archive")
    [reject] = files.read([tmp_path])
    assert (reject.stage, reject.reason) == ("capture", "broken-record")


def test_reading_is_repeatable(tmp_path):
    archive(tmp_path / "a.warc.gz", pages(3))
    assert list(files.read([tmp_path])) == list(files.read([tmp_path]))


def test_zstandard_archives_are_read(tmp_path):
    archive(tmp_path / "a.warc", pages(3), zipped=False)
    out = io.BytesIO()
    writer = ZstdWriter(out)
    writer.write((tmp_path / "a.warc").read_bytes())
    writer.finish()
    writer.flush()
    (tmp_path / "b.warc.zst").write_bytes(out.getvalue())
    (tmp_path / "a.warc").unlink()
    assert [one.url[-6] for one in files.read([tmp_path])] == ["0", "1", "2"]


def test_a_list_of_files_is_followed_from_where_its_first_file_is(tmp_path):
    (tmp_path / "crawl" / "one").mkdir(parents=True)
    archive(tmp_path / "crawl" / "one" / "a.warc.gz", pages(1))
    archive(tmp_path / "crawl" / "one" / "b.warc.gz", pages(2))
    names = b"crawl/one/a.warc.gz\ncrawl/one/b.warc.gz\n"
    (tmp_path / "crawl" / "warc.paths.gz").write_bytes(gzip.compress(names))
    found = list(files.read([tmp_path / "crawl" / "warc.paths.gz"]))
    assert [one.warc_file for one in found] == ["crawl/one/a.warc.gz", *["crawl/one/b.warc.gz"] * 2]


def test_a_list_that_names_a_missing_file_is_a_usage_error(tmp_path):
    (tmp_path / "warc.paths").write_text("gone.warc.gz\n")
    with pytest.raises(UsageError, match=r"warc\.paths names gone\.warc\.gz, which does not exist"):
        list(files.read([tmp_path / "warc.paths"]))


def test_object_storage_is_read(tmp_path):
    archive(tmp_path / "a.warc.gz", pages(2))
    fs = fsspec.filesystem("memory")
    fs.pipe_file("/bucket/in/a.warc.gz", (tmp_path / "a.warc.gz").read_bytes())
    found = list(files.read(["memory://bucket/in"]))
    assert [(one.url[-6], one.warc_file) for one in found] == [("0", "in/a.warc.gz"), ("1", "in/a.warc.gz")]


def test_web_addresses_are_not_imported():
    with pytest.raises(UsageError, match="capture web sites by a source"):
        list(files.read(["http://127.0.0.1/a.warc.gz"]))


def test_pages_are_chosen_by_host_address_and_language(tmp_path):
    html = {"Content-Type": "text/html"}
    chinese = "<p>市委召开会议，研究部署工作。</p>" * 9
    archive(
        tmp_path / "a.warc.gz",
        [
            ("http://www.paper.example/news/1.html", html, chinese.encode("gb18030")),
            ("http://paper.example/news/2.html", html, chinese.encode()),
            ("http://paper.example/news/3.html", html, b"<html lang='en'><p>The council met.</p>"),
            ("http://paper.example/video/4.html", html, chinese.encode()),
            ("http://newspaper.example/news/5.html", html, chinese.encode()),
        ],
    )
    choice = files.Choice(frozenset(["paper.example"]), (re.compile("/news/"),), chinese=True)
    skipped: Counter[str] = Counter()
    found = [one.url[-6] for one in files.read([tmp_path], choice=choice, skipped=skipped)]
    assert (found, skipped["not wanted"]) == (["1", "2"], 3)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (("市委召开会议，研究部署重点工作，听取有关情况汇报" * 2).encode(), True),  # one run of bytes
        (("市委召开会议，研究部署重点工作，听取有关情况汇报" * 2).encode("gb18030"), True),
        ("市委召开会议".encode("utf-16"), True),
        ("市委召开会议研究部署".encode("ascii", "xmlcharrefreplace"), True),
        (b"<html lang='zh-CN'>", True),
        ("Der Gemeinderat tagte über Straßen, Brücken, Märkte und Bäume. ".encode() * 50, False),
        ("Le conseil a siégé à l’hôtel de ville. ".encode("latin-1", "replace") * 50, False),
        (b"<html lang='en'>The council met.", False),
    ],
)
def test_a_page_that_may_be_chinese_is_told_by_its_bytes(body, wanted):
    assert files.choose([], [], ["zh"]).wants_body(body) is wanted


def test_an_archive_that_names_languages_is_believed_before_its_page_is_read(tmp_path):
    chinese, html = "<p>市委召开会议，研究部署工作。</p>".encode() * 9, {"Content-Type": "text/html"}
    with (tmp_path / "a.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, language in enumerate(["zho,eng", "deu", None]):
            headers = {"WARC-Identified-Content-Language": language} if language else {}
            record = writer.create_warc_record(
                f"http://a.example/{number}",
                "response",
                payload=io.BytesIO(chinese),
                http_headers=StatusAndHeaders("200 OK", list(html.items()), protocol="HTTP/1.1"),
                warc_headers_dict=headers,
            )
            writer.write_record(record)
    choice = files.choose([], [], ["zh"])
    assert [one.url[-1] for one in files.read([tmp_path], choice=choice)] == ["0", "2"]


@pytest.mark.parametrize(
    ("hosts", "patterns", "languages", "said"),
    [
        (["http://a.example/"], [], [], "'http://a.example/' is no host name"),
        ([""], [], [], "'' is no host name"),
        ([], ["("], [], "'(' is no regular expression"),
        ([], [], ["en"], "language 'en' cannot be told; there is zh"),
    ],
)
def test_a_choice_that_cannot_be_made_is_a_usage_error(hosts, patterns, languages, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        files.choose(hosts, patterns, languages)


def test_host_names_are_compared_as_addresses_write_them():
    choice = files.choose(["会议.example", "Paper.Example."], [], [])
    assert choice.wants_url("http://xn--kbr0a6k.example/1") is choice.wants_url("http://x.example/") is False
    assert choice.wants_url(f"http://{'会议'.encode('idna').decode()}.example/1")
    assert choice.wants_url("http://www.paper.example:8080/1")


def test_names_in_a_list_count_from_a_root_that_is_given(tmp_path):
    (tmp_path / "far").mkdir()
    archive(tmp_path / "far" / "a.warc.gz", pages(1))
    (tmp_path / "warc.paths").write_text("a.warc.gz\n")
    with pytest.raises(UsageError, match="does not exist beside or above it; give the place"):
        list(files.find([str(tmp_path / "warc.paths")]))
    [blob] = files.find([str(tmp_path / "warc.paths")], root=str(tmp_path / "far"))
    assert (blob.name, blob.size > 0) == ("a.warc.gz", True)


def test_a_broken_list_is_a_usage_error(tmp_path):
    (tmp_path / "warc.paths.gz").write_bytes(gzip.compress(b"a.warc.gz\n" * 99)[:-9])
    with pytest.raises(UsageError, match="is no sound gzip file"):
        list(files.find([str(tmp_path / "warc.paths.gz")]))


def test_a_store_that_stops_answering_ends_the_run_and_is_no_broken_record(tmp_path, monkeypatch):
    archive(tmp_path / "a.warc.gz", pages(40))
    fs = fsspec.filesystem("memory")
    fs.pipe_file("/bucket/cut/a.warc.gz", (tmp_path / "a.warc.gz").read_bytes())

    class Dropped(io.BytesIO):
        name = "s3://bucket/cut/a.warc.gz"

        def read(self, size=-1):
            if self.tell() > 0:
                raise ConnectionError("connection reset")
            return super().read(100)

    [blob] = files.find(["memory://bucket/cut"])
    monkeypatch.setattr(fs, "open", lambda *_: Dropped((tmp_path / "a.warc.gz").read_bytes()))
    with pytest.raises(UnavailableError, match=r"a\.warc\.gz cannot be read now \(connection reset\)"):
        list(files.read_blob(blob, source_id="files", max_body=10**6, skipped=Counter()))


def test_a_store_that_does_not_answer_is_told_in_a_sentence(monkeypatch):
    for name, value in {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    fsspec.core.filesystem("s3").clear_instance_cache()
    with pytest.raises(UnavailableError, match=r"s3://bucket/a\.warc\.gz cannot be read now"):
        list(files.find(["s3://bucket/a.warc.gz"]))
    fsspec.core.filesystem("s3").clear_instance_cache()

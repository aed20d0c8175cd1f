"""WARC files: readable by others, the same for the same input, whole or absent, without secrets."""

from __future__ import annotations

import gzip
import hashlib
import io
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from etl.capture import landing
from etl.errors import DataError
from etl.records import Capture, Redirect, make_id
from etl.settings import Settings

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 3, 1, 2, 3, tzinfo=UTC)


def capture(number: int = 0, **changes) -> Capture:
    """Return an invented capture."""
    body = f"<p>第{number}篇</p>".encode()
    url = f"http://paper.example/2026/03/02/{number}.html?a=1"
    sha256 = hashlib.sha256(body).hexdigest()
    made = Capture(
        capture_id=make_id("here", url, sha256),
        source_id="here",
        day=DAY,
        url=url,
        final_url=url,
        http_status=200,
        headers=(
            ("Content-Type", "text/html"),
            ("Set-Cookie", "t=geheim"),
            ("X-Two", "1"),
            ("X-Two", "2"),
        ),
        fetched_at=NOW,
        body=body,
        body_sha256=sha256,
        content_type="text/html",
        request_headers=(
            ("Host", "paper.example"),
            ("Authorization", "Basic geheim"),
            ("User-Agent", "huiyi"),
        ),
    )
    return replace(made, **changes)


def write(settings: Settings, captures, run_no=None) -> Path:
    """Land the captures; return the file."""
    with landing.Writer(settings, "here", DAY, run_no) as writer:
        for one in captures:
            writer.append(one)
    return Path(writer.published)


def test_warcio_and_fastwarc_read_every_record_and_verify_its_digests(settings):
    hop = Redirect("http://paper.example/old.html", 301, (("Location", "/2026/03/02/0.html?a=1"),))
    path = write(settings, [capture(0, redirects=(hop,), url=hop.url), capture(1)])
    with path.open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream, check_digests="raise")]
    assert kinds == ["warcinfo", "response", "response", "request", "response", "request"]
    records = list(FastIterator(path.open("rb"), verify_digests=False))
    assert len(records) == 6
    for record in FastIterator(path.open("rb"), parse_http=False):
        if "WARC-Block-Digest" in record.headers:
            assert record.verify_block_digest()
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_offsets_and_lengths_cut_out_the_response(settings):
    path = write(settings, [capture(0), capture(1)])
    for landed in landing.index(settings, "here", DAY):
        with path.open("rb") as stream:
            stream.seek(landed.warc_offset)
            cut = stream.read(landed.warc_length)
        record = next(iter(ArchiveIterator(io.BytesIO(cut))))
        assert record.rec_headers["WARC-Target-URI"] == landed.url
        assert record.content_stream().read() == capture(int(landed.url[-10])).body


def test_append_tells_where_the_capture_lies_as_index_does(settings):
    with landing.Writer(settings, "here", DAY) as writer:
        told = [writer.append(capture(number)) for number in range(3)]
    found = list(landing.index(settings, "here", DAY))
    place = [(one.capture_id, one.warc_file, one.warc_offset, one.warc_length) for one in told]
    assert place == [(one.capture_id, one.warc_file, one.warc_offset, one.warc_length) for one in found]


def test_the_same_captures_give_the_same_bytes(settings, tmp_path):
    other = replace(settings, data=str(tmp_path / "other"))
    captures = [capture(0), capture(1)]
    assert write(settings, captures).read_bytes() == write(other, captures).read_bytes()


def test_no_secret_lands(settings):
    path = write(settings, [capture(0, final_url="http://user:geheim@paper.example/x")])
    text = gzip.decompress(path.read_bytes())
    assert b"geheim" not in text
    assert b"Set-Cookie: redacted" in text
    assert b"Authorization: redacted" in text


def test_a_header_cannot_smuggle_in_another(settings):
    path = write(
        settings, [capture(0, headers=(("X-A", "1\r\nX-B: 2"),), final_url="http://a.example/\r\nX: 1")]
    )
    [landed] = list(landing.index(settings, "here", DAY))
    assert "X-B" not in dict(landed.headers)
    assert path.exists()


def test_an_exception_leaves_nothing(settings):
    def broken_run():
        with landing.Writer(settings, "here", DAY) as writer:
            writer.append(capture(0))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_run()
    assert list(landing.index(settings, "here", DAY)) == []
    assert [path for path in Path(settings.data).rglob("*") if path.is_file()] == []


def test_revisits_alone_are_not_landed_but_land_beside_something_new(settings):
    [first] = [replace(one) for one in [capture(0)]]
    write(settings, [first])
    again = replace(first, http_status=304, body=b"", revisit_of=NOW, fetched_at=NOW.replace(day=4))
    with landing.Writer(settings, "here", DAY) as writer:
        writer.append(again)
    assert writer.published is None
    path = write(settings, [again, capture(1)])
    with path.open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream)]
    assert kinds == ["warcinfo", "revisit", "request", "response", "request"]
    assert len(list(landing.replay(settings, "here", DAY))) == 2


def test_an_existing_file_is_never_overwritten(settings):
    write(settings, [capture(0)], run_no=0)
    with pytest.raises(DataError, match="never overwritten"):
        write(settings, [capture(1)], run_no=0)


def test_two_processes_cannot_write_one_source_day_at_once(settings):
    with landing.Writer(settings, "here", DAY) as writer:
        writer.append(capture(0))
        with pytest.raises(DataError, match="another process"):
            write(settings, [capture(1)])


def _write_and_wait(settings: Settings, ready) -> None:
    with landing.Writer(settings, "here", DAY) as writer:
        writer.append(capture(0))
        ready.set()
        time.sleep(60)


def test_a_killed_run_leaves_nothing_that_counts_and_the_next_one_starts_afresh(settings):
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    process = context.Process(target=_write_and_wait, args=(settings, ready))
    process.start()
    assert ready.wait(10)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert list(landing.index(settings, "here", DAY)) == []
    path = write(settings, [capture(1)])
    assert path.name == "here-2026-03-02-0.warc.gz"
    assert [one.url[-10] for one in landing.index(settings, "here", DAY)] == ["1"]
    assert sorted(one.suffix for one in path.parent.iterdir()) == [".cdxj", ".gz"]


def test_a_damaged_file_is_named_with_its_offset(settings):
    path = write(settings, [capture(number) for number in range(5)])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(DataError, match=rf"{path.name} cannot be read at offset \d+ "):
        list(landing.replay(settings, "here", DAY))


@pytest.mark.parametrize("cut", [1, 9, 60, 400])
def test_a_cut_off_file_is_named(settings, cut):
    path = write(settings, [capture(number) for number in range(5)])
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(DataError, match=rf"{path.name} cannot be read at offset \d+ "):
        list(landing.index(settings, "here", DAY))


def test_a_source_id_cannot_leave_its_folder(settings):
    with pytest.raises(ValueError, match="`id`"):
        landing.Writer(settings, "../there", DAY)


def test_the_landing_zone_may_be_object_storage(settings):
    remote = replace(settings, data="memory://bucket/data")
    with landing.Writer(remote, "here", DAY) as writer:
        writer.append(capture(0))
    assert writer.published.endswith("landing/source_id=here/day=2026-03-02/here-2026-03-02-0.warc.gz")
    assert [one.body for one in landing.replay(remote, "here", DAY)] == [capture(0).body]

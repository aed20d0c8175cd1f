"""The index beside each WARC file, and what `etl verify` finds."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl import cli, stages
from etl.capture import landing
from etl.capture.landing import cdxj
from etl.errors import DataError


@pytest.fixture
def landed(two_pages, settings, defined, monkeypatch):
    """The WARC file of a captured day; the environment names its data."""
    site = two_pages
    monkeypatch.setenv("ETL_DATA", settings.data)
    monkeypatch.delenv("ETL_SOURCES", raising=False)
    site.settings = replace(settings, sources=defined())
    stages.capture_day("here", site.day, settings=site.settings, clock=site.clock)
    [path] = Path(settings.data).rglob("*.warc.gz")
    return path


@pytest.fixture
def verify(monkeypatch, capsys):
    """A function that runs `etl verify ARGS` and gives exit code and output."""

    def run(*args: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["etl", "verify", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0), capsys.readouterr().out

    return run


def test_the_index_names_every_answer_and_where_it_lies(landed, site):
    lines = (landed.parent / "here-2026-03-02-0.cdxj").read_text().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 2
    for line, capture in zip(lines, landing.index(site.settings, "here", site.day), strict=True):
        key, stamp, told = line.split(" ", 2)
        entry = json.loads(told)
        assert key == f"127.0.0.1:{site.port})/{capture.url[-6:]}"
        assert stamp == "20260312040000"
        assert (entry["url"], entry["mime"], entry["status"]) == (capture.url, "text/html", "200")
        at, length = int(entry["offset"]), int(entry["length"])
        member = gzip.decompress(landed.read_bytes()[at : at + length])
        assert f"WARC-Payload-Digest: {entry['digest']}".encode() in member


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.People.com.cn/GB/Index1.html", "cn,com,people)/gb/index1.html"),
        ("https://a.example:8443/?b=2&a=1", "example,a:8443)/?a=1&b=2"),
        ("http://127.0.0.1:81/x", "127.0.0.1:81)/x"),
        ("http://a.example", "example,a)/"),
    ],
)
def test_keys_sort_by_site(url, key):
    assert cdxj.surt(url) == key


def test_a_whole_landing_zone_has_no_faults(landed, verify):
    assert verify() == (0, "1 source-days, 0 imports, 0 faults\n")
    assert verify("here", "--from", "2026-03-02", "--to", "2026-03-02")[0] == 0
    assert verify("elsewhere") == (0, "0 source-days, 0 imports, 0 faults\n")


def test_an_index_that_a_killed_run_owes_is_named_and_made_up_for(landed, verify, site):
    index = landed.parent / "here-2026-03-02-0.cdxj"
    written = index.read_bytes()
    index.unlink()
    code, out = verify()
    assert code == 3
    assert f"{index}: the index is missing" in out
    stages.capture_day("here", site.day, settings=site.settings, clock=site.clock)
    assert index.read_bytes() == written
    assert verify()[0] == 0


def test_an_index_that_does_not_fit_is_named(landed, verify):
    index = landed.parent / "here-2026-03-02-0.cdxj"
    index.write_bytes(index.read_bytes().replace(b"offset", b"offsat"))
    assert "the index does not fit" in verify()[1]


def test_a_changed_record_is_named_with_its_offset(landed, verify, site):
    data = landed.read_bytes()
    first = next(landing.index(site.settings, "here", site.day))
    start, end = first.warc_offset, first.warc_offset + first.warc_length
    forged = gzip.compress(gzip.decompress(data[start:end]).replace(b"<p>1</p>", b"<p>9</p>"), mtime=0)
    landed.write_bytes(data[:start] + forged + data[end:])
    code, out = verify()
    assert code == 3
    assert f"{landed}: the record at offset {start} is not the one that was written" in out
    with pytest.raises(DataError, match="the body is not the one that landed"):
        list(landing.replay(site.settings, "here", site.day))


def test_a_cut_off_file_is_named(landed, verify):
    landed.write_bytes(landed.read_bytes()[:-40])
    code, out = verify()
    assert code == 3
    assert str(landed) in out


def test_a_table_that_does_not_fit_is_named(landed, verify, settings, site):
    [table] = Path(settings.data).glob("captures/**/*.parquet")
    rows = table.read_bytes()
    table.unlink()
    assert "have no file; run the day again" in verify()[1]
    table.write_bytes(rows)
    site.routes["/1.html"] = b"<p>new</p>"
    site.now = datetime(2026, 3, 12, 5, tzinfo=UTC)
    stages.capture_day("here", site.day, settings=site.settings, clock=site.clock)
    assert verify()[0] == 0
    table.write_bytes(rows)
    assert "landed and is not in the table" in verify()[1]


def test_faults_come_as_json(landed, verify):
    landed.with_name("here-2026-03-02-0.cdxj").unlink()
    told = json.loads(verify("--json")[1])
    assert told["source_days"] == 1
    assert "missing" in told["faults"][0]["detail"]

"""Bad input ends in one sentence: what, where and what to do; what was stored before stays as it was."""

import gzip
import hashlib
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl import settings
from etl.dataset import read, schemas
from etl.launch.environment import free_port

SOURCE = """
id = "{id}"
name = "河川日报"
level = "市"
base = "{base}"
local = true

[politeness]
delay = 0.0

[[discovery]]
kind = "list"
urls = ["/index.html"]
include = ["/news/"]
"""
PAGES = {
    "/index.html": "<ul><li><a href='/news/1.html'>春耕工作会议召开</a> 2026-03-02</li>"
    "<li><a href='/news/2.html'>防汛工作会议召开</a> 2026-03-02</li>"
    "<li><a href='/news/0.html'>旧闻</a> 2026-02-27</li></ul>",
    "/news/1.html": "<h1>春耕工作会议召开</h1><p>发布时间：2026-03-02 08:00</p><div class='TRS_Editor'>"
    "<p>3月1日，河川市春耕工作会议召开。市长田禾出席会议并讲话，副市长柳青主持会议，各县区负责同志参加会议。</p></div>",
    "/news/2.html": "<h1>防汛工作会议召开</h1><p>发布时间：2026-03-02 09:00</p><div class='TRS_Editor'>"
    "<p>3月1日，河川市防汛工作会议召开。市长田禾主持会议并讲话，他要求各县区逐段排查堤防隐患。</p></div>",
}


class Handler(BaseHTTPRequestHandler):
    """Serves `PAGES`; the second article's gzip body is cut off."""

    def do_GET(self):
        body = PAGES.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/news/2.html":
            body = gzip.compress(body)[:-30]
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    """Retries wait a hundredth of a second."""
    load = settings.load
    monkeypatch.setattr(settings, "load", lambda: replace(load(), backoff=0.01))


@pytest.fixture
def data(tmp_path, server, monkeypatch, etl) -> Path:
    """A data folder with one captured and parsed day of the source river."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "river.toml").write_text(SOURCE.format(id="river", base=server), encoding="utf-8")
    monkeypatch.setenv("ETL_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("ETL_DATA", str(tmp_path / "data"))
    code, out, err = etl("run", "river", "--day", "2026-03-02")
    assert code == 0, out + err
    return tmp_path / "data"


def digests(folder: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def corrupt(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + bytes(40) + whole[len(whole) // 2 + 40 :])


def define(data: Path, name: str, text: str) -> None:
    (data.parent / "sources" / f"{name}.toml").write_text(text, encoding="utf-8")


def refused(data: Path, etl, code: int, *args: object) -> str:
    """Return the sentence with which a command ends; nothing in the data folder may have changed."""
    before = digests(data)
    found, out, err = etl(*args)
    assert (found, out) == (code, "")
    assert err.startswith("etl: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert digests(data) == before
    return err


def test_an_unknown_source(data, etl):
    err = refused(data, etl, 2, "run", "rivre", "--day", "2026-03-02")
    assert "'rivre'" in err
    assert "river" in err


def test_a_malformed_definition_names_its_file_and_stops_no_other_source(data, etl):
    define(data, "broken", SOURCE.format(id="broken", base="http://127.0.0.1") + "\nlevl = 3\n[[")
    err = refused(data, etl, 2, "run", "broken", "--day", "2026-03-02")
    assert "broken.toml" in err
    assert etl("run", "river", "--day", "2026-03-02")[0] == 0


def test_a_field_that_no_definition_has_is_named(data, etl):
    define(data, "odd", SOURCE.format(id="odd", base="http://127.0.0.1").replace("level", "levl"))
    err = refused(data, etl, 2, "run", "odd", "--day", "2026-03-02")
    assert "odd.toml" in err
    assert "lev" in err


def test_a_day_in_the_future(data, etl):
    err = refused(data, etl, 2, "run", "river", "--day", "2999-01-01")
    assert "2999-01-01 lies in the future" in err


def test_a_range_the_wrong_way_round(data, etl):
    err = refused(data, etl, 2, "run", "river", "--from", "2026-03-03", "--to", "2026-03-02")
    assert "swap them" in err


def test_a_host_that_does_not_answer(data, etl):
    port = free_port()
    define(data, "deaf", SOURCE.format(id="deaf", base=f"http://127.0.0.1:{port}"))
    err = refused(data, etl, 4, "run", "deaf", "--day", "2026-03-02")
    assert f"127.0.0.1:{port}" in err
    assert "try again later" in err


def test_a_known_day_of_a_host_that_no_longer_answers(data, etl):
    define(data, "river", SOURCE.format(id="river", base=f"http://127.0.0.1:{free_port()}"))
    refused(data, etl, 4, "run", "river", "--day", "2026-03-02")
    assert etl("run", "river", "--day", "2026-03-02", "--mode", "replay")[0] == 0


def test_a_folder_without_pages(data, etl, tmp_path):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "picture.png").write_bytes(b"\x89PNG")
    assert "bare" in refused(data, etl, 2, "import", tmp_path / "bare")


def test_a_corrupt_landing_file(data, etl):
    (landed,) = (data / "landing").rglob("*.warc.gz")
    whole = landed.read_bytes()
    corrupt(landed)
    before = digests(data)
    code, _, err = etl("run", "river", "--day", "2026-03-02", "--mode", "replay")
    assert code == 3
    assert landed.name in err
    assert "offset" in err
    assert digests(data) == before
    landed.write_bytes(whole)
    assert etl("run", "river", "--day", "2026-03-02", "--mode", "replay")[0] == 0


def test_a_broken_day_does_not_stop_the_next(data, etl):
    (landed,) = (data / "landing").rglob("*.warc.gz")
    corrupt(landed)
    code, _, err = etl("run", "river", "--from", "2026-03-02", "--to", "2026-03-03")
    assert code == 3
    assert "1 of 2 days could not be done" in err
    assert list((data / "runs" / "source_id=river" / "day=2026-03-03").iterdir())


def test_a_truncated_gzip_body_is_a_reject_and_the_other_page_is_there(data):
    rejects = read(str(data), "rejects", source_id="river")
    (reject,) = rejects[rejects["url"].str.endswith("/news/2.html").fillna(False)].to_dict("records")
    assert reject["stage"] == "fetch"
    assert reject["detail"]
    assert [url.rpartition("/")[2] for url in read(str(data), "articles")["url"]] == ["1.html"]


@pytest.mark.parametrize("table", ["captures", "articles", "runs"])
def test_a_partition_of_a_newer_schema(data, etl, table):
    path = next((data / table).rglob("*.parquet"))
    newer = schemas.table(table).schema.with_metadata({"schema_version": "99"})
    pq.write_table(newer.empty_table(), path)
    before = path.read_bytes()
    code, _, err = etl("run", "river", "--day", "2026-03-02", "--mode", "replay")
    assert code == 3
    assert str(path) in err
    assert "schema version 99" in err
    assert "upgrade huiyi-etl" in err
    assert path.read_bytes() == before


def test_reading_a_newer_partition_is_refused_too(data, etl):
    path = next((data / "meeting_reports").rglob("*.parquet"))
    newer = schemas.table("meeting_reports").schema.with_metadata({"schema_version": "99"})
    pq.write_table(newer.empty_table(), path)
    assert str(path) in refused(data, etl, 3, "show")


def test_an_article_that_is_not_there(data, etl):
    err = refused(data, etl, 2, "explain", "0123456789abcdef")
    assert "'0123456789abcdef' is neither a file nor the id of an article" in err

"""The DAG `import_warc`, run by Airflow itself in this process, gives the tables of `etl import`."""

import gzip
import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl import stages
from etl.capture import files
from etl.dataset import read
from etl.settings import Settings
from etl.stages import shards

ROOT = Path(__file__).parents[2]
PAGE = """<html><body><h1>第{n}次春耕工作会议召开</h1><p>发布时间：2026-03-0{day} 09:30</p>
<div class="TRS_Editor"><p>3月{day}日，市长田禾主持召开第{n}次春耕工作会议并讲话。</p></div></body></html>"""


@pytest.fixture(scope="session", autouse=True)
def database():
    """Airflow's tables in the temporary folder of these tests."""
    from airflow.utils.db import initdb

    initdb()


@pytest.fixture
def crawl(tmp_path) -> Path:
    """A list in the shape of Common Crawl's, with three archives of two hosts."""
    for number in range(3):
        path = tmp_path / "crawl" / "segments" / f"{number}.warc.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            writer = WARCWriter(stream, gzip=True)
            for host in ("paper.example", "other.example"):
                record = writer.create_warc_record(
                    f"https://{host}/news/{number}.html",
                    "response",
                    payload=BytesIO(PAGE.format(n=number, day=number + 1).encode()),
                    http_headers=StatusAndHeaders(
                        "200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"
                    ),
                    warc_headers_dict={"WARC-Date": "2026-03-08T00:00:00Z"},
                )
                writer.write_record(record)
    names = "".join(f"crawl/segments/{number}.warc.gz\n" for number in range(3))
    (tmp_path / "warc.paths.gz").write_bytes(gzip.compress(names.encode()))
    return tmp_path / "warc.paths.gz"


def tables(data: str) -> dict[str, bytes]:
    found = Path(data).rglob("*.parquet")
    return {str(path.relative_to(data)): path.read_bytes() for path in found if "runs" not in path.parts}


def run(**conf):
    """Return the run of a DAG read afresh: a test run leaves its parameters in the DAG."""
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(ROOT / "dags")).dags["import_warc"].test(run_conf=conf)


def test_a_run_maps_over_groups_of_shards_and_writes_what_the_command_writes(crawl, tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "ETL_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(shards.grouped, "__defaults__", (1, 2))  # a byte a group, at most two
    done = run(paths=[str(crawl)], hosts=["paper.example"], match=["/news/"], language="zh")
    assert done.state == "success"
    mapped = [ti for ti in done.get_task_instances() if ti.task_id == "import_group"]
    assert sorted(ti.map_index for ti in mapped) == [0, 1]
    assert {ti.state for ti in mapped} == {"success"}
    articles = read(str(tmp_path / "data"), "articles")
    assert sorted(articles["url"]) == [f"https://paper.example/news/{n}.html" for n in range(3)]
    clock = lambda: datetime(2026, 3, 9, tzinfo=UTC)  # noqa: E731
    choice = files.choose(["paper.example"], ["/news/"], ["zh"])
    settings = Settings(data=str(tmp_path / "same"))
    stages.import_paths([crawl], settings=settings, clock=clock, choice=choice)
    assert tables(str(tmp_path / "data")) == tables(settings.data)


def test_a_run_without_a_place_fails_with_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "ETL_DATA", str(tmp_path / "data"))
    assert run().state == "failed"
    assert not (tmp_path / "data").exists()

"""`etl run`, `import`, `show` and `explain`, on the sample site and on saved pages."""

import json
from pathlib import Path

import pytest

from etl.dataset import read
from etl.sample.server import serve

PAGE = """<html><head><meta charset="utf-8"><title>全市春耕工作会议召开</title></head><body>
<h1>全市春耕工作会议召开</h1><p>发布时间：2026-03-05 09:30　来源：禾川日报</p><div class="TRS_Editor">
<p>3月4日，全市春耕工作会议召开。市委副书记、市长田禾出席会议并讲话，副市长柳青主持会议。</p>
<p>会议强调，一要抓好备耕物资供应，确保种子化肥到村到户。二要抓好农田水利建設(shè)，确保渠道畅通。</p>
</div></body></html>"""


@pytest.fixture(scope="module")
def site():
    with serve() as url:
        yield url


@pytest.fixture
def data(tmp_path, site, monkeypatch) -> Path:
    monkeypatch.setenv("ETL_SAMPLE_SITE", site)
    monkeypatch.setenv("ETL_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def saved(tmp_path) -> Path:
    path = tmp_path / "saved.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_run_tells_what_each_day_brought(etl, data):
    code, out, _ = etl("run", "xinhe-gov", "--from", "2026-03-03", "--to", "2026-03-04")
    assert code == 0
    assert out.split()[:2] == ["day", "links"]
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["2026-03-03", "2026-03-04"]
    code, out, _ = etl("run", "xinhe-gov", "--day", "2026-03-03")
    assert out.splitlines()[1].split()[-1] == "unchanged"


def test_run_as_json_gives_the_reports(etl, data):
    code, out, _ = etl("run", "xinhe-gov", "--day", "2026-03-03", "--data", data / "elsewhere", "--json")
    captured, parsed = json.loads(out)
    assert (code, captured["stage"], parsed["stage"]) == (0, "capture", "parse")
    assert captured["day"] == "2026-03-03"
    assert (data / "elsewhere" / "articles").is_dir()


@pytest.mark.parametrize(
    "args", [[], ["--from", "2026-03-02"], ["--day", "2026-03-02", "--to", "2026-03-03"]]
)
def test_run_wants_a_day_or_a_range(etl, data, args):
    code, _, err = etl("run", "xinhe-gov", *args)
    assert code == 2
    assert "either --day DAY, or --from DAY and --to DAY" in err


def test_import_counts_pages_and_show_lists_the_meeting(etl, data, saved):
    code, out, _ = etl("import", saved)
    assert code == 0
    assert out.startswith("1 pages: 1 articles, 1 meetings, 0 rejects")
    code, out, _ = etl("show", "--json")
    (row,) = json.loads(out)
    assert (row["source"], row["day"], row["date"]) == ("files", "2026-03-05", "2026-03-04")
    assert row["chairs"] == ["柳青"]
    assert "田禾" in row["speakers"]
    assert row["participants"] == read(str(data), "participants")["seq"].nunique()
    assert row["directives"] == len(read(str(data), "directives"))
    code, out, _ = etl("show")
    assert "柳青" in out
    assert row["article_id"] in out


@pytest.mark.parametrize(
    ("args", "count"),
    [
        (["--person", "田禾"], 1),
        (["--person", "田"], 0),
        (["--name", "春耕"], 1),
        (["--name", "防汛"], 0),
        (["--type", "meeting"], 1),
        (["--type", "ceremony"], 0),
        (["--source", "files"], 1),
        (["--source", "xinhe-gov"], 0),
        (["--from", "2026-03-05"], 1),
        (["--to", "2026-03-04"], 0),
        (["--limit", "1"], 1),
    ],
)
def test_show_filters(etl, data, saved, args, count):
    etl("import", saved)
    code, out, _ = etl("show", "--json", *args)
    assert (code, len(json.loads(out))) == (0, count)


def test_show_says_so_where_nothing_matches(etl, data):
    code, out, _ = etl("show")
    assert (code, out) == (0, f"No meetings below {data} match.\n")


def test_explain_shows_votes_steps_and_record(etl, data, saved):
    code, out, _ = etl("explain", saved)
    assert code == 0
    assert "utf-8" in out
    assert "Repair: 1 change\n" in out
    assert "pass 0, 1 change: Pinyin glosses" in out
    assert "水利建設(shè)，确保渠道畅通。\n" in out
    assert "水利建設，确保渠道畅通。\n" in out
    assert "全市春耕工作会议" in out
    assert "chair            柳青" in out


def test_explain_of_a_stored_article_is_that_of_its_file(etl, data, saved):
    etl("import", saved)
    (row,) = json.loads(etl("show", "--json")[1])
    from_file = json.loads(etl("explain", saved, "--json")[1])
    stored = json.loads(etl("explain", row["article_id"], "--json")[1])
    assert stored["article"].pop("day") == "2026-03-05"
    assert from_file["article"].pop("day") is None
    assert stored == from_file


def test_explain_names_the_reason_of_a_page_that_is_no_article(etl, data, tmp_path):
    path = tmp_path / "empty.html"
    path.write_text("<html><body><p>无</p></body></html>", encoding="utf-8")
    code, _, err = etl("explain", path)
    assert code == 3
    assert "empty.html is no article: page/" in err

"""The page figures on a small gold of this project's own pages."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl.cli.evaluate_pages import command
from etl.errors import DataError
from etl.evaluate import pages

PAGES = Path(__file__).parent.parent / "pages"
NAME = "profile-trs.html"


@pytest.fixture
def gold(tmp_path):
    shutil.copy(PAGES / NAME, tmp_path)
    draft = json.loads((PAGES / NAME).with_suffix(".json").read_text("utf-8"))
    row = {
        "file": NAME,
        "true_encoding": "utf-8",
        "title": draft["title"],
        "publish_time": "2026-05-20T08:30:00",
        "source": "新河日报",
        "author": ["罗青川", "何雨"],
        "body_first": draft["text"][0][:8],
        "body_last": draft["text"][-1][-8:],
        "body_must": [draft["text"][1][10:20]],
        "body_must_not": ["春季植树活动", "版权所有"],
    }
    (tmp_path / "gold.json").write_text(json.dumps([row]), "utf-8")
    (tmp_path / "bodies.json").write_text(json.dumps({NAME: draft["text"]}), "utf-8")
    return tmp_path


def test_figures_predictions_and_charsets(gold, tmp_path):
    out = tmp_path / "out" / "predictions.jsonl"
    result = CliRunner().invoke(command, ["--gold", str(gold), "--predictions", str(out), "--errors"])
    assert result.exit_code == 0, result.output
    assert "body perfect            100.00" in result.output
    assert "as big5hkscs, wrong label    1 of 1" in result.output
    assert NAME not in result.output
    row = json.loads(out.read_text("utf-8"))
    assert row["layout"] == "trs"
    assert row["published_at"] == "2026-05-20T08:30:00+08:00"
    assert set(row) == {
        *("file", "charset", "title", "published_at", "media_source"),
        *("reporters", "photographers", "editors", "text", "layout"),
    }


def test_the_heuristic_is_measured_without_what_leads_it(gold):
    result = CliRunner().invoke(command, ["--gold", str(gold), "--without-profiles", "--json"])
    figures = json.loads(result.output)
    assert list(figures) == ["huiyi-etl", "no profiles", "nor names", "nor tags"]
    assert {one["body perfect"] for one in figures.values()} == {1.0}


def test_what_is_wrong_is_counted(gold):
    row = pages.load(gold)[0][0]
    found = {"text": "版权所有", "title": "别的", "published_at": "2026-05-20", "reporters": ["别人"]}
    figures = pages.judge(found, row, ["一二三四五"])
    assert figures == {
        "body perfect": 0.0,
        "4-gram F1": 0.0,
        "must_not": 0.5,
        "charset": 0.0,
        "title": 0.0,
        "day": 1.0,
        "minute": 0.0,
        "author": 0.0,
        "source": 0.0,
    }


def test_a_folder_without_gold_is_named(tmp_path):
    with pytest.raises(DataError, match="no gold of pages"):
        pages.load(tmp_path)

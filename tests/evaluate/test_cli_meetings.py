"""`etl evaluate meetings` as a user runs it."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl.cli import cli

FOLDER = Path(__file__).parents[1] / "gold"


@pytest.fixture
def small(tmp_path):
    """Two articles of the own gold in a folder of their own."""
    for name in ("texts.jsonl", "gold.jsonl"):
        lines = (FOLDER / name).read_text("utf-8").splitlines()[:2]
        (tmp_path / name).write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(cli, ["evaluate", "meetings", *map(str, arguments)])


def test_figures_calibration_and_predictions(small, tmp_path):
    out = tmp_path / "deep" / "predictions.jsonl"
    result = run("--gold", small, "--predictions", out, "--errors")
    assert result.exit_code == 0, result.output
    assert "event detection" in result.output
    assert "national" in result.output
    assert "confidence" in result.output
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    gold = [json.loads(line) for line in (small / "gold.jsonl").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == [record["id"] for record in gold]
    assert set(rows[0]) <= set(gold[0])


def test_json_figures(small):
    figures = json.loads(run("--gold", small, "--json").output)
    assert set(figures) == {"all", "national", "local"}
    assert set(figures["all"]["segments"]) == {"P", "R", "F", "n"}


def test_a_figure_below_its_floor_fails_and_is_named(small):
    (small / "floors.toml").write_text('[floors]\n"segments" = 2.0\n', "utf-8")
    result = run("--gold", small)
    assert result.exit_code == 1
    assert "segments" in result.stderr


def test_floors_are_set_and_lowered_with_a_reason_only(small):
    assert run("--gold", small, "--set-floors").exit_code == 0
    assert "[floors]" in (small / "floors.toml").read_text("utf-8")
    (small / "floors.toml").write_text('[floors]\n"segments" = 2.0\n', "utf-8")
    assert run("--gold", small, "--set-floors").exit_code != 0
    result = run("--gold", small, "--set-floors", "--lower-floors", "two articles only")
    assert result.exit_code == 0
    assert "two articles only" in (small / "floors.toml").read_text("utf-8")


def test_a_folder_without_a_gold_is_named(tmp_path):
    shutil.rmtree(tmp_path / "none", ignore_errors=True)
    assert run("--gold", tmp_path / "none").exit_code == 2
    result = run("--gold", tmp_path)
    assert result.exit_code != 0
    assert "texts.jsonl" in str(result.exception)

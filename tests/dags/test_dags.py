"""The DAG files load, are thin, and do not touch anything heavy while Airflow parses them."""

import subprocess
import sys
from pathlib import Path

import pytest

from etl.schedule import MODES, plans

ROOT = Path(__file__).parents[2]
OWN = {"import_warc", "merge", "quality", "replay"}
"""DAGs that are of no source."""
DAG_FILES = sorted((ROOT / "dags").glob("*.py"))


def test_every_dag_file_loads(dagbag):
    assert dagbag.import_errors == {}


def test_each_enabled_source_has_a_capture_and_a_parse_dag(dagbag):
    expected = {dag_id for plan in plans() for dag_id in (plan.capture_dag, plan.parse_dag)}
    assert expected
    assert set(dagbag.dags) - OWN == expected


def test_capture_is_backfillable_by_day(dagbag):
    for plan in plans():
        timetable = dagbag.dags[plan.capture_dag].timetable
        assert timetable.key_format == "%Y-%m-%d"
        assert str(timetable.timezone) == plan.timezone


def test_mode_is_a_closed_choice(dagbag):
    for plan in plans():
        param = dagbag.dags[plan.capture_dag].params.get_param("mode")
        assert param.schema["enum"] == list(MODES)
        assert param.value == "incremental"


def test_every_dag_tells_what_it_does(dagbag):
    for dag in dagbag.dags.values():
        assert dag.doc_md
        assert "huiyi" in dag.tags


@pytest.mark.parametrize("path", DAG_FILES, ids=lambda path: path.name)
def test_dag_files_are_thin(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


def test_parsing_the_dag_files_imports_nothing_heavy():
    heavy = {"pandas", "pyarrow", "duckdb", "selectolax", "opencc", "pypinyin", "warcio", "etl.stages"}
    code = """
import airflow.sdk, pathlib, runpy, sys
sys.path.append(str(pathlib.Path(sys.argv[1]).parent))
before = set(sys.modules)
for path in sys.argv[1:]:
    runpy.run_path(path)
print("NEW", *(set(sys.modules) - before))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, DAG_FILES)], capture_output=True, text=True, check=True
    )
    new = done.stdout.rpartition("NEW")[2].split()
    assert "etl.schedule" in new
    assert heavy.isdisjoint(new)


def test_a_broken_definition_is_one_import_error_and_leaves_the_others(tmp_path, monkeypatch):
    from airflow.dag_processing.dagbag import DagBag

    (tmp_path / "broken.toml").write_text('id = "broken"\nname = 7\n', encoding="utf-8")
    monkeypatch.setenv("ETL_SOURCES", str(tmp_path))
    bag = DagBag(str(ROOT / "dags"))
    assert [Path(path).name for path in bag.import_errors] == ["source_faults.py"]
    assert "broken.toml" in next(iter(bag.import_errors.values()))
    assert {plan.capture_dag for plan in plans()} <= set(bag.dags)

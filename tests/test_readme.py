"""Every command and every snippet of the README runs, in the order in which the README has them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import msgspec
import pytest

from etl.repair import repair
from etl.sample.server import serve
from etl.sources.model import Source

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
ELSEWHERE = {
    "make demo": "launch/test_commands.py",
    "make up": "launch/test_commands.py",
    "make stack": "launch/test_stack_command.py",
    "make test": "../.ci/run",
    "make check": "../.ci/run",
    "etl sample-site &": "sample/test_cli.py",
    "etl browse": "browser/test_browse.py",
}
"""Commands that another test runs, and where."""
PAGE = """<html><head><meta charset="utf-8"><title>全市春耕工作会议召开</title></head><body>
<h1>全市春耕工作会议召开</h1><p>发布时间：2026-03-05 09:30　来源：禾川日报</p><div class="TRS_Editor">
<p>3月4日，全市春耕工作会议召开。市委副书记、市长田禾出席会议并讲话，副市长柳青主持会议。</p>
<p>会议强调，一要抓好备耕物资供应，确保种子化肥到村到户。二要抓好农田水利建设，确保渠道畅通。</p>
</div></body></html>"""


def commands():
    return [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines() if line.strip()]


def snippets(kind):
    return [block for found, block in BLOCKS if found == kind]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder in which the README's commands were run, each of them with exit code 0."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "saved").mkdir()
    (folder / "saved" / "page.html").write_text(PAGE, encoding="utf-8")
    with serve() as site:
        env = os.environ | {
            "ETL_SAMPLE_SITE": site,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        }
        env.pop("ETL_DATA", None)
        for command in commands():
            if command in ELSEWHERE:
                continue
            assert command.startswith("etl "), f"no test runs {command!r}"
            done = subprocess.run(command.split(), cwd=folder, env=env, capture_output=True, text=True)
            assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return folder


def test_commands_that_are_run_elsewhere_are_run_there():
    for command, place in ELSEWHERE.items():
        text = (ROOT / "tests" / place).read_text(encoding="utf-8")
        target = command.removesuffix(" &").split()[1]
        assert target in text, f"{place} does not run {command!r}"


def test_the_commands_write_tables(folder):
    assert list((folder / "var/data/meeting_reports").rglob("*.parquet"))


def test_the_python_snippets_run(folder, monkeypatch):
    monkeypatch.chdir(folder)
    names = {}
    for snippet in snippets("python"):
        exec(compile(snippet, "README.md", "exec"), names)
    assert names["repaired"].text == "全市稳就业工作推进会召开"
    assert len(names["chairs"]) > 0


def test_the_table_of_repairs_is_true():
    rows = re.findall(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|$", README, re.MULTILINE)
    assert len(rows) == 3
    for damaged, restored in rows:
        assert repair(damaged).text == restored


def test_the_sql_snippets_run(folder, monkeypatch):
    monkeypatch.chdir(folder)
    for snippet in snippets("sql"):
        assert duckdb.sql(snippet).fetchall()


def test_the_source_definitions_are_sound():
    for snippet in snippets("toml"):
        msgspec.toml.decode(snippet, type=Source)

"""`etl demo` (make demo) and `etl up` (make up), as a person runs them."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from drive import wait_until

from etl.launch.environment import free_port

pytestmark = pytest.mark.airflow

ROOT = Path(__file__).parents[2]
ETL = Path(sys.executable).with_name("etl")


def processes_mentioning(text):
    """Command lines and environments of living processes that name `text` (Linux)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if state != "Z" and text.encode() in environment and int(folder.name) != os.getpid():
            found.append((folder / "cmdline").read_bytes())
    return found


def test_make_targets_call_the_commands():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^demo:.*\n\t@\$\(BIN\)/etl demo$", makefile, re.MULTILINE)
    assert re.search(r"^up:.*\n\t@\$\(BIN\)/etl up$", makefile, re.MULTILINE)


def test_demo_prints_the_meetings_and_leaves_nothing_running(tmp_path):
    out = tmp_path / "demo"
    done = subprocess.run([ETL, "demo", "--out", out], capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stderr
    assert "全市" in done.stdout
    assert str(out / "data") in done.stdout
    assert "pd.read_parquet" in done.stdout
    assert "duckdb" in done.stdout
    assert list((out / "data" / "meeting_reports").rglob("*.parquet"))
    wait_until(lambda: processes_mentioning(str(out)) == [], 60)


def test_up_shows_the_login_and_ends_with_ctrl_c(tmp_path):
    port, home = free_port(), tmp_path / "airflow"
    process = subprocess.Popen(
        [ETL, "up", "--port", str(port), "--site-port", str(free_port()), "--home", home],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"ETL_DATA": str(tmp_path / "data"), "COLUMNS": "200"},
    )
    lines = []
    try:
        for line in process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        printed = "".join(lines)
        assert requests.get(f"http://127.0.0.1:{port}/api/v2/monitor/health", timeout=60).ok
        user, password = re.search(r"user (\S+)\s+password (\S+)", printed).groups()
        login = {"username": user, "password": password}
        assert requests.post(f"http://127.0.0.1:{port}/auth/token", json=login, timeout=60).status_code == 201
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(120)
    wait_until(lambda: processes_mentioning(str(home)) == [], 60)

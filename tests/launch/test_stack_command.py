"""`etl stack` (make stack), as a person runs it: here over a small compose file, whole in tests/stack."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import requests
from drive import wait_until

from etl.launch.environment import free_port

ROOT = Path(__file__).parents[2]
ETL = Path(sys.executable).with_name("etl")
SMALL = """
services:
  secrets:
    image: huiyi-etl
    restart: on-failure:5
    entrypoint: [python, -m, etl.launch.secrets, make, /secrets]
    environment: {ADMIN_PASSWORD: "${ADMIN_PASSWORD:-}"}
    volumes: ["secrets:/secrets"]
  api-server:
    image: huiyi-etl
    restart: unless-stopped
    command: [python, -m, http.server, "8080", --bind, 0.0.0.0]
    expose: ["8080"]
    ports: ["127.0.0.1:${UI_PORT:-8080}:8080"]
    environment: {AWS_ENDPOINT_URL: "http://store:9000"}
    depends_on: {secrets: {condition: service_completed_successfully}}
volumes: {secrets: }
"""


def test_make_targets_call_the_command_and_the_tests():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^stack:.*\n\t@\$\(BIN\)/etl stack$", makefile, re.MULTILINE)
    assert re.search(r"^test-stack:.*\n\t.*-m stack", makefile, re.MULTILINE)
    assert re.search(r"^chaos:.*\n\t.*-m chaos", makefile, re.MULTILINE)


def test_it_shows_the_login_and_ends_with_ctrl_c(tmp_path):
    (tmp_path / "dags").mkdir()
    (tmp_path / "docker-compose.yml").write_text(SMALL, encoding="utf-8")
    (tmp_path / ".env").write_text("ADMIN_PASSWORD=from-the-env-file\n", encoding="utf-8")
    port = free_port()
    process = subprocess.Popen(
        [ETL, "stack", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"ETL_HOME": str(tmp_path), "COLUMNS": "200"},
    )
    printed = ""
    try:
        for line in process.stdout:
            printed += line
            if "Ctrl-C" in line:
                break
        assert f"http://127.0.0.1:{port}" in printed
        assert "from-the-env-file" in printed
        wait_until(lambda: answers(f"http://127.0.0.1:{port}"), 60)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(120)
    assert (tmp_path / "var/stack/logs/api-server.log").read_text()
    wait_until(lambda: not [f for f in Path("/proc").glob("[0-9]*") if str(tmp_path) in environment(f)], 60)


def answers(url):
    """Whether the address answers well now."""
    try:
        return requests.get(url, timeout=60).ok
    except requests.ConnectionError:
        return False


def environment(process):
    """What /proc tells of a process's environment; nothing where it has ended."""
    try:
        return (process / "environ").read_text(errors="replace")
    except OSError:
        return ""

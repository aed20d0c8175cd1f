from __future__ import annotations

import signal
import socket
import subprocess
import sys

import requests
from click.testing import CliRunner

from etl.cli.sample_site import command

START = [sys.executable, "-c", "from etl.cli import main; main()", "sample-site", "--port", "0"]


def test_the_site_is_served_until_interrupted() -> None:
    for ending in (signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen(START, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            url = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
            assert requests.get(url + "robots.txt", timeout=60).ok
            process.send_signal(ending)
            assert process.wait(timeout=60) == 0


def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(command, ["--port", port])
    assert getattr(result.exception, "exit_code", None) == 4
    assert port in str(result.exception)

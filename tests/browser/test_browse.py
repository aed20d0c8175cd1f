"""`etl browse` serves the pages on loopback, and only under loopback's names."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

ETL = Path(sys.executable).with_name("etl")


@pytest.fixture(scope="module")
def address(root, tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    command = [ETL, "browse", "--data", root, "--cache", cache, "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())[0]
    finally:
        process.terminate()
        process.wait(60)


@pytest.mark.parametrize("page", ["/", "/meetings", "/rejects", "/meetings/download/csv"])
def test_pages_are_served(address, page):
    assert requests.get(address + page, timeout=60).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8081", 200), ("127.0.0.1", 200), ("evil.example", 400), ("127.0.0.1.evil.example", 400)],
)
def test_other_names_than_loopbacks_are_refused(address, host, status):
    assert requests.get(f"{address}/", headers={"Host": host}, timeout=60).status_code == status


def test_nothing_listens_beyond_loopback(address):
    port = int(address.rpartition(":")[2])
    listening = {
        line.split()[1]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[3] == "0A"
    }
    assert [place for place in listening if place.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def test_a_port_that_is_taken_is_told(etl, root):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, errors = etl("browse", "--data", root, "--port", port)
    assert code == 4
    assert str(port) in errors

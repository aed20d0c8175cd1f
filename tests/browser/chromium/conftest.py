"""Debian's Chromium before the record browser: alone (`etl browse`) and inside a real Airflow.

Run by `make test-browser`. Every page watches itself: no console errors, no request to another host.
"""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from etl import sample, stages
from etl.launch.api import Api
from etl.launch.embedded import running
from etl.launch.environment import Embedded, checkout, free_port
from etl.sample.server import serve
from etl.settings import Settings

playwright = pytest.importorskip("playwright.sync_api", reason="make test-browser installs it")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update"]  # fmt: skip
SHOTS = Path(__file__).parents[3] / "var" / "screenshots"
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
ROLES = ("admin", "op", "user", "viewer")
"""The roles of Airflow's simple auth manager, each with a user of that name."""


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """The sample site's days, captured and parsed; the third day of one source is missing."""
    folder = tmp_path_factory.mktemp("data")
    settings = Settings(data=str(folder))
    with serve() as site:
        os.environ["ETL_SAMPLE_SITE"] = site
        for source in sample.SOURCES:
            for day in sorted(sample.DAYS):
                if (source, day) == (sample.SOURCES[1], min(sample.DAYS) + timedelta(2)):
                    continue
                stages.capture_day(source, day, mode="incremental", settings=settings, clock=now)
                stages.parse_day(source, day, settings=settings, clock=now)
        del os.environ["ETL_SAMPLE_SITE"]
    return folder


def now():
    return datetime.now(UTC)


@contextmanager
def browse(data, cache):
    """Run `etl browse` over `data` and give the address that it prints."""
    etl = Path(sys.executable).with_name("etl")
    command = [etl, "browse", "--data", data, "--cache", cache, "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1)
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())[0]
        wait_until_indexed(address)
        yield address
    finally:
        process.terminate()
        process.wait(60)


def wait_until_indexed(address, session=requests):
    """Wait until the pages show everything: meanwhile each of them loads itself anew after seconds."""
    deadline = time.monotonic() + 180
    while 'http-equiv="refresh"' in session.get(address, timeout=60).text:
        assert time.monotonic() < deadline, f"{address} does not show everything after 180 s"
        time.sleep(0.5)


@pytest.fixture(scope="session")
def alone(data, tmp_path_factory):
    with browse(data, tmp_path_factory.mktemp("cache")) as address:
        yield address


@pytest.fixture(scope="session")
def airflow(data, tmp_path_factory):
    """A signed-in client of a real Airflow that shows the same data."""
    home = tmp_path_factory.mktemp("airflow")
    users = ",".join(f"{name}:{name}" for name in ROLES)
    (home / "airflow.cfg").write_text(f"[core]\nsimple_auth_manager_users = {users}\n", encoding="utf-8")
    embedded = Embedded(checkout(), home, str(data), free_port(), "http://127.0.0.1:9")
    with running(embedded):
        api = Api(embedded)
        api.sign_in()
        api.wait_for_dags(["capture_xinhe-daily", "parse_xinhe-daily"])
        wait_until_indexed(f"{embedded.url}/huiyi/", api.session)
        yield api


@pytest.fixture(scope="session")
def chromium():
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """A function that opens a page in a context of its own; in the end each must have been quiet."""
    contexts, noise = [], []

    def open_page(**options):
        context = chromium.new_context(**({"viewport": WIDE, "locale": "en-US"} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.on("pageerror", lambda error: noise.append(f"page error: {error}"))
        page.on("console", lambda message: noise.append(message.text) if message.type == "error" else None)
        context.on("request", lambda request: noise.append(request.url) if foreign(request.url) else None)
        return page

    open_page.noise = noise
    yield open_page
    for context in contexts:
        context.close()
    assert noise == []


def foreign(address):
    return not address.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))


@pytest.fixture
def shot(request):
    """A function that keeps what a page shows as var/screenshots/NAME.png."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    return lambda page, name: page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

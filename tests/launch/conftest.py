"""A real Airflow (standalone, SQLite) with the sample site, shared by the tests that need a scheduler."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.launch.api import Api
from etl.launch.environment import Embedded, checkout, free_port
from etl.launch.standalone import running
from etl.sample.server import serve


@dataclass
class Stack:
    """What a test needs to drive the running Airflow."""

    api: Api
    data: Path


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stack")
    with serve() as site:
        embedded = Embedded(checkout(), folder / "airflow", str(folder / "data"), free_port(), site)
        with running(embedded):
            api = Api(embedded)
            api.sign_in()
            yield Stack(api, folder / "data")

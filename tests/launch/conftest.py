"""A real Airflow (SQLite, local executor) with the sample site, shared by the tests that need a scheduler."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from etl.launch.api import Api
from etl.launch.embedded import running
from etl.launch.environment import Embedded, checkout, free_port
from etl.launch.stack.runner import Tended
from etl.sample.server import serve
from etl.sources.loader import SHIPPED

sys.path.insert(0, str(Path(__file__).parent))  # for drive.py, which tests of this folder share

GROUP = ("hedong-county", "hexi-county")
"""Sources of the group `counties`: the sample government under other names."""
ALONE = ("heyuan-county", "hewei-county")
"""The same once more, with DAGs of their own, on which no test of backfills works."""


@dataclass
class Stack:
    """What a test needs to drive the running Airflow; `told` is what the launcher said."""

    api: Api
    data: Path
    components: Mapping[str, Tended]
    told: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stack")
    sources, told = folder / "sources", []
    sources.mkdir()
    portal = (SHIPPED / "xinhe-gov.toml").read_text(encoding="utf-8")
    for source_id in (*GROUP, *ALONE):
        group = '\ngroup = "counties"' * (source_id in GROUP)
        text = portal.replace('id = "xinhe-gov"', f'id = "{source_id}"{group}')
        (sources / f"{source_id}.toml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, serve() as site:
        patch.setitem(os.environ, "ETL_SOURCES", str(sources))
        embedded = Embedded(checkout(), folder / "airflow", str(folder / "data"), free_port(), site)
        with running(embedded, tell=told.append) as components:
            api = Api(embedded)
            api.sign_in()
            yield Stack(api, folder / "data", components, told)

import hashlib
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from etl.sample.server import serve
from etl.settings import Settings


@pytest.fixture(scope="session")
def site():
    """The sample site's address; its Date header stands still, since what lands holds every header."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHTTPRequestHandler, "date_time_string", lambda *_: "Mon, 09 Mar 2026 01:02:03 GMT")
        with serve() as url:
            yield url


@pytest.fixture
def settings(tmp_path, site, monkeypatch) -> Settings:
    monkeypatch.setenv("ETL_SAMPLE_SITE", site)
    return Settings(data=str(tmp_path / "data"))


@pytest.fixture
def digests(settings):
    """A function that gives the SHA-256 of every file below the data folder, by path."""

    def take(pattern: str = "*") -> dict[str, str]:
        root = Path(settings.data)
        return {
            str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob(pattern))
            if path.is_file()
        }

    return take

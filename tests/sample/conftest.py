from __future__ import annotations

import hashlib
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import etl.sample
from etl.pipeline import Processed, process
from etl.records import Capture, Reject
from etl.sample import render, site
from etl.sample.content import Entry, entries
from etl.settings import Settings
from etl.sources import get

BASE = "http://127.0.0.1:8765"
FETCHED = datetime(2026, 3, 7, tzinfo=UTC)


@pytest.fixture(scope="session")
def meant() -> dict[str, dict[str, Any]]:
    """Return what the author of each article meant, by id."""
    folder = Path(etl.sample.__file__).parent / "articles"
    return {
        article["id"]: article["expected"]
        for file in folder.glob("*.toml")
        for article in tomllib.loads(file.read_text("utf-8"))["article"]
        if "expected" in article
    }


@pytest.fixture(scope="session")
def made() -> dict[str, tuple[Entry, Processed | Reject]]:
    """Return what the pipeline makes of each page that answers with 200, by id."""
    settings = Settings()
    sources = {name: get(f"xinhe-{name}", settings) for name in ("daily", "gov")}
    return {
        entry.id: (entry, process(_capture(entry), sources[entry.site], settings))
        for entry in entries()
        if entry.dead in ("", "soft-404", "index")
    }


def _capture(entry: Entry) -> Capture:
    url = BASE + render.path_of(entry)
    answer = site.answer(render.path_of(entry), BASE)
    return Capture(
        capture_id=entry.id,
        source_id=f"xinhe-{entry.site}",
        day=entry.day,
        url=url,
        final_url=url,
        http_status=answer.status,
        headers=(("Content-Type", answer.content_type),),
        fetched_at=FETCHED,
        body=answer.body,
        body_sha256=hashlib.sha256(answer.body).hexdigest(),
        content_type=answer.content_type,
    )

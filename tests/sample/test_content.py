from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import etl.sample
from etl.sample import DAYS, SOURCES, render
from etl.sample.content import entries
from etl.sample.damage import DAMAGES
from etl.settings import Settings
from etl.sources.loader import get

ARTICLES = Path(etl.sample.__file__).parent / "articles"


def test_each_site_has_articles_on_each_day() -> None:
    sites = {(entry.site, entry.day) for entry in entries() if entry.day in DAYS}
    assert sites == {(site, day) for site in ("daily", "gov") for day in DAYS}
    assert sum(not entry.dead for entry in entries()) >= 45


def test_the_entries_name_only_what_exists() -> None:
    for entry in entries():
        assert set(entry.damage) <= set(DAMAGES), entry.id
        assert entry.layout in render.layouts(), entry.id
        assert entry.behaviour in ("", "slow", "recovers", "moved"), entry.id
        assert entry.dead in ("", "missing", "soft-404", "index", "disallowed"), entry.id
        assert all(start in entry.text for start in entry.slip), entry.id


def test_no_two_entries_share_an_address() -> None:
    addresses = Counter(render.path_of(entry) for entry in entries())
    assert max(addresses.values()) == 1


def test_what_the_author_meant_stands_in_the_text() -> None:
    written = {entry.id: entry for entry in entries()}
    meant = 0
    for file in ARTICLES.glob("*.toml"):
        for article in tomllib.loads(file.read_text("utf-8"))["article"]:
            expected = article.get("expected", {})
            text = written[article["id"]].text
            people = [
                *expected.get("chair", []),
                *expected.get("speakers", []),
                *expected.get("presenters", []),
            ]
            for value in (expected.get("name"), expected.get("location"), *people):
                assert value is None or value in text.replace("\n", ""), (article["id"], value)
            meant += "event_type" in expected
    assert meant >= 30


def test_every_way_of_breaking_a_page_is_used() -> None:
    used = {name for entry in entries() for name in entry.damage}
    assert used == set(DAMAGES)
    assert {entry.charset for entry in entries()} == {"utf-8", "gbk", "gb18030", "big5"}
    labels = {(entry.charset, entry.header) for entry in entries()}
    assert ("utf-8", "gbk") in labels
    assert ("gbk", "utf-8") in labels


def test_both_sources_are_defined() -> None:
    for source_id in SOURCES:
        source = get(source_id, Settings(), {"ETL_SAMPLE_SITE": "http://127.0.0.1:9"})
        assert source.base == "http://127.0.0.1:9"
        assert source.local

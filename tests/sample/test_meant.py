"""The pipeline against what the author of the sample articles meant, above the shares in `floors.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.pipeline import Processed
from etl.records import MeetingReport, Reject
from etl.sample.content import Entry

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))

Made = dict[str, tuple[Entry, Processed | Reject]]
Meant = dict[str, dict[str, Any]]


def test_every_article_becomes_a_row_and_every_dead_end_a_reject(made: Made) -> None:
    rejects = {id_: entry.dead for id_, (entry, result) in made.items() if isinstance(result, Reject)}
    assert rejects == {id_: entry.dead for id_, (entry, _) in made.items() if entry.dead}


def test_reprints_are_alike(made: Made) -> None:
    for entry, result in made.values():
        if entry.same_as:
            other = made[entry.same_as][1]
            assert isinstance(result, Processed)
            assert isinstance(other, Processed)
            assert result.article.text == other.article.text


@pytest.mark.parametrize("field", sorted(FLOORS["byline"]))
def test_bylines(field: str, made: Made) -> None:
    _check("byline", field, [right[field] for right in _bylines(made)])


def test_the_words_are_restored(made: Made) -> None:
    _check("text", "equal", [_words(entry) == _words_of(result) for entry, result in _articles(made)])


@pytest.mark.parametrize("field", sorted(FLOORS["facts"]))
def test_facts(field: str, made: Made, meant: Meant) -> None:
    _check("facts", field, [right[field] for right in _facts(made, meant) if field in right])


def _check(table: str, field: str, right: list[bool]) -> None:
    share = sum(right) / len(right)
    assert share >= FLOORS[table][field], f"{field}: {sum(right)} of {len(right)}"


def _articles(made: Made) -> Iterator[tuple[Entry, Processed]]:
    for entry, result in made.values():
        if isinstance(result, Processed):
            yield entry, result


def _words(entry: Entry) -> str:
    """Return the words as written, white space left out."""
    return "".join("".join(entry.paragraphs).split())


def _words_of(result: Processed) -> str:
    """Return the words as extracted, without the caption of a photograph that stands before them."""
    lines = result.article.text.split("\n")
    body = lines[1:] if lines[0].rstrip().endswith("摄") else lines
    return "".join("".join(body).split())


def _bylines(made: Made) -> Iterator[dict[str, bool]]:
    for entry, result in _articles(made):
        article = result.article
        published = article.published_at
        yield {
            "title": article.title == entry.title,
            "day": published is not None and published.date() == entry.day,
            "minute": published is None or published.hour == 0 or published == entry.published,
            "source": not entry.source or article.media_source == entry.source,
            "reporters": set(article.reporters) >= set(entry.reporters),
            "editors": set(article.editors) >= set(entry.editors),
        }


def _facts(made: Made, meant: Meant) -> Iterator[dict[str, bool]]:
    for entry, result in _articles(made):
        expected = meant[entry.id]
        is_event = "event_type" in expected
        if result.reports and is_event:
            yield {"event": True, **_report(result.reports[0], expected)}
        else:
            yield {"event": bool(result.reports) == is_event}


def _report(report: MeetingReport, expected: dict[str, Any]) -> dict[str, bool]:
    roles = {(person.name, person.role) for person in report.participants}
    lists = {"chair": "chair", "speakers": "speaker", "presenters": "presenter"}
    right = {
        key: {name for name, played in roles if played == role} == set(expected[key])
        for key, role in lists.items()
        if key in expected
    }
    numbered = sum(item.ordinal is not None for item in report.directives)
    return right | {
        "type": report.event_type == expected["event_type"],
        "name": report.name in [expected.get("name"), *expected.get("name_alt", [])],
        "date": report.start_date == expected["date"],
        "end_date": report.end_date == expected.get("end_date", expected["date"]),
        "part_of_day": report.part_of_day == expected.get("part_of_day"),
        "location": report.location_name == expected.get("location"),
        "participants": len({name for name, _ in roles}) == expected["participants"],
        "directives": numbered == expected["directives"],
    }

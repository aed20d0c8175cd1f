"""The project's own gold: it is consistent with its texts, and the extractor stays above its floors."""

from pathlib import Path

import pytest

from etl.errors import DataError
from etl.evaluate import floors, gold, meetings
from etl.evaluate.compare import clean, normal

FOLDER = Path(__file__).parents[1] / "gold"


def test_every_value_of_the_gold_is_printed_in_its_text():
    loaded = gold.load(FOLDER)
    assert len(loaded.texts) >= 25
    for text, record in zip(loaded.texts, loaded.records, strict=True):
        printed = normal(f"{text.headline}\n{text.text}") or ""
        values = [record["name"], record["location"], record["source_media"], *record["segments"]]
        values += [value for kind in record["credits"].values() for value in kind]
        for person in record["people"]:
            values += [person["name"], *person["titles"]]
        values += [group["name"] for group in record["groups"]]
        for value in clean([value for value in values if value is not None]):
            assert value in printed, f"{text.id}: {value}"


def test_non_events_hold_nothing_but_their_source():
    for record in gold.load(FOLDER).records:
        if not record["is_event"]:
            assert not any([record["people"], record["groups"], record["segments"], record["directives"]])


def test_no_figure_falls_below_its_floor():
    kept = floors.read(FOLDER / floors.FILE)
    assert len(kept) > 20
    figures = meetings.overall(meetings.evaluate(FOLDER).scores)
    assert floors.fallen(kept, figures) == {}


@pytest.mark.parametrize(
    ("texts", "records", "fault"),
    [
        ('{"id": "a", "text": "会议"}\n', '{"id": "b"}\n', "a, b"),
        ('{"id": "a"}\n', '{"id": "a"}\n', "texts.jsonl line 1"),
        ("", "", "none"),
    ],
)
def test_a_folder_that_is_no_gold_is_named(tmp_path, texts, records, fault):
    (tmp_path / "texts.jsonl").write_text(texts, "utf-8")
    (tmp_path / "gold.jsonl").write_text(records, "utf-8")
    with pytest.raises(DataError, match=fault):
        gold.load(tmp_path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"texts\.jsonl"):
        gold.load(tmp_path)


def test_misses_and_calibration_are_told():
    result = meetings.evaluate(FOLDER)
    lines = list(meetings.misses(result))
    assert all(line.split()[0] in result.predictions for line in lines)
    table = meetings.calibration(result.rated)
    assert any(line.startswith("participant") for line in table)

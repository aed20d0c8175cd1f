"""Each word of the pages has a Chinese and an English form, and each form is used."""

import re
from pathlib import Path

import pytest

from etl.browser import language
from etl.browser.language import labels, preferred
from etl.dataset import schemas

ROOM = Path(language.__file__).parent
SOURCES = "".join(
    path.read_text(encoding="utf-8") for path in ROOM.rglob("*") if path.suffix in (".py", ".html")
)
VALUES = {
    "event_type": "event_type", "level": "level", "role": "role", "date_basis": "date_basis",
    "published_basis": "published_basis",
}  # fmt: skip
OPEN = (
    "count",
    "mark",
    "repair",
    "unit",
    "kinds",
    "stage",
    "family",
    "witness",
    "column",
    "credit",
    "flag",
    *VALUES,
)
"""Groups of which a page names the member: `count.meetings` is reached by the measure `meetings`."""


def test_every_label_is_told_in_both_languages():
    for key, texts in labels().items():
        assert all(texts.values()), key
        fields = [set(re.findall(r"{(\w+)}", text)) for text in texts.values()]
        assert fields[0] >= fields[1] or fields[0] <= fields[1], key


def test_every_key_that_pages_use_exists():
    used = set(re.findall(r"""(?<![\w.])(?:t|words)\("([\w.]+)"[,)]""", SOURCES))
    assert used
    assert used <= set(labels())


def test_every_label_is_used():
    unused = [
        key for key in labels()
        if f'"{key}"' not in SOURCES and not key.startswith(tuple(f"{group}." for group in OPEN))
    ]  # fmt: skip
    assert unused == []


@pytest.mark.parametrize(("group", "closed_set"), VALUES.items())
def test_every_value_of_a_closed_set_has_a_label(group, closed_set):
    for value in schemas.closed_sets()[closed_set]:
        assert f"{group}.{value}" in labels()


@pytest.mark.parametrize(
    ("cookie", "accepted", "expected"),
    [("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("", "de,en-GB;q=0.5", "en"), ("en", "zh", "en"),
     ("<b>", "", "zh"), ("", "fr", "zh")],
)  # fmt: skip
def test_the_language_that_a_reader_gets(cookie, accepted, expected):
    assert preferred(cookie, accepted) == expected

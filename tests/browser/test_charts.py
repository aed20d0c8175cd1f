"""Charts are pictures: they name themselves and their marks, and nothing in them acts."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.browser import charts
from etl.browser.charts import renderer, svg

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "\x01<script>alert(1)</script>\"'&]]>\u202e"
SHOWN = HOSTILE.replace("\x01", "\ufffd")
TEXTS = {"title": HOSTILE, "description": HOSTILE, "base": "/huiyi"}


def chart(name):
    href = f"{svg.HERE}/meetings?source=a"
    day = {"day": "2026-03-02", "source": HOSTILE, "label": HOSTILE}
    if name == "heatmap":
        return charts.heatmap(
            [day | {"level": 2, "href": href}], [day], ["2026-03-02", "2026-03-03"], **TEXTS
        )
    row = {"name": HOSTILE, "since": "2026-03-02", "field": HOSTILE, "series": HOSTILE, "share": 0.5, "n": 3,
           "rank": 0, "text": "50", "label": HOSTILE, "href": href}  # fmt: skip
    if name == "stacked":
        return charts.stacked([row], "week", [HOSTILE], **TEXTS)
    return charts.matrix([row], **TEXTS) if name == "matrix" else charts.bars([row], [HOSTILE], **TEXTS)


@pytest.mark.parametrize("name", ["heatmap", "stacked", "matrix", "bars"])
def test_a_chart_names_itself_and_its_marks(name):
    root = ET.fromstring(chart(name))
    assert root.find(f"{SVG}title").text == SHOWN
    assert root.find(f"{SVG}desc").text == SHOWN
    assert SHOWN in [title.text for title in root.iter(f"{SVG}title")][1:]
    assert root.get("aria-labelledby")


@pytest.mark.parametrize("name", ["heatmap", "stacked", "matrix", "bars"])
def test_nothing_in_a_chart_acts(name):
    root = ET.fromstring(chart(name))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= svg.ELEMENTS
    for element in root.iter():
        assert "style" not in element.attrib
        assert not [key for key in element.attrib if key.lower().startswith("on")]


@pytest.mark.parametrize("name", ["heatmap", "bars"])
def test_links_lead_below_the_base(name):
    links = [element.get("href") for element in ET.fromstring(chart(name)).iter(f"{SVG}a")]
    assert links == ["/huiyi/meetings?source=a"]


def test_a_renderer_that_died_is_started_again():
    def drawn(text):
        row = {"name": text, "series": "s", "n": 1, "rank": 0, "label": text}
        return charts.bars([row], ["s"], **TEXTS)

    assert drawn("one")
    renderer._process.kill()
    assert drawn("two")


def test_what_cannot_be_drawn_is_none_and_harms_nobody():
    assert renderer.draw('{"mark": 7}') is None
    assert renderer.draw('{"mark": "text", "data": {"values": [{"a": "\\u0001"}]}, "encoding": {"text": '
                         '{"field": "a"}, "y": {"field": "a"}}}') is None  # fmt: skip
    assert charts.bars([{"name": "a", "series": "s", "n": 1, "rank": 0, "label": "a"}], ["s"], **TEXTS)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_whatever_a_name_holds_a_chart_is_drawn(name):
    row = {"name": name, "series": "s", "n": 1, "rank": 0, "label": name}
    root = ET.fromstring(charts.bars([row], ["s"], **TEXTS))
    assert root.find(f".//{SVG}path") is not None


def test_foreign_links_and_elements_are_taken_off():
    made = svg.finish(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="x()">'
        '<script>x()</script><a xlink:href="javascript:x()">'
        '<path d="M0.123456,1" style="a" onclick="x()"/></a>'
        "<foreignObject/><image/></svg>",
        "t", "d", "",
    )  # fmt: skip
    assert "script" not in made
    assert "onclick" not in made
    assert "onload" not in made
    assert "foreignObject" not in made
    assert "M0.1,1" in made

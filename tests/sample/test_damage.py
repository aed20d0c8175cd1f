from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sample.damage import (
    DAMAGES,
    gbk_as_latin,
    gloss,
    gloss_toneless,
    half_width,
    traditional,
    utf8_as_gbk,
)
from etl.sample.slip import slip

SENTENCE = "会议强调，市政府要稳就业，促增长；市委副书记、市长出席。"
HANZI = st.text(st.sampled_from("市委书记会议强调稳就业发展，。、“”"), min_size=1, max_size=40)


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_damage_changes_a_text_and_is_the_same_each_time(name: str) -> None:
    sentence = SENTENCE * 3
    assert DAMAGES[name](sentence) != sentence
    assert DAMAGES[name](sentence) == DAMAGES[name](sentence)


@given(HANZI)
def test_a_slip_ends_at_ascii(text: str) -> None:
    assert slip(text + "</p>2026", 0).endswith("p>2026")


@given(HANZI, st.data())
def test_what_stands_before_a_slip_is_untouched(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    slipped = slip(text + "</p>", at)
    assert slipped.startswith(text[:at] + "?")


def test_a_slip_pairs_bytes_one_off() -> None:
    rest = "当、交账".encode("gbk")[1:-1].decode("gbk", "replace")
    assert slip("当、交账", 0).startswith("?" + rest[:2])


@given(HANZI)
def test_gbk_read_as_latin_loses_nothing(text: str) -> None:
    damaged = gbk_as_latin(text)
    raw = b"".join(char.encode("latin-1") if ord(char) < 0x100 else char.encode("cp1252") for char in damaged)
    assert raw.decode("gb18030") == text


def test_utf8_read_as_gbk_looks_as_observed() -> None:
    assert utf8_as_gbk("担当") == "鎷呭綋"
    assert "€" in utf8_as_gbk("召开会")


def test_glosses_stand_behind_their_characters() -> None:
    assert gloss(traditional("稳就业")) == "穩(wěn)就業(yè)"
    assert re.fullmatch(r"(?:.(?:\([a-z]+\))*)+", gloss_toneless("推进会议开展产业发展"))
    assert "(hui)(hui)" in gloss_toneless("会会会")


def test_half_width_leaves_ideographic_marks() -> None:
    assert half_width("一，二、三。（四）") == "一,二、三。(四)"

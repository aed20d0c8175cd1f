import pytest
from corruptor import SENTENCES, damaged, damaged_twice, sentences
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.repair import apply, repair

PIECES = [
    *("会議", "&amp;", "&#", ";", "<br", "/span>", "(", "wěn)", "?", "\x00", "\u200b", "*", ".", "，", ","),
    *("著", "乾", "\ud800", "\ufffd", "é", "ä¼", "\u3000", '"', "\n", "20", "style=", "國", "国", "動(dòng)"),
]
LIGHT = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sound_text_is_not_touched(sentence):
    repaired = repair(sentence)
    assert (repaired.text, repaired.steps, repaired.lost, repaired.flags) == (sentence, (), 0, ())
    assert (repaired.script, repaired.simplified) == ("hans", None)


@LIGHT
@given(damaged("H", "X1", "Z1", "P1", "P3", "T1", "T1-phrases"))
def test_damage_that_keeps_the_information_is_undone(case):
    text, bad = case
    repaired = repair(bad)
    assert repaired.text == text
    assert apply(repaired.steps, bad) == text


@LIGHT
@given(damaged_twice(("T1", "P3"), ("H", "X1", "Z1")))
def test_damage_upon_damage_is_undone(case):
    text, bad = case
    assert repair(bad).text == text


@LIGHT
@given(damaged("T1", "T1-phrases", "G1", "G2"), sentences(), st.booleans())
def test_sound_paragraphs_beside_converted_ones_stay(case, sound, first):
    text, bad = case
    page, mirrored = (f"{sound}\n{part}" if first else f"{part}\n{sound}" for part in (text, bad))
    assert repair(mirrored).text == page


@LIGHT
@given(damaged("H", "X1", "Z1", "P1", "P3", "T1", "J1", "G1", "G2", "S1", "E1-lossy", "E2-lossy", "E4-lossy"))
def test_steps_replay_whatever_was_damaged(case):
    _, bad = case
    repaired = repair(bad)
    assert apply(repaired.steps, bad) == repaired.text
    assert repaired.lost == repaired.text.count("\ufffd")
    for step in repaired.steps:
        assert step.start <= step.end
        assert step.before != step.after
        assert 0 < step.confidence <= 1


@LIGHT
@given(sentences(), st.data())
def test_masks_are_counted_one_by_one(text, data):
    at = data.draw(st.integers(1, len(text) - 2))
    masked = text[:at] + "*" + text[at + 1 :]
    repaired = repair(masked)
    if repaired.text != masked:
        assert repaired.text in (text, text[:at] + "\ufffd" + text[at + 1 :])
        assert "masked" in repaired.flags


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_no_text_makes_repair_raise(text):
    repaired = repair(text)
    assert apply(repaired.steps, text) == repaired.text


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_fragments_of_every_damage_together_do_not_raise(text):
    repaired = repair(text)
    assert apply(repaired.steps, text) == repaired.text

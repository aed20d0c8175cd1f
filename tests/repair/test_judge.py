"""The judge prefers text to soup, and its model is the one that the script builds."""

import pytest

from etl.repair import build_model, judge


def test_text_is_likelier_than_soup():
    assert judge.score("市委召开项目建设推进会") > -7 > -12 > judge.score("鎷呭綋霞憂磕誆抗芾恚")
    assert judge.gain("杴炕", "强化", "不断", "责任") > 10
    assert judge.score("") == 0.0


def test_both_scripts_count_alike():
    assert judge.total("會議強調發展") == judge.total("会议强调发展")


def test_a_character_does_not_become_known_by_being_asked_for():
    assert judge.total("\ue000㿿") == judge.UNKNOWN + judge.UNKNOWN_HANZI
    assert judge.words().keys().isdisjoint("\ue000㿿")


def test_the_model_on_disk_is_what_the_script_builds():
    pytest.importorskip("jieba")
    assert judge.MODEL.read_bytes() == build_model.build()
    assert build_model.COMMON.read_text("utf-8") == build_model.common() + "\n"


@pytest.mark.parametrize(
    "text", ["市委书记主持会议，", "市委书记主持会议，强调要加快推进重点项目建设工作，𠀀A3。" * 3]
)
def test_long_texts_are_divided_as_short_ones_are(text):
    values = [judge.best_splits(text[:end])[-1] for end in range(len(text) + 1)]
    assert judge.best_splits(text) == pytest.approx(values)
    words = judge.words_in(text)
    assert all(judge.words()[text[start:end]] == value for start, end, value in words)
    assert "会议" in {text[start:end] for start, end, _ in words}

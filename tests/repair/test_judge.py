"""The judge prefers text to soup, and its model is the one that the script builds."""

import pytest

from etl.repair import build_model, judge


def test_text_is_likelier_than_soup():
    assert judge.score("市委召开项目建设推进会") > -7 > -12 > judge.score("鎷呭綋霞憂磕誆抗芾恚")
    assert judge.gain("杴炕", "强化", "不断", "责任") > 10
    assert judge.score("") == 0.0


def test_both_scripts_count_alike():
    assert judge.total("會議強調發展") == judge.total("会议强调发展")


def test_candidates_are_ranked_by_both_sides():
    assert judge.rank(["议", "义", "亿"], "会", "召开")[0][1] == "议"


def test_the_model_on_disk_is_what_the_script_builds():
    pytest.importorskip("jieba")
    assert judge.MODEL.read_bytes() == build_model.build()
    assert build_model.COMMON.read_text("utf-8") == build_model.common() + "\n"


@pytest.mark.parametrize(
    ("left", "right"), [("市委副", "出席会议"), ("", "议强调"), ("全市经济工作会", ""), ("3.", "，")]
)
def test_one_character_between_texts_is_worth_what_the_whole_is(left, right):
    candidates = "书会议，A𠀀"
    alone = judge.total(left + "书" + right) - judge.fits("书", left, right)[0]
    for candidate, value in zip(candidates, judge.fits(candidates, left, right), strict=True):
        assert judge.total(left + candidate + right) == pytest.approx(value + alone)

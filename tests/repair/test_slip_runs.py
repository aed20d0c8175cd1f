"""Stretches between marks that plainly lost step are read at once; what is in any doubt is left alone."""

import pytest

from etl.repair.edits import apply_edits
from etl.repair.slip_runs import find
from etl.repair.variants import traditional

FIRST, SECOND = "会议强调要加快推进重点项目建设工作，", "切实改善群众生活条件。"


def slipped(text, first="?"):
    return first + text.encode("gbk")[1:-1].decode("gb18030") + "?"


@pytest.mark.parametrize("first", ["?", "\ufffd"])
@pytest.mark.parametrize("behind", ["", "\n第二天", "与会同志一致表示赞成。", "/span>"])
def test_a_stretch_between_marks(first, behind):
    text = "新河市市长吴静主持会议，" + slipped(FIRST + SECOND, first) + behind
    fixed = apply_edits(text, find(text))
    assert fixed.startswith("新河市市长吴静主持会议，")
    assert FIRST[1:] + SECOND[:-1] in fixed
    assert fixed.removesuffix(behind)[:-1].endswith(SECOND[:-1])


def test_a_mark_between_two_stretches_is_one_lost_pair():
    text = slipped(FIRST) + slipped(SECOND)[1:]
    fixed = apply_edits(text, find(text))
    assert len(fixed) == len(FIRST + SECOND)
    assert sum(a == b for a, b in zip(fixed, FIRST + SECOND, strict=True)) >= len(fixed) - 4


@pytest.mark.parametrize(
    "text",
    [
        FIRST + SECOND,
        "?" + FIRST + "?" + SECOND + "?",
        "他问：你们去哪儿?踔厉奋发笃行不怠?璀璨的灯火照亮阡陌?",
        traditional(slipped(FIRST + SECOND)),
        slipped(FIRST + SECOND)[1:],
        "?" + slipped(FIRST + SECOND),
        "?\U00020000\U00020000\U00020000\U00020000\U00020000?",
        "?\uffff\ue000鏂版渤甯?",
    ],
)
def test_what_is_sound_or_in_doubt_is_left(text):
    assert find(text) == []

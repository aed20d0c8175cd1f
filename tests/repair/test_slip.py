"""S1, G3: text that lost step is read again; where the bytes are gone the candidates stand in the step."""

import pytest

from etl.evaluate.corrupt import corrupt
from etl.evaluate.distance import distance
from etl.repair import apply, repair
from etl.repair.slip import find

BEFORE = "新河市市长吴静主持会议，"
REST = "会议强调要加快推进重点项目建设工作，切实改善群众生活条件。"


def slipped(text: str, first: str = "?") -> str:
    """Return `text` in GBK without its first byte, as a two-byte reader sees it."""
    return first + text.encode("gbk")[1:-1].decode("gb18030", "replace") + "?"


@pytest.mark.parametrize("first", ["?", "\ufffd", ""])
def test_a_slip_to_the_end_of_the_line(first):
    text = BEFORE + slipped(REST, first)
    result = repair(text, script=False)
    same = sum(a == b for a, b in zip(result.text[len(BEFORE) :], REST, strict=True))
    assert result.text.startswith(BEFORE)
    assert same >= len(REST) - 1
    assert apply(result.steps, text) == result.text


def test_an_ascii_letter_is_a_trail_byte():
    text = "業績要有新" + "擔當、交賬".encode("gbk")[1:].decode("gb18030") + "是軍令狀"
    assert text != "業績要有新擔當、交賬是軍令狀"
    fixed = repair(text, script=False).text
    assert fixed.endswith("、交賬是軍令狀")


def test_a_gloss_inside_a_character_names_its_byte():
    assert repair("產品的性?xún)r(jià)比最高", script=False).text == "產品的性價比最高"
    assert repair("新河港適\0\0shi)\0\0yong)于大船", script=False).text == "新河港適用于大船"


def test_a_slip_before_script_conversion_comes_back_in_the_script_around():
    text = "要堅持不\0\0huan)杴炕\0\0hua)責任意識，認真落實"
    fixed = repair(text, script=False).text
    assert fixed.endswith("強化責任意識，認真落實")


def test_a_tag_gets_its_bracket_back():
    result = repair("(責任編輯:何相?。?/span>", script=False)
    assert result.text == "（責任編輯：何相�）"
    assert result.lost == 1
    [step] = [s for s in result.steps if s.candidates]
    assert all(c.encode("gbk")[1] == 0xA1 for c in step.candidates)


def test_where_no_mark_tells_the_place_the_character_lost_there_does():
    text = "全市共" + "产生女子铅球和跳远".encode("gbk")[1:-1].decode("gb18030") + "?两枚金牌。"
    assert repair(text).text == "全市共产生女子铅球和跳�两枚金牌。"


@pytest.mark.parametrize("seed", range(5))
def test_glosses_behind_slipped_characters_are_no_bytes(seed):
    damaged = corrupt(BEFORE + REST, "S1-glossed", seed)
    assert damaged.count("(") > 5
    result = repair(damaged)
    assert "(" not in result.text
    assert distance(result.text, BEFORE + REST) <= 2
    assert apply(result.steps, damaged) == result.text


def test_lost_characters_are_no_bytes():
    assert find("很、倒车功能�面��邸�缍�双速") == []


@pytest.mark.parametrize(
    "text",
    [
        "踔厉奋发、笃行不怠，璀璨的灯火照亮阡陌。",
        "他问：“你们去哪儿?”大家说：“去垚垚家。”",
        "尔朱焜、臧懿喆、闫皛等同志出席会议。",
        "Ω电阻与δ函数，①②③④⒈⒉⒊，甲乙丙",
        "A股X因子与B超，从A到B",
        "�� 原文如此",
    ],
)
def test_rare_but_sound_text_stays(text):
    assert find(text) == []


def test_a_tag_in_capitals_gets_its_bracket_back_and_goes():
    result = repair("(責任編輯:何相?。?/SPAN>", script=False)
    assert result.text == "（責任編輯：何相�）"


def test_private_use_stands_for_pairs_that_users_define():
    text = BEFORE + slipped(REST)
    assert any("\ue000" <= c <= "\uf8ff" for c in text)
    assert repair(text).lost <= 2


def test_many_silent_slips_in_a_row_end():
    piece = "全市共" + "产生女子铅球和女".encode("gbk")[1:-1].decode("gb18030") + "?子"
    text = piece * 200
    assert len(find(text)) >= 200

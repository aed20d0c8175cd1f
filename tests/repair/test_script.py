import pytest

from etl.repair import repair, script, script_tables, spun
from etl.repair.edits import apply_edits
from etl.repair.script_convert import convert


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市上下要抓好落实", "hans"),
        ("全市上下要抓好落實，會議還強調", "hant"),
        ("會議強調發展與穩定，国务院发布了实现发展的说明", "mixed"),
        ("Hello, world", "hans"),
        ("", "hans"),
        ("书法家题写“蘭”字的作品，这里陈列着从各地来的人们创作的许多书画，观众络绎不绝", "hans"),
    ],
)
def test_script_is_told_by_the_characters_of_one_script_only(text, expected):
    assert script.judge(text) == expected


def test_an_authors_own_traditional_stays_and_has_its_simplified_form_beside_it():
    text = "立法院昨日三讀通過「長照法」修正案，民進黨團表示，這裡仍有許多問題。"
    repaired = repair(text)
    assert repaired.text == text
    assert repaired.script == "hant"
    assert repaired.simplified == "立法院昨日三读通过「长照法」修正案，民进党团表示，这里仍有许多问题。"


def test_converted_text_has_no_second_form():
    repaired = repair("市委召開會議，學習貫徹黨的二十大精神。")
    assert repaired.text == "市委召开会议，学习贯彻党的二十大精神。"
    assert repaired.simplified is None


def test_without_script_traditional_stays():
    text = "市委召開會議，學習貫徹黨的二十大精神。"
    assert repair(text, script=False).text == text
    assert repair(text, script=False).script == "hant"


def test_edits_cover_runs_of_changed_characters_only():
    text = "全市召開會議"
    assert [(edit.start, edit.end, edit.after) for edit in script.find(text)] == [(3, 6, "开会议")]
    assert apply_edits(text, script.find(text)) == "全市召开会议"


@pytest.mark.parametrize("char", script_tables.AMBIGUOUS)
def test_conversion_keeps_the_length(char):
    for text in (char, f"見{char}著", f"{char}隆{char}", "\x00會\ud800議" + char):
        assert len(convert(text)) == len(text)


def test_telling_characters_are_those_of_opencc():
    assert script_tables.telling() == {
        "hant": script_tables.derive("t2s", "gb2312"),
        "hans": script_tables.derive("s2t", "big5"),
    }


@pytest.mark.parametrize(
    "name", ["script_words", "script_cues", "script_variants", "script_characters", "spun", "invisible"]
)
def test_rows_have_ids_of_their_own(name):
    ids = [row[0] for row in script_tables.rows(name)]
    assert len(ids) == len(set(ids))


def test_no_anchor_hides_another():
    assert spun.flags("开展平安消费工作检查。") == {"spun"}  # 平安 for 安全, 消费 for 生产
    assert spun.flags("开展平安消费引导。") == frozenset()

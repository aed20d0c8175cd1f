"""E1–E5: texts read with the wrong table come back; holes are decided by their neighbours or marked."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.evaluate.corrupt import corrupt
from etl.repair import apply, repair
from etl.repair.reversal import find, reverse

SENTENCE = "新河市召开全市项目建设推进会，要求各部门落实责任、加快进度。"


def as_latin(text: str, charset: str) -> str:
    return "".join(
        bytes((b,)).decode("cp1252") if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b)
        for b in text.encode(charset)
    )


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
def test_bytes_read_as_western_letters(charset):
    text = SENTENCE if charset != "big5" else "新河市召開會議，聽取報告。"
    assert reverse(as_latin(text, charset)) == text
    assert reverse(f"本报讯：{as_latin(text, charset)}") == f"本报讯：{text}"


def test_layers_are_peeled():
    assert reverse(as_latin(as_latin(SENTENCE, "utf-8"), "utf-8")) == SENTENCE
    assert reverse(as_latin(as_latin(SENTENCE, "gb18030"), "utf-8")) == SENTENCE
    once = "市委书记".encode().decode("gb18030")
    assert reverse(once.encode().decode("gb18030", "ignore")).startswith("市委书")


@given(st.integers(0, len(SENTENCE)), st.integers(2, 8))
@settings(deadline=None, max_examples=30)
def test_a_stretch_of_utf8_read_as_gbk(start, half):
    stretch = SENTENCE[start : start + 2 * half]
    misread = stretch.encode().decode("gb18030", "replace")
    assume(len(stretch) >= 4 and "\ufffd" not in misread)
    text = f"{SENTENCE}\n{misread}\n{SENTENCE}"
    assert repair(text, script=False).text == f"{SENTENCE}\n{stretch}\n{SENTENCE}"


def test_sound_marks_between_misread_sentences_stay():
    sentences = ("各部门汇报了工作", "陈立新听取汇报；吴静主持会议", "会议要求落实责任")
    misread = (text.encode().decode("gb18030") for text in sentences)
    assert repair("。".join(misread) + "。", script=False).text == "。".join(sentences) + "。"


def test_euro_signs_are_bytes():
    assert reverse("绠€鏀挎斁鏉冩敼闈╁伐浣�") in ("简政放权改革工作", "简政放权改革工�")


def test_a_lost_byte_is_decided_by_its_word():
    damaged = "项目建设推进会".encode().decode("gbk", "replace")
    assert "\ufffd" in damaged
    assert repair(damaged).text == "项目建设推进会"


def test_an_undecidable_character_is_lost_with_its_candidates():
    damaged = "杏".encode()[:2].decode("latin-1") + "\ufffd" + as_latin("出席会议并讲话", "utf-8")
    result = repair(damaged)
    assert result.text == "�出席会议并讲话"
    assert result.lost == 1
    [step] = [s for s in result.steps if s.candidates]
    assert "杏" in step.candidates
    assert apply(result.steps, damaged) == result.text


def test_replacement_marks_are_counted():
    assert repair("锟斤拷锟斤拷出席会议").text == "����出席会议"
    assert repair("锟斤拷锟斤拷出席会议").lost == 4


@pytest.mark.parametrize(
    "text",
    ["São Paulo 与 Genève", "20℃±5°", "“ÄÖÜ”", "Ã©tÃ©", "昆山淦河大桥", "钱锟出席", "曽介枎鍔", "什么????"],
)
def test_sound_text_is_no_mojibake(text):
    assert find(text) == []
    assert repair(text, script=False, punctuation=False).lost == 0


@pytest.mark.parametrize(
    ("written", "read", "text"),
    [
        ("big5", "gb18030", "新河市召開項目建設推進會，要求各部門落實責任。"),
        ("gb18030", "big5hkscs", "市委市政府要求各地各部门认真落实责任"),
    ],
)
def test_the_other_chinese_table(written, read, text):
    damaged = text.encode(written).decode(read, "replace")
    fixed = repair(f"新河市\n{damaged}\n会议召开", script=False, punctuation=False).text.split("\n")[1]
    assert sum(a == b for a, b in zip(fixed, text, strict=False)) >= 0.8 * len(text)


def test_a_byte_that_the_other_table_lost_is_told_by_the_one_beside_it():
    text = "会议强调，全市各级各部门要坚持人民至上，抓好春耕生产，完成全年目标任务。"
    damaged = text.encode("gb18030").decode("big5hkscs", "replace")
    assert damaged.count("\ufffd") == 2
    assert repair(damaged).text == text


def test_two_bytes_that_the_other_table_lost_are_a_lost_character():
    text = "会议强调，全市各级各部门要坚持人民至上，抓好春耕生产，完成全年目标任务。"
    damaged = "".join(char.encode("gb18030").decode("big5hkscs", "replace")[0] for char in text)
    assert repair(damaged).text == text.replace("全", "�").replace("人", "�")


def test_a_torn_run_among_misread_ones_is_a_lost_character_or_the_one_that_digits_tell():
    misread = "日上午，全市重点项目建设推进会在市民中心召开".encode().decode("gb18030", "replace")
    assert repair(f"A鏈�B{misread}").text.startswith("A�B日上午，全市重点项目建设推进会")
    assert repair(f"6鏈�4{misread}").text.startswith("6月4日上午，全市重点项目建设推进会")


def test_single_symbols_among_misread_characters_come_back():
    text = "全市新建2×35万千瓦热电联产工程，气温升到30°C"
    assert repair(text.encode().decode("gb18030")).text == text


def test_letters_of_other_scripts_between_layers():
    text = "开通使用移动电话"
    assert "Щ" in corrupt(text, "E1", 1)
    assert repair(corrupt(text, "E1-double", 1)).text == text


def test_a_lost_byte_may_be_a_characters_first():
    damaged = "".join(
        "\ufffd" if c in "\x81\x8d\x8f\x90\x9d" else c
        for c in as_latin("新河市召開羣衆代表座談會，聽取意見", "big5hkscs")
    )
    assert "\ufffd" in damaged
    fixed = repair(damaged, script=False).text
    assert fixed[:6] + fixed[7:] == "新河市召開羣代表座談會，聽取意見"
    assert fixed[6] in "衆\ufffd"

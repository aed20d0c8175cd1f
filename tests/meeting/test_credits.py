"""Credits as newspapers, portals, universities and companies print them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.meeting import credits

CASES = [
    ("会议召开。（记者 丁　禾 文/图）", ["丁禾"], ["丁禾"], [], None),
    (
        "会议会场。钟小楼 摄\n会议召开。（丁　禾）\n（责任编辑：钟小\ufffd）",
        ["丁禾"],
        ["钟小楼"],
        ["钟小\ufffd"],
        None,
    ),
    ("本报讯（记者 秦朗 通讯员 方晓云 吴江）5月20日，会议召开。", ["秦朗", "方晓云", "吴江"], [], [], None),
    ("本报讯 记者秦朗报道：5月20日，会议召开。", ["秦朗"], [], [], None),
    ("□ 本报记者 秦朗 方晓云\n会议召开。", ["秦朗", "方晓云"], [], [], None),
    ("会议召开。（记者秦朗方晓云）", ["秦朗", "方晓云"], [], [], None),
    ("会议召开。（秦朗/文 方晓云/图）", ["秦朗"], ["方晓云"], [], None),
    ("会议召开。（文/秦朗 图/方晓云）", ["秦朗"], ["方晓云"], [], None),
    ("会议召开。(文：秦朗 编辑：方晓云 审核：吴江)", ["秦朗"], [], ["方晓云"], None),
    ("会议召开。（记者 秦朗 摄影报道）", ["秦朗"], ["秦朗"], [], None),
    ("图为会场。新河日报全媒体记者 秦朗 摄", [], ["秦朗"], [], None),
    ("撰稿：秦朗 摄影：方晓云 责编：吴江", ["秦朗"], ["方晓云"], ["吴江"], None),
    ("会议召开。（记者 欧阳明月 阿依古丽·买买提）", ["欧阳明月", "阿依古丽·买买提"], [], [], None),
    ("会议召开。（文字：秦朗；摄影：方晓云）", ["秦朗"], ["方晓云"], [], None),
    ("会议召开。（记者秦朗 通讯员方晓云 摄影报道）", ["秦朗", "方晓云"], ["秦朗", "方晓云"], [], None),
    ("会议召开。（图/文 机械学院 秦朗）", ["秦朗"], ["秦朗"], [], "机械学院"),
    ("会议召开。\n（新河县融媒体中心 记者 秦朗）", ["秦朗"], [], [], "新河县融媒体中心"),
    ("来 源：人事处 作 者：秦朗 编 辑：方晓云", ["秦朗"], [], ["方晓云"], "人事处"),
    ("一审：秦朗 二审：方晓云 责编：吴江", [], [], ["吴江"], None),
    ("会议召开。（党办 秦朗）", ["秦朗"], [], [], "党办"),
    ("会议召开。（来源：校友办公室　秦朗／文、摄）", ["秦朗"], ["秦朗"], [], "校友办公室"),
    ("建工学院媒体中心 秦朗/文 方晓云/摄", ["秦朗"], ["方晓云"], [], "建工学院媒体中心"),
    ("会议召开。\n【责任编辑：秦朗】", [], [], ["秦朗"], None),
    ("会议召开。（党群部 秦朗 摄影 方晓云）", ["秦朗"], ["方晓云"], [], "党群部"),
    ("会议召开。（委办公室）", [], [], [], "委办公室"),
    ("会议召开。（宣传部 秦朗）", ["秦朗"], [], [], "宣传部"),
    ("会议召开。\n（工会、团委、宣传部供稿）", [], [], [], "工会、团委、宣传部"),
    ("发布时间：2016-04-05  信息来源：安全科  撰稿人：秦朗\n4月1日，会议召开。", ["秦朗"], [], [], "安全科"),
    ("央视网消息（新闻联播）：会议召开。", [], [], [], "央视网"),
    ("新华社新河2月29日电（记者秦朗）会议召开。", ["秦朗"], [], [], "新华社"),
    ("新河晚报讯 近日，会议召开。", [], [], [], "新河晚报"),
    ("会议召开。（据《新河晚报》）", [], [], [], "新河晚报"),
]


@pytest.mark.parametrize(("text", "reporters", "photographers", "editors", "source"), CASES)
def test_credits_are_read(text, reporters, photographers, editors, source):
    found = credits.read(text)
    assert (list(found.reporters), list(found.photographers), list(found.editors)) == (
        reporters,
        photographers,
        editors,
    )
    assert found.media_source == source


@pytest.mark.parametrize(
    "text",
    [
        "",
        "会议召开。（完）",
        "记者从市水利局获悉，汛情平稳。",
        "市长出席记者招待会（记者招待会在新河宾馆举行）。",
        "本报讯 近日，会议召开。",
        "会议听取了汇报（图表）。",
        "他说：“编辑工作很重要。”",
    ],
)
def test_running_text_credits_nobody(text):
    found = credits.read(text)
    assert not found.items
    assert found.media_source is None


LINES = st.sampled_from(
    [text for text, *_ in CASES] + ["记者", "（", "）", "：", "摄", "\n", " ", "秦朗", "文/图", "来源："]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=12).map("".join))
@settings(deadline=None, max_examples=150)
def test_every_credit_is_reproduced_by_its_span(text):
    for credit in credits.read(text).items:
        assert "".join(text[credit.start : credit.end].split()) == credit.name


def test_one_endless_line_is_read_in_bounded_time():
    assert credits.read("（记者 " * 400_000).items == ()

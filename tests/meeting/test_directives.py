"""Numbered and unnumbered orders in invented sentences of true news language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.meeting import directives
from etl.meeting.people import Cast, Mention
from etl.meeting.segment import parse


def read(text, *names):
    mentions = sorted(
        Mention(at, at + len(name), name, (), seq)
        for seq, name in enumerate(names)
        for at in range(len(text))
        if text.startswith(name, at)
    )
    return directives.read(parse(text), Cast((), tuple(mentions)))


def shape(found):
    return [(item.marker, item.ordinal, item.parent_seq) for item in found]


def numbered(text):
    return [item for item in read(text) if item.ordinal]


def test_six_items_with_their_cue_and_texts():
    found = read(
        "会议强调，要抓好防汛工作。一要压实责任。要落实包保制度。二要排查隐患，三要备足物资。四要强化预警；"
        "五要转移群众；六要严肃纪律。\n会议要求，各级各部门要立即行动。"
    )
    lists = [item for item in found if item.ordinal]
    assert [item.marker for item in lists] == ["一要", "二要", "三要", "四要", "五要", "六要"]
    assert {item.cue for item in lists} == {"会议强调"}
    assert lists[0].text == "压实责任。要落实包保制度"
    assert lists[-1].text == "严肃纪律"


def test_the_speaker_is_a_participant():
    found = read("市长秦朗强调，一要抓进度，二要抓质量。", "秦朗")
    assert [(item.cue, item.speaker_seq) for item in found] == [("秦朗强调", 0), ("秦朗强调", 0)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("他要求大家一是要守纪律；二是要讲规矩；三是要作表率。", 3),
        ("他要求：一是统一思想。二要明确任务。三是狠抓落实。", 3),
        ("他指出，第一，要深化改革。第二，要扩大开放。", 2),
        ("他强调，第一要安全，第二要质量，第三要进度。", 3),
        ("会议明确：（一）加强领导；（二）压实责任；（三）严格考核。", 3),
        ("会议明确：\n1.加强领导。\n2.压实责任。\n3．严格考核。\n4.兑现奖惩。", 4),
        ("会议明确：①加强领导；②压实责任。", 2),
        ("一、提高认识\n内容。\n二、落实责任\n内容。\n三、加强督查\n内容。", 3),
        ("他要求，一抓源头，二抓过程，三抓结果。", 3),
        ("他要求：一是要求到岗到位；二是要求账实相符。", 2),
        ("他提出，其一，建机制；其二，强队伍。", 2),
        ("他强调三点：第一点，抓学习。第二点，抓落实。第三点，抓考核。", 3),
        ("会议明确：1）建立台账；2）限期整改。", 2),
        ("他要求一是抓学习二是抓落实三是抓考核。", 3),
        ("他要求，一是抓学习。\n会场响起掌声。\n二是抓落实。", 2),
        (
            "工作有十一项：" + "".join(f"{n}是抓好工作；" for n in [*"一二三四五六七八九十", "十一"]),
            11,
        ),
    ],
)
def test_forms_of_numbering(text, number):
    assert [item.ordinal for item in numbered(text)] == list(range(1, number + 1))


@pytest.mark.parametrize(
    "text",
    [
        "第一、第二、第三产业分别增长。",
        "这是第一要务，二是关键。",
        "全市统一要求，二要加强。",
        "一个目标，二个抓手，三个支撑。",
        "增长1.5%，其中2.3%来自工业。",
        "党的十一届三中全会召开，二要坚持。",
        "一是抓好落实。",
        "一、二、三级河流全部治理。",
        "星期二是晴天，一年之计在于春。",
    ],
)
def test_ordinary_numerals_are_no_list(text):
    assert not numbered(text)


def test_nested_lists_have_parents():
    text = (
        "会议强调，一要抓项目。一是抓谋划；二是抓开工。二要抓服务。一是优流程；二是减材料；"
        "三是压时限。三要抓作风。"
    )
    assert shape(read(text)) == [
        ("一要", 1, None),
        ("一是", 1, 0),
        ("二是", 2, 0),
        ("二要", 2, None),
        ("一是", 1, 3),
        ("二是", 2, 3),
        ("三是", 3, 3),
        ("三要", 3, None),
    ]


def test_an_outline_nests_by_rank():
    text = (
        "一、总体要求\n（一）坚持系统观念。\n（二）坚持问题导向。\n"
        "二、重点任务\n（一）建设水库。\n（二）加固堤防。"
    )
    assert [item.parent_seq for item in read(text)] == [None, 0, 0, None, 3, 3]


def test_two_lists_of_two_speakers_do_not_nest():
    text = "秦朗强调，一是抓进度；二是抓质量。\n方晓云要求，一要守纪律；二要讲规矩；三要作表率。"
    found = read(text, "秦朗", "方晓云")
    assert [item.parent_seq for item in found] == [None] * 5
    assert [item.speaker_seq for item in found] == [0, 0, 1, 1, 1]


def test_an_unnumbered_chain_has_no_ordinals():
    found = read("会议强调，要抓牢粮食生产；要守住耕地红线；各级各部门要密切配合。要备足物资。汛情总体平稳。")
    assert [(item.marker, item.ordinal) for item in found] == [(None, None)] * 3
    assert [item.text for item in found] == ["要抓牢粮食生产", "要守住耕地红线", "各级各部门要密切配合"]


def test_a_misprinted_number_loses_no_item():
    found = numbered("他要求，一是抓学习；二是抓落实；二是抓考核；四是抓奖惩。")
    assert [item.ordinal for item in found] == [1, 2, 2, 4]


def test_a_demand_is_the_cue_of_its_list():
    found = read("对下步工作，秦朗提出三点要求：一是提高认识；二是抓好落实。", "秦朗")
    assert [(item.cue, item.speaker_seq) for item in found] == [("秦朗提出三点要求", 0)] * 2


def test_a_demand_without_a_subject_has_the_speaker_of_its_sentence():
    found = read("会前，秦朗通报了情况，还向大家提出两点要求：一是守时；二是守纪。", "秦朗")
    assert [item.speaker_seq for item in found] == [0, 0]


PIECES = st.sampled_from(
    [
        "一是",
        "二是",
        "三要",
        "一要",
        "二要",
        "第一，",
        "第二，",
        "（一）",
        "（二）",
        "1.",
        "2.",
        "①",
        "②",
        "一、",
        "二、",
        "会议强调，",
        "他指出，",
        "要抓落实",
        "。",
        "；",
        "，",
        "\n",
        "秦朗",
        "“",
        "”",
        "：",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join))
@settings(deadline=None, max_examples=200)
def test_spans_reproduce_texts_and_parents_come_before(text):
    for item in read(text, "秦朗"):
        assert item.span.of(text) == item.text
        assert item.cue is None or item.cue_span.of(text) == item.cue
        assert item.parent_seq is None or item.parent_seq < item.seq


@pytest.mark.parametrize(
    "piece", ["一是", "一要抓。二要抓。", "他说，啊。", "（一）", "提出要求：", "会议强调，要抓；要抓。"]
)
def test_one_endless_line_is_read_in_bounded_time(piece):
    assert read(piece * (300_000 // len(piece))) is not None

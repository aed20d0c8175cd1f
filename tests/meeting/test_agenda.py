"""Items of business in invented sentences of true news language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.meeting import agenda
from etl.meeting.segment import parse


def read(text):
    return agenda.read(parse(text))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "会议传达学习了省委全会精神，听取了全市防汛工作汇报，审议并原则通过《新河市防汛条例（草案）》。",
            [("传达学习", None), ("听取汇报", None), ("审议", "原则通过")],
        ),
        ("5月20日，市政府召开常务会议，研究部署安全生产工作。", [("部署", None)]),
        ("会议审议通过了有关人事任免事项。", [("人事", "审议通过")]),
        ("会上通报了督查情况，并宣读了表彰决定。", [("通报", None), ("通报", None)]),
        ("会议还研究了其他事项。", [("研究", None)]),
        ("会议决定，大会于6月召开。", [("审议", "决定")]),
        ("会议经表决，通过了选举办法。", [("审议", "审议通过")]),
    ],
)
def test_items_are_classified(text, items):
    assert [(item.classification, item.decision) for item in read(text)] == items


def test_documents_are_the_titles_in_brackets():
    found = read("会议听取了市财政局《关于预算执行情况的报告》、市审计局《关于审计〈条例〉情况的报告》。")
    assert [item.documents for item in found] == [("关于预算执行情况的报告", "关于审计〈条例〉情况的报告")]
    assert found[0].text.startswith("听取了市财政局")


@pytest.mark.parametrize(
    "text",
    [
        "会议强调，要传达学习会议精神，研究部署下步工作。",
        "市民学习了防汛知识。",
        "研究院通报了成果。",
        "秦朗传达了省委精神。",
        "没有需要列入会议审议的议案。",
    ],
)
def test_what_is_no_business_of_a_meeting(text):
    assert read(text) == ()


PIECES = st.sampled_from(
    ["会议", "审议了", "听取了", "传达学习", "《条例》", "研究部署", "，", "。", "\n", "召开会议", "决定"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join))
@settings(deadline=None, max_examples=200)
def test_spans_reproduce_texts(text):
    for order, item in enumerate(read(text)):
        assert item.order == order
        assert item.span.of(text) == item.text
        assert all(document in item.text for document in item.documents)


def test_one_endless_line_is_read_in_bounded_time():
    assert read("会议审议了，" * 50_000)
    assert read("会议" * 150_000) == ()

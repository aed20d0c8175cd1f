"""Organ and post of an office."""

import pytest

from etl.meeting import extract
from etl.records import Article


@pytest.mark.parametrize(
    ("office", "org", "post"),
    [
        ("市民政局局长", "市民政局", "局长"),
        ("市民政局副局长", "市民政局", "副局长"),
        ("县委宣传部部长", "县委宣传部", "部长"),
        ("市卫生健康委员会主任", "市卫生健康委员会", "主任"),
    ],
)
def test_the_last_character_of_an_organ_is_its_own(office: str, org: str, post: str) -> None:
    text = f"6月8日，全市养老服务工作推进会召开。{office}方竹出席会议并讲话。"
    (report,) = extract(Article("a", "c", "s", None, "u", None, text, text))
    title = report.participants[0].titles[0]
    assert (title.text, title.org, title.post) == (office, org, post)

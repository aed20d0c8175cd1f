"""One endless line of any kind is read in bounded time: no reader of the room grows with the square of it."""

import pytest

from etl import meeting
from etl.records import Article

PIECES = [
    "会议审议了《条例》，",
    "市委书记秦朗主持会议并强调，要抓好落实，",
    "5月20日，市长秦朗召开会议。",
    "会见了",
    "秦朗指出",
    "向群众介绍",
    "市长秦朗、",
    "市水利局、财政局、",
    "全市防汛工作会议",
    "一要抓落实；二要抓考核；",
    "（记者 秦朗）",
    "“会议”",
    "他说，好。",
    "\n",
    "会",
]


@pytest.mark.parametrize("piece", PIECES)
def test_an_endless_line_ends(piece):
    text = piece * (60_000 // len(piece))
    article = Article("a", "c", "s", None, "u", "会议召开", text, text)
    for report in meeting.extract(article):
        assert all(row.name_span.of(text).strip() == row.name for row in report.participants)

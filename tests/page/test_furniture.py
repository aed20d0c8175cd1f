"""Lines around an article go, and lines like them that are its text stay (`lines.tsv`)."""

from pathlib import Path

import pytest

from etl.page import extract
from etl.records import Draft

LINES = [row.split("\t") for row in Path(__file__).with_name("lines.tsv").read_text("utf-8").splitlines()[1:]]
TEXT = [
    "5月18日下午，北麓区召开民营企业家座谈会，区委书记陆远出席会议并讲话。",
    "座谈会上，八位企业负责人围绕用地保障、融资服务等方面畅所欲言，提出意见建议二十余条。",
    "陆远指出，全区上下要把服务企业作为分内之事，做到有求必应、无事不扰。",
    "会议要求，今天提出的问题要逐条建立台账，限时办结。",
]
PAGE = """<title>北麓区召开民营企业家座谈会_禾川新闻</title><h1>北麓区召开民营企业家座谈会</h1>
<div>2026-05-20 08:30</div><div>{}</div><div><a href=1>首页</a></div>"""


def of(kind):
    return [line for name, line in LINES if name == kind]


def drafted(page_of, line, at):
    paragraphs = [*TEXT[:at], line, *TEXT[at:]]
    draft = extract(page_of(PAGE.format("".join(f"<p>{text}</p>" for text in paragraphs))))
    assert isinstance(draft, Draft)
    return draft


@pytest.mark.parametrize("line", of("end"))
def test_what_stands_behind_the_text_goes(page_of, line):
    assert drafted(page_of, line, len(TEXT)).text.split("\n") == TEXT


@pytest.mark.parametrize("line", of("start"))
def test_what_stands_before_the_text_goes(page_of, line):
    assert drafted(page_of, line, 0).text.split("\n") == TEXT


@pytest.mark.parametrize("line", of("text"))
@pytest.mark.parametrize("at", [2, len(TEXT)])
def test_text_like_it_stays_and_credits_nobody(page_of, line, at):
    draft = drafted(page_of, line, at)
    assert draft.text.split("\n") == [*TEXT[:at], line, *TEXT[at:]]
    assert (draft.reporters, draft.photographers, draft.editors) == ((), (), ())

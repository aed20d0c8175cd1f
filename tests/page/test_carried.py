"""Articles that a page carries as data for a script."""

import json

import pytest

from etl.page import carried, extract
from etl.records import Draft

TEXT = [
    "5月18日下午，北麓区召开民营企业家座谈会，区委书记陆远出席会议并讲话。",
    "会议要求，今天提出的问题要逐条建立台账，限时办结，办理结果向企业逐一反馈。",
]
MARKUP = "".join(f"<p>{line}</p>" for line in TEXT)
ESCAPED = MARKUP.replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    "data",
    [
        "<script>var page=" + json.dumps({"id": 7, "content": MARKUP}) + "</script>",
        "<script>window.__INITIAL_STATE__="
        + json.dumps({"a": {"body": ESCAPED}}, ensure_ascii=False)
        + ";</script>",
        '<script type="application/ld+json">' + json.dumps({"articleBody": "\n".join(TEXT)}) + "</script>",
        f'<textarea style="display:none">{ESCAPED}</textarea>',
    ],
    ids=["markup", "escaped", "text", "textarea"],
)
def test_an_article_in_data_is_read(page_of, data):
    draft = extract(page_of(f"<title>北麓区召开座谈会</title><div id=app></div>{data}"))
    assert isinstance(draft, Draft)
    assert (draft.text.split("\n"), draft.title, draft.layout) == (TEXT, "北麓区召开座谈会", "carried")


def test_what_a_page_shows_counts_before_its_data(page_of):
    data = "<script>var page=" + json.dumps({"content": "<p>另一篇文章的正文。</p>" * 20}) + "</script>"
    draft = extract(page_of(f"<title>北麓区召开座谈会</title><div>{MARKUP}</div>{data}"))
    assert isinstance(draft, Draft)
    assert draft.text.split("\n") == TEXT


def test_data_without_an_article_is_none():
    assert carried.article('<script>{"content":"短","html":12,"text":null}</script>') is None

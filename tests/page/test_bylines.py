"""Whole bylines between headline and text, as pages print them (`bylines.tsv`), without a profile's help."""

from pathlib import Path

import pytest

from etl.page import extract
from etl.page.dates import CHINA
from etl.records import Draft

ROWS = [
    row.split("\t") for row in Path(__file__).with_name("bylines.tsv").read_text("utf-8").splitlines()[1:]
]
TEXT = [
    "5月18日下午，北麓区召开民营企业家座谈会，区委书记陆远出席会议并讲话。",
    "陆远指出，全区上下要把服务企业作为分内之事，做到有求必应、无事不扰。",
]
PAGE = """<title>北麓区召开民营企业家座谈会_禾川网</title><body><div><a href=1>首页</a></div>
<div><h1>北麓区召开民营企业家座谈会</h1>{}<div><p>{}</p></div></div><div>版权所有：禾川网</div>"""


@pytest.mark.parametrize(
    ("html", "published", "source", "reporters", "photographers", "editors"),
    ROWS,
    ids=[str(n) for n in range(len(ROWS))],
)
def test_a_byline_is_read(page_of, html, published, source, reporters, photographers, editors):
    draft = extract(page_of(PAGE.format(html, "</p><p>".join(TEXT))))
    assert isinstance(draft, Draft)
    assert draft.text.split("\n") == TEXT
    assert draft.published_at is not None
    written = "%Y-%m-%d %H:%M" if draft.published_precision == "minute" else "%Y-%m-%d"
    assert draft.published_at.astimezone(CHINA).strftime(written) == published
    assert (draft.media_source or "") == source
    found = [",".join(names) for names in (draft.reporters, draft.photographers, draft.editors)]
    assert found == [reporters, photographers, editors]

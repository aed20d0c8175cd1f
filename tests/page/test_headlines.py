"""Headlines among the names of site and column, as <title> and headings print them (`headlines.tsv`)."""

from pathlib import Path

import pytest

from etl.page import extract
from etl.records import Draft

ROWS = [row.split("\t") for row in Path(__file__).with_name("headlines.tsv").read_text("utf-8").splitlines()]
TEXT = "5月19日，禾川市召开专题会议，研究部署下一阶段重点工作。市长田禾出席会议并讲话，副市长柳青主持会议。"
PAGE = """<title>{}</title><body><div><a href=1>首页</a> <a href=2>要闻</a></div>
<div>{}<div>2026-05-20 08:30　来源：禾川日报</div><div><p>{}</p></div></div><div>版权所有：禾川网</div>"""


@pytest.mark.parametrize(("title", "html", "headline"), ROWS[1:], ids=[str(n) for n in range(1, len(ROWS))])
def test_the_headline_is_found(page_of, title, html, headline):
    draft = extract(page_of(PAGE.format(title, html, TEXT)))
    assert isinstance(draft, Draft)
    assert (draft.title, draft.text) == (headline, TEXT)

"""Articles on several pages become one article, wherever their pages come from."""

import os
from datetime import UTC, date, datetime

import pytest

from etl import stages
from etl.dataset import read

DAY = date(2026, 3, 2)


def clock():
    return datetime(2026, 3, 9, tzinfo=UTC)


def page(number: int, last: int) -> str:
    """Return one of the pages of an article as a newspaper prints it."""
    more = f'<a href="long_{number + 1}.html">下一页</a>' if number < last else ""
    back = '<a href="long.html">上一页</a>' if number > 1 else ""
    credit = "<p>（记者 苏可）</p>" if number == last else ""
    return f"""<html><head><meta charset="utf-8"><title>春耕工作会议召开_河川新闻网</title></head><body>
<h1>春耕工作会议召开</h1><p>2026-03-02 09:30　来源：河川日报</p><div class="TRS_Editor">
<p>这是第{number}页。市长田禾指出，要抓好备耕物资供应，确保种子化肥到村到户。</p>{credit}</div>
<div>{back} {more}</div></body></html>"""


@pytest.fixture
def saved(tmp_path):
    """A folder with an article on three pages."""
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in (1, 2, 3):
        path = folder / f"long{'' if number == 1 else f'_{number}'}.html"
        path.write_text(page(number, 3), "utf-8")
        os.utime(path, (1_773_000_000, 1_773_000_000))
    return folder


def imported(folder, settings):
    stages.import_paths([folder], settings=settings, clock=clock)
    return read(settings.data, "articles"), read(settings.data, "captures")


def test_saved_pages_of_an_article_are_joined(saved, settings):
    articles, captures = imported(saved, settings)
    (article,) = articles.to_dict("records")
    assert [line[:5] for line in article["text"].split("\n")] == ["这是第1页", "这是第2页", "这是第3页"]
    assert list(article["reporters"]) == ["苏可"]
    assert list(article["flags"]) == []
    assert article["url"] == "file:saved/long.html"
    assert sorted(captures["continues"].dropna()) == ["file:saved/long.html", "file:saved/long_2.html"]
    assert set(captures["day"]) == {DAY}
    assert len(read(settings.data, "rejects")) == 0


def test_a_page_that_is_missing_is_said(saved, settings):
    (saved / "long_2.html").unlink()
    articles, captures = imported(saved, settings)
    flags = {row["url"]: list(row["flags"]) for row in articles.to_dict("records")}
    assert flags == {"file:saved/long.html": ["pages-missing"], "file:saved/long_3.html": []}
    assert list(captures["continues"].dropna()) == []


def test_pages_that_lead_in_a_circle_end(saved, settings):
    path = saved / "long_3.html"
    path.write_text(path.read_text("utf-8").replace("上一页", "下一页"), "utf-8")
    articles, _ = imported(saved, settings)
    assert len(articles) == 1

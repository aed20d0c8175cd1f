"""A glance at the bytes never says no to a page that leads to a next one."""

import pytest

from etl.page import paging

WORDS = ["下一页", "下页", "下一頁", "下頁", "后一页", "后页", "Next", "next page"]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5", "utf-16", "ascii"])
def test_the_word_is_seen_in_every_charset(word, charset):
    text = f"<p>市委召开会议。</p><a href='2.html'>[{word} &gt;]</a>"
    if charset == "big5":
        text = (
            text.replace("开", "開")
            .replace("会", "會")
            .replace("议", "議")
            .replace("页", "頁")
            .replace("后", "下")
        )
    assert paging.may_lead(text.encode(charset, "xmlcharrefreplace"))


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    ("charset", "wrong"), [("utf-8", "latin-1"), ("gb18030", "latin-1"), ("utf-8", "gb18030")]
)
def test_the_word_is_seen_in_pages_encoded_twice(word, charset, wrong):
    text = f"<a href='2.html'>{word}</a>".encode(charset).decode(wrong, "replace")
    assert paging.may_lead(text.encode())


def test_tags_between_the_letters_and_scripts_are_seen():
    assert paging.may_lead("<a>下一<b>页</b></a>".encode())
    assert paging.may_lead(b"<script>createPageHTML(3, 0, 'content_1', 'html')</script>")


def test_a_page_with_a_home_link_and_scripts_is_not_read_for_it():
    page = "<a href='/'>首页</a>\n<p>市政府召开会议，会后考察。</p><script>a.nextSibling; $.next()</script>"
    assert not paging.may_lead(page.encode())

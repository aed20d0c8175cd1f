"""Addresses in one form."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.capture import urls


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("HTTP://Paper.Example:80/A/B.html#top", "http://paper.example/A/B.html"),
        ("https://paper.example:443", "https://paper.example/"),
        ("http://paper.example:8080/x", "http://paper.example:8080/x"),
        ("http://paper.example/a/./b/../c", "http://paper.example/a/c"),
        ("http://paper.example/../../x", "http://paper.example/x"),
        ("http://paper.example/a/..", "http://paper.example/"),
        ("http://paper.example/x?utm_source=a&id=3&spm=1.2.3", "http://paper.example/x?id=3"),
        ("http://paper.example/x;jsessionid=AB12?id=3", "http://paper.example/x?id=3"),
        ("http://paper.example/x?PHPSESSID=1", "http://paper.example/x"),
        ("http://paper.example/x?sid=0123456789abcdef0123456789ABCDEF", "http://paper.example/x"),
        ("http://paper.example/article.php?sid=12345", "http://paper.example/article.php?sid=12345"),
        ("http://paper.example/(S(k3v5yd45)F(x))/a.aspx", "http://paper.example/a.aspx"),
        ("http://paper.example/(a)/b.html", "http://paper.example/(a)/b.html"),
        ("http://paper.example.:8080/x", "http://paper.example:8080/x"),
        ("http://paper.example/show.asp?id=3&page=2", "http://paper.example/show.asp?id=3&page=2"),
        ("http://paper.example/show.asp?b=1&a=2", "http://paper.example/show.asp?b=1&a=2"),
        ("http://河滨.example/会议.html", "http://xn--yk3ak7n.example/%E4%BC%9A%E8%AE%AE.html"),
        ("  http://paper.example/x\n", "http://paper.example/x"),
        ("http://[2001:DB8::1]:81/x", "http://[2001:db8::1]:81/x"),
        ("http://paper.example/%e4%bc%9a", "http://paper.example/%e4%bc%9a"),
        ("http://paper.example?id=1", "http://paper.example/?id=1"),
    ],
)
def test_the_same_page_has_one_address(given, clean):
    if "河" in given:
        host = "河滨".encode("idna").decode()
        clean = clean.replace("xn--yk3ak7n", host)
    assert urls.clean(given) == clean


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x.html",
        "javascript:void(0)",
        "mailto:a@b.example",
        "ftp://a.example/",
        "http://",
        "http://[::1",
        "http://a:b/",
    ],
)
def test_what_is_no_web_address_is_none(url):
    assert urls.clean(url) is None


def test_pages_that_are_listed_in_two_spellings_are_one():
    assert urls.key("http://a.example/%e4%bc%9a/index.html") == urls.key("http://a.example/%E4%BC%9A/")
    assert urls.key("http://a.example/show.asp?id=1") != urls.key("http://a.example/show.asp?id=2")


PART = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(["http://a.example/", "https://A.example:8443/b/"]), PART, PART, PART)
def test_cleaning_is_idempotent_and_ascii(base, path, query, fragment):
    cleaned = urls.clean(f"{base}{path}?{query}#{fragment}")
    if cleaned is None:
        return
    assert cleaned.isascii()
    assert "#" not in cleaned
    assert urls.clean(cleaned) == cleaned
    assert urlsplit(cleaned).scheme in ("http", "https")


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60))
def test_no_text_breaks_it(text):
    cleaned = urls.clean(text)
    assert cleaned is None or cleaned.startswith(("http://", "https://"))


@settings(deadline=None, max_examples=200)
@given(st.text("abc/.?=&index.html", max_size=30))
def test_keys_of_one_page_agree_and_are_stable(path):
    cleaned = urls.clean(f"http://a.example/{path}")
    if cleaned is not None:
        assert urls.key(urls.key(cleaned)) == urls.key(cleaned)

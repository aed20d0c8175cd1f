"""Charset votes on invented sentences in every charset, with right, wrong and no labels."""

from datetime import UTC, date, datetime

import pytest

from etl.decode import decode
from etl.records import Capture, Page, Reject

SIMPLIFIED = "新河市召开全市经济工作会议，市委书记对下一阶段的重点工作作出部署。" * 3
TRADITIONAL = "新河市召開全市經濟工作會議，市委書記對下一階段的重點工作作出部署。" * 3


def capture(body: bytes, content_type: str | None = "text/html") -> Capture:
    return Capture(
        "c", "s", date(2026, 5, 20), "http://localhost/a.html", "http://localhost/a.html", 200, (),
        datetime(2026, 5, 20, tzinfo=UTC), body, "0", content_type,
    )  # fmt: skip


def html(text: str, label: str | None) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}<title>会</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("label", ["utf-8", "gb2312", "big5", "shift_jis", None])
@pytest.mark.parametrize("header", ["text/html", "text/html; charset=gbk", "text/html; charset=BIG5"])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5hkscs"),
    ],
)
def test_the_bytes_outvote_every_label(text, codec, label, header):
    page_html = html(text, label).replace("会", "會" if text == TRADITIONAL else "会")
    page = decode(capture(page_html.encode(codec), header))
    assert isinstance(page, Page)
    assert page.charset_used == codec
    assert page.html == page_html
    assert page.lost == 0
    assert {v.witness for v in page.votes} >= {"strict" if codec == "utf-8" else "statistic"}


def test_the_label_decides_where_the_bytes_do_not():
    page = decode(capture("<p>縵</p>".encode("big5"), "text/html; charset=big5"))
    assert isinstance(page, Page)
    assert (page.charset_used, page.html) == ("big5hkscs", "<p>縵</p>")


def test_declared_label_is_kept_as_printed():
    page = decode(capture(html(SIMPLIFIED, "GB2312").encode()))
    assert isinstance(page, Page)
    assert (page.charset_declared, page.charset_used, page.flags) == ("GB2312", "utf-8", ("wrong-label",))


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_by_its_mark(codec):
    page = decode(capture(("\ufeff" + html(SIMPLIFIED, "utf-8")).encode(codec)))
    assert isinstance(page, Page)
    assert (page.charset_used, page.html) == (codec, html(SIMPLIFIED, "utf-8"))


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_truncated_tail_is_counted(codec):
    page = decode(capture(SIMPLIFIED.encode(codec)[:-1], "text/plain"))
    assert isinstance(page, Page)
    assert page.lost == 1
    assert page.html == SIMPLIFIED[:-1] + "\ufffd"
    assert page.flags == ("truncated-tail",)


def test_mark_of_an_include_does_not_make_utf_8():
    page = decode(capture(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gb18030"), None))
    assert isinstance(page, Page)
    assert (page.charset_used, page.html) == ("gb18030", SIMPLIFIED)


@pytest.mark.parametrize(("main", "include"), [("gb18030", "utf-8"), ("utf-8", "gb18030")])
def test_include_in_another_charset(main, include):
    body = f"<p>{SIMPLIFIED}</p>".encode(main) + "<p>主办单位：新河市人民政府办公室</p>".encode(include)
    page = decode(capture(body + f"<p>{SIMPLIFIED}</p>".encode(main)))
    assert isinstance(page, Page)
    assert page.html == f"<p>{SIMPLIFIED}</p><p>主办单位：新河市人民政府办公室</p><p>{SIMPLIFIED}</p>"
    assert (page.charset_used, page.lost, page.flags) == (main, 0, ("mixed-charsets",))


def test_nul_bytes_stay_for_repair_and_are_flagged():
    page = decode(capture(f"<p>{SIMPLIFIED}\0</p>".encode()))
    assert isinstance(page, Page)
    assert (page.html, page.flags) == (f"<p>{SIMPLIFIED}\0</p>", ("nul-bytes",))


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "empty"),
        (b" \r\n\0", "text/html", "empty"),
        (b"%PDF-1.4 \xe2\xe3", "text/html", "not-html"),
        (b"{}", "application/json", "not-html"),
        (b"a" * 101, "text/html", "too-large"),
        (b"\xff\x80" * 40, "text/html", "undecodable"),
    ],
)
def test_what_is_no_page_is_turned_away(body, content_type, reason):
    reject = decode(capture(body, content_type), max_html=100)
    assert isinstance(reject, Reject)
    assert (reject.stage, reject.reason) == ("decode", reason)
    assert reject.detail


def test_source_default_breaks_a_tie():
    page = decode(capture("<p>縵</p>".encode("big5")), charset_default="big5")
    assert isinstance(page, Page)
    assert page.charset_used == "big5hkscs"

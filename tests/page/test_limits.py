"""Pages made to exhaust a parser are rejects in bounded time; odd ones are read."""

import pytest

from etl.page import extract, join, tree
from etl.records import Draft, Reject

SENTENCE = "会议强调，要把各项任务抓细抓实，确保年内见效。"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<p><b>" * 50_000,
        "<div><span>" * 3_000 + "会议召开。" + "</span>" * 100,
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">会议召开。</p>",
        "<br>" * 200_001,
    ],
    ids=["deep", "formatting", "unclosed", "attributes", "tags"],
)
def test_a_page_over_the_limits_is_a_reject(page_of, html):
    reject = extract(page_of(html))
    assert isinstance(reject, Reject)
    assert (reject.stage, reject.reason) == ("page", "too-large")


def test_a_long_attribute_is_no_fault(page_of):
    html = f'<p><img src="data:image/png;base64,{"A b" * 20_000}"></p><p>' + SENTENCE + "</p>"
    draft = extract(page_of(html))
    assert isinstance(draft, Draft)
    assert draft.text == SENTENCE


@pytest.mark.parametrize("line", ["<span>{}</span>", "<div>{}</div>", "<section><p>{}</p></section>"])
def test_a_page_of_many_equal_parts_is_read(page_of, line):
    draft = extract(page_of(f"<title>题</title><div>{line.format(SENTENCE) * 3_000}</div>"))
    assert isinstance(draft, Draft)
    assert draft.text.count(SENTENCE) == 3_000


def test_sound_pages_are_within_the_limits():
    row = b"<tr><td>1</td><td><p>2<br></p></td></tr>"
    assert tree.oversize(b"<table>" + row * 5_000 + b"</table>") is None
    assert tree.oversize(b"<p>text\n" * 900) is None


def test_pages_of_one_article_are_joined():
    first = Draft("一。", title="题", reporters=("罗青川",), next_url="b", layout="trs")
    second = Draft(
        "二。", title="题（2）", reporters=("罗青川", "何牧"), editors=("何雨",), media_source="新河日报"
    )
    joined = join([first, second])
    assert joined == Draft(
        "一。\n二。",
        title="题",
        reporters=("罗青川", "何牧"),
        editors=("何雨",),
        media_source="新河日报",
        layout="trs",
    )
    with pytest.raises(ValueError, match="at least one page"):
        join([])


@pytest.mark.parametrize(
    ("status", "html", "reason"),
    [
        (404, "<p>没有。</p>", "not-found"),
        (500, "<p>没有。</p>", "http-status"),
        (403, "<h1>403 Forbidden</h1>", "forbidden"),
        (403, "<p>请先登录后查看全文</p>", "login-wall"),
        (503, "<title>Just a moment...</title><p>Checking your browser</p>", "challenge"),
        (412, "<script>$_ts={}</script>", "challenge"),
        (403, "<script>var a='__jsl_clearance'</script>", "challenge"),
        (401, "<form>用户名<input><input type=password></form>", "login-wall"),
        (401, "<p>没有。</p>", "forbidden"),
    ],
)
def test_status_tells_what_the_page_is(page_of, status, html, reason):
    reject = extract(page_of(html, status=status))
    assert isinstance(reject, Reject)
    assert reject.reason == reason


def test_extraction_is_the_same_every_time(page_of):
    html = "<h1>会议召开</h1><p>2026-05-20 来源：新河日报</p><p>" + SENTENCE + "</p>"
    assert extract(page_of(html)) == extract(page_of(html))


@pytest.mark.parametrize(
    "script",
    [
        'var a={"content":"' + "\\" * 30_001 + '"',
        '{"content":"' * 20_000,
        '{"content":"\\ud800' + "会议强调。" * 20 + '"}',
        '{"content":"' + "\\u003cdiv>" * 30_000 + '会议强调。"}',
        "</script>" + "<textarea>" * 20_000 + "<script>",
    ],
    ids=["backslashes", "openings", "surrogate", "deep", "areas"],
)
def test_data_in_a_script_that_is_no_article_is_a_reject_or_read(page_of, script):
    assert isinstance(extract(page_of(f"<title>题</title><script>{script}</script>")), Draft | Reject)

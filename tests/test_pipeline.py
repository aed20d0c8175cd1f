from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import meeting, page, repair
from etl.dataset import checks
from etl.pipeline import Processed, process, simhash
from etl.records import Capture, Reject, make_id
from etl.settings import Settings
from etl.sources import Source
from etl.sources.model import Files

SOURCE = Source(id="river", name="河川日报", level="市", discovery=(Files(),))
PAGE = """<html><head><meta charset="utf-8"><title>全市春耕工作会议召开</title></head><body>
<h1>全市春耕工作会议召开</h1><p>发布时间：2026-03-05 09:30　来源：禾川日报</p><div class="TRS_Editor">
<p>3月4日，全市春耕工作会议召开。市委副书记、市长田禾出席会议并讲话，副市长柳青主持会议。</p>
<p>会议强调，一要抓好备耕物资供应，确保种子化肥到村到户。二要抓好农田水利建設(shè)，确保渠道畅通。</p>
<p>（记者 苏可）</p></div></body></html>"""


def capture(html: str | bytes = PAGE, status: int = 200, kind: str = "text/html; charset=utf-8") -> Capture:
    body = html if isinstance(html, bytes) else html.encode()
    url = "https://news.example/2026/0305/1.html"
    return Capture(
        capture_id=make_id("river", url, body),
        source_id="river",
        day=date(2026, 3, 5),
        url=url,
        final_url=url,
        http_status=status,
        headers=(("Content-Type", kind),),
        fetched_at=datetime(2026, 3, 6, tzinfo=UTC),
        body=body,
        body_sha256="0" * 64,
        content_type=kind,
    )


def test_a_page_becomes_an_article_with_its_reports():
    found = process(capture(), SOURCE, Settings())
    assert isinstance(found, Processed)
    article = found.article
    assert (article.title, article.media_source) == ("全市春耕工作会议召开", "禾川日报")
    assert article.published_at.isoformat() == "2026-03-05T09:30:00+08:00"
    assert (article.published_precision, article.published_basis) == ("minute", "byline")
    assert article.reporters == ("苏可",)
    assert (article.day, article.charset_used) == (date(2026, 3, 5), "utf-8")
    assert article.article_id == make_id("river", article.url)
    assert [step.before for step in article.repair_steps]
    assert repair.apply(article.repair_steps, article.text_original) == article.text
    (report,) = found.reports
    assert checks.report_faults(article, report) == []
    assert "田禾" in {person.name for person in report.participants}


def test_names_of_the_byline_come_first():
    with_byline = PAGE.replace("来源：禾川日报", "来源：禾川日报　记者：闻青")
    found = process(capture(with_byline), SOURCE, Settings())
    assert found.article.reporters[0] == "闻青"


@pytest.mark.parametrize(
    ("day", "flagged"), [(date(2026, 3, 5), False), (date(2026, 3, 6), True), (None, False)]
)
def test_a_page_that_states_another_day_is_flagged(day, flagged):
    found = process(replace(capture(), day=day), SOURCE, Settings())
    assert ("other-day" in found.article.flags) is flagged


def test_plain_text_is_an_article():
    text = "河川市召开会议\n3月4日，市长田禾主持召开会议。"
    found = process(capture(text, kind="text/plain"), SOURCE, Settings())
    assert found.article.layout == "plain-text"


@pytest.mark.parametrize(
    ("given", "stage", "reason"),
    [
        (capture(status=404), "page", "not-found"),
        (capture(b""), "decode", "empty"),
        (capture(b"%PDF-1.7 something"), "decode", "not-html"),
        (capture("<html><body></body></html>"), "page", "no-body"),
    ],
)
def test_a_page_that_stops_says_where_and_why(given, stage, reason):
    found = process(given, SOURCE, Settings())
    assert isinstance(found, Reject)
    assert (found.stage, found.reason) == (stage, reason)
    assert (found.source_id, found.day, found.url) == (given.source_id, given.day, given.url)
    assert found.capture_id == given.capture_id
    assert found.detail


@pytest.mark.parametrize(("hop", "module", "name"), [("page", page, "extract"), ("repair", repair, "repair")])
def test_an_exception_in_a_hop_is_a_reject(monkeypatch, hop, module, name):
    def broken(*_args, **_options):
        raise ValueError("three is not two")

    monkeypatch.setattr(module, name, broken)
    found = process(capture(), SOURCE, Settings())
    assert isinstance(found, Reject)
    assert (found.stage, found.reason, found.detail) == (hop, "error", "ValueError: three is not two")


def test_an_exception_in_the_meeting_hop_leaves_the_article(monkeypatch):
    def broken(_article):
        raise KeyError("x")

    monkeypatch.setattr(meeting, "extract", broken)
    found = process(capture(), SOURCE, Settings())
    assert isinstance(found, Processed)
    assert found.reports == ()
    assert [(reject.stage, reject.reason) for reject in found.rejects] == [("meeting", "error")]


def test_processing_is_a_function_of_its_input():
    assert process(capture(), SOURCE, Settings()) == process(capture(), SOURCE, Settings())


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=40)
def test_no_bytes_stop_the_run(body):
    assert isinstance(process(capture(body), SOURCE, Settings()), Processed | Reject)


@given(st.text(max_size=200), st.text(max_size=10))
@settings(deadline=None, max_examples=60)
def test_simhash_fits_in_64_bits_and_follows_the_text(text, other):
    assert 0 <= simhash(text) < 2**64
    assert simhash(text) == simhash(str(text))
    if len(text) < 3:
        assert simhash(text) == 0


def test_simhash_is_close_for_close_texts_and_far_for_others():
    text = (
        "河川市召开春季防汛工作会议，市长田禾要求各县区逐段排查堤防隐患，备足沙袋和抽排设备，落实值班制度。"
        * 3
    )
    near = simhash(text) ^ simhash(text.replace("沙袋", "编织袋", 1))
    far = simhash(text) ^ simhash(text[::-1])
    assert near.bit_count() <= 4
    assert far.bit_count() >= 16

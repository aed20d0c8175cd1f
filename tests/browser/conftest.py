"""A store with sound, damaged and hostile articles on several days, written through the dataset room."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from etl import dataset
from etl.browser.app import create_app
from etl.dataset import rows
from etl.records import (
    Article,
    CharsetVote,
    Directive,
    MeetingReport,
    Participant,
    Quote,
    Reject,
    Span,
    StageReport,
    Step,
    Title,
)
from etl.settings import Settings

DAY = date(2026, 3, 2)
TEXT = "3月2日，全市春耕工作会议召开。市长田禾主持会议。一要抓好备耕。他说，不误农时。"
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}‮\"'/../><img src=x onerror=alert(2)>"
STEPS = (Step("P3", 1, 4, 5, ",", "，", 1.0), Step("E1", 2, 0, 1, "3", "3", 0.8, ("3", "8")))


def span(text, part):
    start = text.index(part)
    return Span(start, start + len(part))


def article(number, text, title, day=DAY, source="paper"):
    return Article(
        article_id=f"{number:016x}", capture_id=f"{number:016x}", source_id=source, day=day,
        url=f"http://paper.example/{number}" if number % 2 else "javascript:alert(3)",
        title=title, text=text, text_original=text, charset_votes=(CharsetVote("meta", "gb18030", 1.0),),
    )  # fmt: skip


def report(number, text, name, chair="田禾", day=DAY):
    person = Participant(
        seq=0, name=chair, name_span=span(text, chair),
        titles=(Title("市长", span(text, "市长"), None, "市长"),), titles_span=span(text, "市长"),
        role="chair", role_raw="主持", role_span=span(text, "主持"), confidence=0.9,
    )  # fmt: skip
    directive = Directive(0, "抓好备耕", span(text, "抓好备耕"), marker="一要", ordinal=1, speaker_seq=0)
    quote = Quote(0, "他说", span(text, "他说"), "indirect", "不误农时", span(text, "不误农时"), 0)
    return MeetingReport(
        report_id=f"{number:016x}", article_id=f"{number:016x}", event_type="meeting", level="市",
        name=name, name_span=span(text, name), date_text="3月2日", date_span=span(text, "3月2日"),
        start_date=day, date_basis="published", participants=(person,), directives=(directive,),
        quotes=(quote,), confidence=0.9,
    )  # fmt: skip


def write(root, source, day, articles, reports, rejects=()):
    """Write a parsed day: its articles, reports, rejects and the run."""
    tables = {"articles": [rows.article_row(one) for one in articles], "meeting_reports": []}
    for one in reports:
        for table, found in rows.report_rows(one).items():
            tables.setdefault(table, []).extend(found)
    for table, found in tables.items():
        dataset.write_partition(root, table, source, day, found)
    key = rows.key_of_day(day)
    dataset.write_partition(
        root, "rejects", source, day, [rows.reject_row(one, key) for one in rejects], name="parse"
    )
    run = StageReport(
        "parse", source, day, len(articles), {name: len(found) for name, found in tables.items()}
    )
    rates = {"meeting_reports.name": 1.0, "articles.title": 0.5}
    row = rows.run_row(run, key, datetime(2026, 3, 3, tzinfo=UTC), rates)
    dataset.write_partition(root, "runs", source, day, [row], name="parse")


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    """Two reports on one day, one of them hostile; two days later a repaired one; one without a day."""
    root = str(tmp_path_factory.mktemp("store"))
    hostile = HOSTILE + TEXT
    original = TEXT.replace("，", ",", 1)
    repaired = replace(
        article(3, TEXT, "=HYPERLINK(1)", DAY + timedelta(2)), text_original=original, repair_steps=STEPS
    )
    reject = Reject("page", "no-body", HOSTILE, "paper", DAY, "http://paper.example/2")
    write(
        root,
        "paper",
        DAY,
        [article(1, TEXT, "全市春耕工作会议召开"), article(2, hostile, HOSTILE)],
        [report(1, TEXT, "全市春耕工作会议"), report(2, hostile, HOSTILE, chair=HOSTILE)],
        [reject],
    )
    later = replace(report(3, TEXT, "全市春耕工作会议"), name=None, name_span=None, event_type="talks")
    write(root, "paper", DAY + timedelta(2), [repaired], [later])
    write(
        root, "portal", None, [article(5, TEXT, "无日期", None, "portal")], [report(5, TEXT, "春耕工作会议")]
    )
    return root


@pytest.fixture(scope="session")
def settings(root, tmp_path_factory):
    return Settings(data=root, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def app(settings):
    app = create_app(settings)
    app.state.index.refresh()
    return app


@pytest.fixture
def client(app):
    return TestClient(app, headers={"Accept-Language": "en"})

"""A store with one sound and one hostile article, written through the dataset room."""

from datetime import date

import pytest
from fastapi.testclient import TestClient

from etl import dataset
from etl.browser import create_app
from etl.dataset import rows
from etl.records import (
    Article,
    Directive,
    MeetingReport,
    Participant,
    Reject,
    Span,
    Title,
)

DAY = date(2026, 3, 2)
TEXT = "3月2日，全市春耕工作会议召开。市长田禾主持会议。一要抓好备耕。"
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}‮\"'><img src=x onerror=alert(2)>"


def span(text, part):
    start = text.index(part)
    return Span(start, start + len(part))


def article(number, text, title):
    return Article(
        article_id=f"{number:016x}", capture_id=f"{number:016x}", source_id="paper", day=DAY,
        url="http://paper.example/1" if number == 1 else "javascript:alert(3)",
        title=title, text=text, text_original=text,
    )  # fmt: skip


def report(number, text, name):
    chair = Participant(
        seq=0, name="田禾", name_span=span(text, "田禾"),
        titles=(Title("市长", span(text, "市长"), None, "市长"),), titles_span=span(text, "市长"),
        role="chair", role_raw="主持", role_span=span(text, "主持"), confidence=0.9,
    )  # fmt: skip
    directive = Directive(0, "抓好备耕", span(text, "抓好备耕"), marker="一要", ordinal=1)
    return MeetingReport(
        report_id=f"{number:016x}", article_id=f"{number:016x}", event_type="meeting",
        name=name, name_span=span(text, name), date_text="3月2日", date_span=span(text, "3月2日"),
        start_date=DAY, date_basis="published", participants=(chair,), directives=(directive,),
        confidence=0.9,
    )  # fmt: skip


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    root = str(tmp_path_factory.mktemp("store"))
    hostile = HOSTILE + TEXT
    articles = [article(1, TEXT, "全市春耕工作会议召开"), article(2, hostile, HOSTILE)]
    reports = [report(1, TEXT, "全市春耕工作会议"), report(2, hostile, HOSTILE)]
    tables = {"articles": [rows.article_row(one) for one in articles]}
    for one in reports:
        for table, found in rows.report_rows(one).items():
            tables.setdefault(table, []).extend(found)
    reject = Reject("page", "no-body", HOSTILE, "paper", DAY, "http://paper.example/2")
    for table, found in tables.items():
        dataset.write_partition(root, table, "paper", DAY, found)
    dataset.write_partition(
        root, "rejects", "paper", DAY, [rows.reject_row(reject, "2026-03-02")], name="parse"
    )
    return root


@pytest.fixture
def client(root):
    return TestClient(create_app(root))

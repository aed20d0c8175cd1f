from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from etl.dataset import rows
from etl.records import Article, Capture, MeetingReport, Participant, Span, Step, Title

DAY = date(2026, 3, 2)
TEXT = "3月1日，河川市委书记林远舟主持召开座谈会。"


def make_article(number: int = 0, text: str = TEXT) -> Article:
    return Article(
        article_id=f"{number:016x}",
        capture_id=f"{number + 1:016x}",
        source_id="river",
        day=DAY,
        url=f"https://news.example/{number}.html",
        title="座谈会召开",
        text=text,
        text_original=text + "。",
        published_at=datetime(2026, 3, 2, 8, 30, tzinfo=timezone(timedelta(hours=8))),
        published_precision="minute",
        published_basis="meta",
        reporters=("苏可", "闻青"),
        simhash=2**63 + 5,
        repair_steps=(Step("punctuation", 0, 21, 22, "。。", "。", 0.9, ("。",)),),
    )


def make_report(article: Article) -> MeetingReport:
    title = Title("河川市委书记", Span(5, 11), org="河川市委", post="书记")
    person = Participant(
        seq=0,
        name="林远舟",
        name_span=Span(11, 14),
        titles=(title,),
        titles_span=Span(5, 11),
        role="chair",
        role_raw="主持",
        role_span=Span(14, 16),
        confidence=0.9,
    )
    return MeetingReport(
        report_id="f" * 16,
        article_id=article.article_id,
        event_type="meeting",
        name="座谈会",
        name_span=Span(18, 21),
        date_text="3月1日",
        date_span=Span(0, 4),
        start_date=date(2026, 3, 1),
        date_basis="published",
        participants=(person,),
    )


def make_capture(number: int = 0) -> Capture:
    return Capture(
        capture_id=f"{number:016x}",
        source_id="river",
        day=DAY,
        url=f"https://news.example/{number}.html",
        final_url=f"https://news.example/{number}.html",
        http_status=200,
        headers=(("Content-Type", "text/html"),),
        fetched_at=datetime(2026, 3, 3, tzinfo=UTC),
        body=b"<html></html>",
        body_sha256="0" * 64,
    )


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def report(article) -> MeetingReport:
    return make_report(article)


@pytest.fixture
def articles() -> list[dict]:
    return [rows.article_row(make_article(number)) for number in range(3)]

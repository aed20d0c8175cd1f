import gc
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.meeting import extract
from etl.records import Article, MeetingReport


def article(text: str, published: str | None = None, title: str | None = None) -> Article:
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return Article("a", "c", "s", None, "u", title, text, text, published_at=moment)


def people(report: MeetingReport) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for p in report.participants:
        _titles, roles = found.get(p.name, ((), ()))
        found[p.name] = (tuple(t.text for t in p.titles), (*roles, p.role))
    return found


MEETING = (
    "6月8日，全市防汛抗旱工作推进会召开。市委书记周海涛出席会议并讲话。市委副书记、市长田文博主持会议，"
    "副市长何丽娜通报全市防汛准备情况，清河职业学院党委书记苏哲、市政府秘书长欧阳清参加。\n"
    "会议指出，要坚持人民至上。\n"
    "会上，市水利局、应急管理局和东川区、南岭县政府负责同志依次作交流发言。"
)


def test_a_report_names_the_meeting_its_day_its_people_and_their_roles() -> None:
    (report,) = extract(article(MEETING, "2023-06-09"))
    assert (report.event_type, report.name) == ("meeting", "全市防汛抗旱工作推进会")
    assert (report.start_date, report.date_text, report.date_basis) == (
        date(2023, 6, 8),
        "6月8日",
        "published",
    )
    assert people(report) == {
        "周海涛": (("市委书记",), ("speaker", "attendee")),
        "田文博": (("市委副书记", "市长"), ("chair",)),
        "何丽娜": (("副市长",), ("presenter",)),
        "苏哲": (("清河职业学院党委书记",), ("attendee",)),
        "欧阳清": (("市政府秘书长",), ("attendee",)),
    }
    assert [(g.name, g.role) for g in report.groups] == [
        ("市水利局", "speaker"),
        ("应急管理局", "speaker"),
        ("东川区", "speaker"),
        ("南岭县政府", "speaker"),
    ]


def test_without_a_publish_date_the_day_stays_printed() -> None:
    (report,) = extract(article(MEETING))
    assert (report.start_date, report.date_text, report.date_basis) == (None, "6月8日", None)


def spans(report: MeetingReport, text: str) -> None:
    """Assert that every span reproduces its value, blanks inside names left out."""

    def same(value: str | None, span: object) -> None:
        if value is not None and span is not None:
            printed = span.of(text)  # type: ignore[attr-defined]
            assert printed.replace(" ", "").replace("\u3000", "") == value.replace(" ", "").replace(
                "\u3000", ""
            )

    same(report.date_text, report.date_span)
    same(report.name, report.name_span)
    same(report.location_name, report.location_span)
    for p in report.participants:
        same(p.name, p.name_span)
        same(p.role_raw, p.role_span)
        for t in p.titles:
            same(t.text, t.span)
    for g in report.groups:
        same(g.name, g.name_span)
        same(g.role_raw, g.role_span)
    for d in report.directives:
        same(d.text, d.span)
        same(d.cue, d.cue_span)
    for q in report.quotes:
        same(q.cue, q.cue_span)
        same(q.text, q.span)
    for item in report.agenda_items:
        same(item.text, item.span)


PIECES = st.sampled_from(
    [
        "市委书记",
        "市长",
        "主持",
        "出席会议",
        "并讲话",
        "召开",
        "会议",
        "座谈会",
        "王小明",
        "欧阳文",
        "李\u3000军",
        "·",
        "，",
        "。",
        "、",
        "和",
        "“",
        "”",
        "《",
        "》",
        "（",
        "）",
        "在",
        "由",
        "听取",
        "汇报",
        "5日",
        "6月3日",
        "上午",
        "指出",
        "他",
        "一要",
        "二是",
        "第一",
        "；",
        "：",
        "陪同",
        "调研",
        "会见",
        "同",
        "等",
        "市教育局",
        "负责同志",
        "市领导",
        "院长",
        "\n",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
def test_every_span_reproduces_its_value(text: str) -> None:
    for published in ("2024-02-29", None):
        for report in extract(article(text, published, text[:20])):
            spans(report, text)


def test_text_that_is_no_news_gives_nothing_and_never_fails() -> None:
    for text in ("", "\n", "Hello, world.", "王小明、李小红、赵大海", "会" * 1000, "？！" * 500):
        assert extract(article(text)) == []


def test_another_event_of_the_day_is_a_report_of_its_own() -> None:
    text = (
        "6月8日上午，全市防汛推进会召开。市长田文博主持会议，市委书记周海涛讲话。\n"
        "当天下午，市委书记周海涛还会见了云谷集团董事长苏哲一行。苏哲表示，愿意加强合作。\n"
        "当天，会议还通报了汛情。"
    )
    first, second = extract(article(text, "2023-06-09"))
    assert (first.event_type, first.name) == ("meeting", "全市防汛推进会")
    assert (second.event_type, second.name) == ("talks", None)
    assert (second.start_date, second.date_text, second.part_of_day) == (date(2023, 6, 8), "当天", "下午")
    assert set(people(second)) == {"周海涛", "苏哲"}
    assert first.report_id != second.report_id
    spans(second, text)


def test_the_collector_is_left_as_it_was() -> None:
    for state in (True, False):
        (gc.enable if state else gc.disable)()
        extract(article(MEETING))
        found = gc.isenabled()
        gc.enable()
        assert found is state

from datetime import UTC, datetime

import pytest

from etl.meeting import extract
from etl.records import Article


def read(text: str, title: str | None = None) -> tuple[str, str | None, str | None] | None:
    """Return type, name and place of the first report, or None."""
    day = datetime(2023, 6, 9, tzinfo=UTC)
    reports = extract(Article("a", "c", "s", None, "u", title, text, text, published_at=day))
    return (reports[0].event_type, reports[0].name, reports[0].location_name) if reports else None


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            None,
            "6月8日下午，区教育局在三楼会议室召开“双减”工作座谈会。局长温良主持会议。",
            ("meeting", "“双减”工作座谈会", "三楼会议室"),
        ),
        (
            None,
            "河东县经济工作会议，于6月5日至6日在县文化中心召开。县委书记郑重出席并讲话。",
            ("meeting", "河东县经济工作会议", "县文化中心"),
        ),
        (
            "副县长甘雨到东坝镇调研",
            "6月8日，副县长甘雨到东坝镇调研春耕生产工作。甘雨指出，要抓好田间管理。",
            ("inspection", None, "东坝镇"),
        ),
        (
            "市长何建平会见客商",
            "6月8日，市长何建平在清河宾馆会见远景公司董事长石磊。何建平表示，欢迎企业投资。",
            ("talks", None, "清河宾馆"),
        ),
        (
            None,
            "6月8日，清河大桥通车仪式在东岸广场举行。副市长何丽致辞。",
            ("ceremony", "清河大桥通车仪式", "东岸广场"),
        ),
        (
            "全市防汛工作会议召开",
            "市委书记周海在会上讲话。市长何建平主持会议。",
            ("meeting", "全市防汛工作会议", None),
        ),
        (
            None,
            "6月8日，市委召开会议，研究防汛工作。市委书记周海主持会议。",
            ("meeting", None, None),
        ),
    ],
)
def test_type_name_and_place_of_what_is_reported(
    title: str | None, text: str, expected: tuple[str, str | None, str | None]
) -> None:
    assert read(text, title) == expected


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("新河茶叶节将于7月开幕", "新河茶叶节将于7月1日在市民广场开幕，市长何建平将出席开幕式并致辞。"),
        ("日报社论：为大会喝彩", "今天出版的日报发表社论，热烈祝贺市人大会议召开。社论指出，要团结奋斗。"),
        ("何建平致信祝贺论坛开幕", "6月8日，市长何建平致信祝贺清河论坛开幕。他指出，要加强交流。"),
        ("上半年工业增长5%", "市统计局今天公布数据，上半年全市规模以上工业增加值增长5%。"),
        ("全会精神引发热烈反响", "连日来，各地干部群众认真学习全会精神。大家表示，要抓好落实。"),
        ("在项目开工仪式上的讲话", "尊敬的各位来宾：\n今天，我们在这里隆重举行开工仪式。我宣布，项目开工！"),
        ("某国总统会见外长", "某国媒体报道，法国总统马朗8日会见德国外长施特恩，讨论能源问题。"),
    ],
)
def test_what_reports_no_event_gives_nothing(title: str, text: str) -> None:
    assert read(text, title) is None


def test_datelined_items_of_one_file_are_reports_of_their_own() -> None:
    text = (
        "本报讯（记者李阳）6月7日，县水利局召开防汛工作会议。局长温良主持会议。\n"
        "本报讯（记者李阳）6月8日，县教育局召开招生工作会议。局长方正平主持会议。"
    )
    reports = extract(Article("a", "c", "s", None, "u", None, text, text))
    assert [report.name for report in reports] == ["防汛工作会议", "招生工作会议"]
    for report in reports:
        assert report.name_span
        assert report.name_span.of(text) == report.name
        assert [p.name_span.of(text) for p in report.participants] == [p.name for p in report.participants]
    assert len({report.report_id for report in reports}) == 2

import pytest

from etl.meeting import extract, kind, level
from etl.records import Article, MeetingReport


def read(text: str, region: str | None = None) -> list[MeetingReport]:
    return extract(Article("a", "c", "s", None, "u", None, text, text), region=region)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("十三届市政协第二十六次主席会议", 26),
        ("市六届人大常委会第十二次会议", 12),
        ("县八届人大三次会议", 3),
        ("第2次集中学习", 2),
        ("全市教育工作会议", None),
    ],
)
def test_the_session_is_the_number_in_the_name(name: str, expected: int | None) -> None:
    assert kind.session(name) == expected


@pytest.mark.parametrize(
    ("printed", "value"),
    [("十", 10), ("二十", 20), ("一百零三", 103), ("四十五", 45), ("7", 7), ("多", None)],
)
def test_numerals(printed: str, value: int | None) -> None:
    assert kind.number(printed) == value


def test_kind_and_attendance_follow_the_name() -> None:
    assert kind.kind("市委常委会（扩大）会议", "扩大会议", None) == "常委会（扩大）会议"
    assert kind.kind(None, None, "会见") == "会见"
    assert kind.attendance("全省防汛电视电话会议", "") == "电视电话"
    assert kind.attendance(None, "两人以视频方式会谈") == "视频"
    assert kind.attendance("座谈会", "在三楼召开座谈会") is None
    assert kind.attendance("秋种工作现场会", "") == "现场"
    assert kind.attendance(None, "市里召开现场推进会，市长出席") == "现场"
    assert (
        kind.attendance("动员会", "会议在三楼召开", "会议以视频会议方式召开，副县长在分会场参会。") == "视频"
    )
    assert kind.attendance("动员会", "", "会议强调，要用好视频会议。") is None


def test_the_holder_decides_level_and_division() -> None:
    text = "3月6日，清河镇党委召开专题会议。"
    holder = level.organizer(text, 0, len(text))
    assert holder == "清河镇党委"
    assert level.level(holder, None, ()) == "乡镇"
    assert level.level("国务院", None, ()) == "国家"
    assert level.level(None, "全市安全生产工作会议", ()) == "市"
    assert level.level("某某大学", None, ()) == "非行政"


@pytest.mark.parametrize(
    ("rank", "region", "printed", "code"),
    [
        ("省", None, "云南省农业农村厅", "530000"),
        ("县", None, "鼓楼区政府", None),
        ("县", "320100", "鼓楼区政府", "320106"),
        ("县", "140100", "代县长", None),
        ("市", None, "荷津市市长", None),
        ("市", None, "湖北武汉市政府", "420100"),
        ("市", "140900", "市委书记", "140900"),
        ("市", "140921", "市委书记", "140900"),
        ("市", "110000", "市委书记", "110000"),
        ("省", "140900", "省委书记", "140000"),
        ("县", "140921", "县委书记", "140921"),
        ("县", "140900", "县委书记", None),
        ("国家", "140900", "北京市人民大会堂", None),
        ("非行政", "140900", "集团董事长", None),
    ],
)
def test_the_division_is_printed_or_that_of_the_source(
    rank: str, region: str | None, printed: str, code: str | None
) -> None:
    assert level.division(rank, region, printed) == code


def test_the_last_office_and_the_name_decide_the_level() -> None:
    (report,) = read("5月16日，市委常委、南渡区委书记罗婉主持召开招商工作调度会。")
    assert report.level == "县"
    (report,) = read("5月16日，副市长、县委书记罗婉主持召开全县春耕工作会议。", region="140921")
    assert (report.level, report.division_code) == ("县", "140921")
    (report,) = read("5月16日，中共中央政治局委员、上海市委书记罗婉出席茶业论坛并致辞。")
    assert (report.level, report.division_code) == ("省", "310000")

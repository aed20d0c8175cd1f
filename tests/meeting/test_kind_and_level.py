import pytest

from etl.meeting import kind, level


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


def test_the_holder_decides_level_and_division() -> None:
    text = "3月6日，清河镇党委召开专题会议。"
    holder = level.organizer(text, 0, len(text))
    assert holder == "清河镇党委"
    assert level.level(holder, None, ()) == "乡镇"
    assert level.level("国务院", None, ()) == "国家"
    assert level.level(None, "全市安全生产工作会议", ()) == "市"
    assert level.level("某某大学", None, ()) == "非行政"
    assert level.division("云南省农业农村厅") == "530000"
    assert level.division("城关区政府", None) is None or level.division("城关区政府").endswith("02")

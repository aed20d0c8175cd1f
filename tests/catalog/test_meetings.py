"""Which reports are told to be of one meeting, and which are not."""

from datetime import date

import pytest

from etl.catalog.meetings import meeting_row, same_meetings
from etl.catalog.sightings import Sighting

DAY = date(2026, 3, 2)
NUMBERS = iter(range(1, 10_000))


def sighting(source="river-daily", scope="999900", text=None, place=0, people=(), chairs=(), **values):
    number = next(NUMBERS)
    row = {
        "report_id": f"{number:016x}",
        "article_id": f"a{number}",
        "source_id": source,
        "day": DAY,
        "event_type": "meeting",
        "name": "全市春耕备耕工作会议",
        "kind": "工作会议",
        "start_date": DAY,
        "date_text": "3月2日",
        **dict.fromkeys(
            ("session_no", "end_date", "part_of_day", "location_name", "organizer", "level", "division_code")
        ),
        **values,
    }
    text_id = text or row["article_id"]
    return Sighting(row, scope, "省市州盟", text_id, place, frozenset(people), frozenset(chairs))


def rules(*sightings):
    return [[rule for _, rule, _ in meeting.reports] for meeting in same_meetings(sightings)]


def test_two_papers_on_one_meeting():
    one = sighting(people=("田禾", "方竹"))
    other = sighting("river-gov", people=("方竹",), name="全市“春耕备耕”工作会议")
    assert rules(one, other) == [["first", "name"]]
    (meeting,) = same_meetings([one, other])
    row = meeting_row(meeting)
    assert row["lead_report_id"] == one.row["report_id"]
    assert row["sources"] == 2
    assert row["reports"][1]["evidence"] == "2026-03-02 全市“春耕备耕”工作会议: 方竹"


@pytest.mark.parametrize(
    "values",
    [
        {"people": ()},
        {"people": ("柳青",)},
        {"people": ("田禾",), "scope": "999800"},
        {"people": ("田禾",), "start_date": date(2026, 3, 3)},
        {"people": ("田禾",), "start_date": None},
        {"people": ("田禾",), "event_type": "talks"},
        {"people": ("田禾",), "name": "全市春耕备耕现场工作会议"},
        {"people": ("田禾",), "organizer": "市水务局"},
        {"people": ("田禾",), "part_of_day": "下午"},
        {"people": ("田禾",), "chairs": ("柳青",)},
    ],
)
def test_what_is_not_shown_to_be_one_meeting_stays_two(values):
    first = sighting(people=("田禾",), chairs=("田禾",), organizer="市农业农村局", part_of_day="上午")
    assert rules(first, sighting("river-gov", **values)) == [["first"], ["first"]]


@pytest.mark.parametrize("shared", [{"location_name": "市民中心"}, {"organizer": "市农业农村局"}])
def test_place_or_organizer_show_it_as_well(shared):
    assert rules(sighting(**shared), sighting("river-gov", **shared)) == [["first", "name"]]


def test_the_kind_alone_names_no_meeting():
    values = {"name": "座谈会", "kind": "座谈会", "people": ("田禾",)}
    assert rules(sighting(**values), sighting("river-gov", **values)) == [["first"], ["first"]]


def test_a_reprint_is_the_same_meeting_even_without_a_name_or_date():
    values = {"text": "x", "name": None, "start_date": None}
    assert rules(sighting(**values), sighting("river-gov", scope="other", **values)) == [["first", "reprint"]]


def test_two_reports_of_one_article_stay_two_and_meet_their_own_in_the_reprint():
    def article(source):
        one = sighting(source, text="x", name=None, article_id=source)
        return [one, sighting(source, text="x", name=None, article_id=source, place=1)]

    found = same_meetings([*article("river-daily"), *article("river-gov")])
    assert [[s.place for s, _, _ in meeting.reports] for meeting in found] == [[0, 0], [1, 1]]


def test_a_text_that_differs_in_its_date_tells_of_another_meeting():
    later = {"date_text": "3月9日", "start_date": date(2026, 3, 9)}
    assert rules(sighting(text="x"), sighting("river-gov", text="x", **later)) == [["first"], ["first"]]


@pytest.mark.parametrize(("people", "expected"), [(("田禾", "方竹"), 1), (("田禾",), 2)])
def test_the_same_session_under_two_names(people, expected):
    long = "中国共产党河川市第八届委员会第十次全体会议"
    one = sighting(name=long, kind="全体会议", session_no=10, people=people)
    other = sighting("river-gov", name="市委八届十次全会", kind="全体会议", session_no=10, people=people)
    assert len(same_meetings([one, other])) == expected


def test_a_third_report_that_contradicts_one_of_two_is_a_meeting_of_its_own():
    one = sighting(people=("田禾",), day=date(2026, 3, 2))
    two = sighting("river-gov", people=("田禾",), organizer="市政府", day=date(2026, 3, 3))
    three = sighting("river-tv", people=("田禾",), organizer="市水务局", day=date(2026, 3, 4))
    assert rules(one, two, three) == [["first", "name"], ["first"]]


def test_the_order_of_the_reports_does_not_matter():
    found = [
        sighting(
            source, people=("田禾",), day=date(2026, 3, day), report_id=f"{day:016x}", article_id=str(day)
        )
        for day, source in enumerate(("a", "b", "c"), start=2)
    ]
    rows = [meeting_row(meeting) for meeting in same_meetings(found)]
    assert rows == [meeting_row(meeting) for meeting in same_meetings(reversed(found))]
    assert (rows[0]["first_seen"], rows[0]["last_seen"]) == (date(2026, 3, 2), date(2026, 3, 4))

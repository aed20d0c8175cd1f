from datetime import date

import pytest

from etl.meeting import when

PUBLISHED = date(2023, 3, 9)


@pytest.mark.parametrize(
    ("text", "start", "end", "basis", "part"),
    [
        ("2021年4月28日下午，", date(2021, 4, 28), date(2021, 4, 28), "explicit", "下午"),
        ("3月8日晚，", date(2023, 3, 8), date(2023, 3, 8), "published", "晚上"),
        ("12月16日，", date(2022, 12, 16), date(2022, 12, 16), "published", None),
        ("7日上午9时，", date(2023, 3, 7), date(2023, 3, 7), "published", "上午"),
        ("27日，", date(2023, 2, 27), date(2023, 2, 27), "published", None),
        ("3月1日至3日，", date(2023, 3, 1), date(2023, 3, 3), "published", None),
        ("2月28日、29日", date(2023, 2, 28), date(2023, 2, 28), "published", None),
        ("12月30日至1月2日", date(2022, 12, 30), date(2023, 1, 2), "published", None),
        ("今天（3月9日）上午", date(2023, 3, 9), date(2023, 3, 9), "published", "上午"),
        ("昨天下午", date(2023, 3, 8), date(2023, 3, 8), "relative", "下午"),
        ("13-14日", date(2023, 2, 13), date(2023, 2, 14), "published", None),
    ],
)
def test_printed_dates_are_resolved_against_the_publish_date(
    text: str, start: date, end: date, basis: str, part: str | None
) -> None:
    match = when.DATE.search(text)
    assert match
    found = when.read(text, match, PUBLISHED)
    assert (found.start, found.end, found.basis, found.part) == (start, end, basis, part)


def test_a_year_that_nothing_decides_stays_open() -> None:
    match = when.DATE.search("5月20日，会议召开。")
    assert match
    found = when.read("5月20日，会议召开。", match, None)
    assert (found.start, found.end, found.basis) == (None, None, None)


def test_numbers_of_documents_and_floors_are_no_dates() -> None:
    assert when.DATE.search("根据某委发[2019]15号文件要求，在3号楼召开") is None

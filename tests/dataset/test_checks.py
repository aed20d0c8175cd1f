from dataclasses import replace

import pytest

from etl.dataset import checks, rows, writer
from etl.records import Span


def table_of(name, *found):
    return writer.to_table(name, found)


def test_sound_rows_have_no_faults(articles, report):
    assert checks.faults("articles", table_of("articles", *articles)) == []
    for name, found in rows.report_rows(report).items():
        assert checks.faults(name, table_of(name, *found)) == []


def test_repeated_keys_are_counted(report):
    person = rows.report_rows(report)["participants"][0]
    assert checks.faults("participants", table_of("participants", person, person, person)) == [
        "2 rows of participants repeat the key report_id, seq, role"
    ]
    assert checks.faults("participants", table_of("participants", person, person | {"role": "speaker"})) == []


def test_unknown_values_are_named(report):
    own = rows.report_rows(report)["meeting_reports"][0]
    (fault,) = checks.faults("meeting_reports", table_of("meeting_reports", own | {"event_type": "party"}))
    assert fault == "event_type holds 'party', not one of meeting, talks, inspection, ceremony"


@pytest.mark.parametrize("span", [{"start": -1, "end": 2}, {"start": 5, "end": 4}])
def test_impossible_spans_are_counted(report, span):
    own = rows.report_rows(report)["meeting_reports"][0]
    (fault,) = checks.faults("meeting_reports", table_of("meeting_reports", own | {"name_span": span}))
    assert "1 spans in name_span" in fault


def test_missing_required_values_are_counted(articles):
    (fault,) = checks.faults("articles", table_of("articles", articles[0] | {"text": None}))
    assert fault == "1 rows have no text"


def test_another_schema_is_a_fault(articles):
    data = table_of("articles", *articles)
    assert checks.faults("articles", data.drop_columns(["title"])) == [
        "the columns of articles are not those of its schema"
    ]


def test_spans_that_reproduce_their_values_are_sound(article, report):
    assert checks.report_faults(article, report) == []


def test_spans_that_show_something_else_are_named(article, report):
    wrong = replace(report, name_span=Span(0, 3), date_span=Span(0, 900))
    assert checks.report_faults(article, wrong) == [
        "meeting_reports.name '座谈会' is not at 0–3",
        "meeting_reports.date_span 0–900 leaves the text of 22 characters",
    ]
    person = replace(report.participants[0], name_span=Span(1, 4))
    assert checks.report_faults(article, replace(report, participants=(person,))) == [
        "participants.name '林远舟' is not at 1–4"
    ]


def test_offices_are_checked_where_they_stand(article, report):
    title = replace(report.participants[0].titles[0], span=Span(0, 2))
    person = replace(report.participants[0], titles=(title,))
    (fault,) = checks.report_faults(article, replace(report, participants=(person,)))
    assert fault == "participants.titles '河川市委书记' is not at 0–2"


def test_values_outside_their_closed_set_are_named(article, report):
    assert checks.report_faults(article, replace(report, level="星球")) == [
        "meeting_reports.level is '星球', which is not in its closed set"
    ]


def test_parts_that_repeat_a_key_are_named(article, report):
    person = report.participants[0]
    speaker = replace(person, role="speaker")
    assert checks.report_faults(article, replace(report, participants=(person, speaker))) == []
    assert checks.report_faults(article, replace(report, participants=(person, person))) == [
        "participants repeat the key seq, role"
    ]


def test_fill_rates_count_neither_null_nor_empty(articles):
    found = [articles[0], articles[1] | {"title": None, "reporters": []}, articles[2] | {"kicker": ""}]
    rates = checks.fill_rates("articles", table_of("articles", *found))
    assert rates["articles.title"] == rates["articles.reporters"] == 0.6667
    assert rates["articles.kicker"] == 0.0
    assert rates["articles.text"] == 1.0
    assert checks.fill_rates("articles", table_of("articles")) == {}

"""Days that drift from the month before them are told, days that differ by chance are not."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from etl.dataset import write_partition
from etl.settings import Settings
from etl.stages import quality

DAY = date(2026, 3, 31)
RULES = quality.rules()


def runs(articles=40, title=1.0, start_date=0.8, rejects=1, links=42, lost=3):
    rates = [
        {"column": "articles.title", "share": title},
        {"column": "meeting_reports.start_date", "share": start_date},
    ]
    written = [{"table": "articles", "rows": articles}, {"table": "meeting_reports", "rows": articles // 2}]
    refused = [{"reason": "page/no-text", "rows": rejects}] if rejects else []
    shared = {"run_key": "x", "started_at": datetime(2026, 4, 1, tzinfo=UTC), "seconds": 1.0, "digest": "d"}
    versions = {"extractor_version": "0", "schema_version": 1, "lost_chars": lost}
    return {
        "capture": {"stage": "capture", "taken": links, "rows": [], "rejects": [], "fill_rates": []}
        | shared
        | versions,
        "parse": {
            "stage": "parse",
            "taken": articles + rejects,
            "rows": written,
            "rejects": refused,
            "fill_rates": rates if articles else [],
        }
        | shared
        | versions,
    }


def measures(today, before):
    return [drift.measure for drift in quality.compare("river", DAY, today, before, RULES).drifts]


MONTH = [runs(articles=30 + n % 9, start_date=0.75 + n % 5 / 40, lost=n % 4) for n in range(30)]


def test_a_day_like_the_others_does_not_drift():
    assert measures(runs(), MONTH) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": 0.5}, "articles.title"),
        ({"start_date": 0.1}, "meeting_reports.start_date"),
        ({"rejects": 30}, "parse.rejects"),
        ({"lost": 4000}, "lost_chars"),
        ({"links": 0}, "links"),
    ],
)
def test_what_got_worse_is_named(change, expected):
    assert measures(runs(**change), MONTH) == [expected]


@pytest.mark.parametrize("change", [{"start_date": 1.0}, {"lost": 0}, {"rejects": 0}])
def test_what_got_better_is_no_drift(change):
    assert measures(runs(**change), MONTH) == []


def test_a_small_day_needs_a_larger_difference():
    assert measures(runs(articles=2, rejects=0, title=0.5), MONTH) == []
    assert measures(runs(articles=200, title=0.9), MONTH) == ["articles.title"]


def test_a_source_that_has_always_been_incomplete_is_held_to_its_own():
    poor = [runs(title=0.3 + n % 3 / 20) for n in range(30)]
    assert measures(runs(title=0.32), poor) == []
    assert measures(runs(articles=100, title=0.0), poor) == ["articles.title"]


def test_too_little_history_says_nothing_and_says_so():
    verdict = quality.compare("river", DAY, runs(title=0.0), MONTH[:6], RULES)
    assert (verdict.enough, verdict.history, verdict.needed, verdict.drifts) == (False, 6, 7, ())


def test_days_without_articles_are_no_history():
    assert not quality.compare("river", DAY, runs(), [runs(articles=0)] * 30, RULES).enough


def test_a_source_with_quiet_days_may_have_another():
    assert measures(runs(links=0), [*MONTH, runs(links=0)]) == []


@given(st.integers(5, 300), st.floats(0, 1), st.integers(0, 2**32))
@hypothesis_settings(max_examples=60, deadline=None)
def test_chance_alone_is_no_drift(rows, share, seed):
    random = Random(seed)

    def day():
        filled = sum(random.random() < share for _ in range(rows)) / rows
        return runs(articles=rows, title=filled)

    assert measures(day(), [day() for _ in range(30)]) == []


def test_a_drift_is_a_clause_that_names_what_was_expected():
    (drift,) = quality.compare("river", DAY, runs(title=0.5), MONTH, RULES).drifts
    assert str(drift).startswith("articles.title 0.5 instead of 1 (±0.0")


def test_the_table_of_runs_is_enough_and_other_sources_do_not_count(tmp_path):
    settings = Settings(data=str(tmp_path))
    for back in range(40):
        day = DAY - timedelta(days=back)
        found = runs(title=0.4) if back == 0 else runs()
        for stage, row in found.items():
            write_partition(settings.data, "runs", "river", day, [row], name=stage)
    for stage, row in runs(title=0.4).items():
        write_partition(settings.data, "runs", "lake", DAY, [row], name=stage)
    verdict = quality.check_day("river", DAY, settings=settings)
    assert (verdict.history, [drift.measure for drift in verdict.drifts]) == (30, ["articles.title"])
    assert not quality.check_day("lake", DAY, settings=settings).enough

"""The pages show what is in the store, refuse nonsense, and never let a stranger's text act."""

from urllib.parse import quote_plus

import pytest
from fastapi import Depends, HTTPException
from fastapi.testclient import TestClient

from etl.browser.app import create_app
from etl.settings import Settings

from .conftest import HOSTILE

REPORTS = ["/report/0000000000000001", "/report/0000000000000002", "/report/0000000000000003"]
PAGES = ["/", "/meetings", *REPORTS, "/person?name=田禾", "/rejects", "/dag/parse_paper", "/dag/other"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_answer_with_a_strict_policy(client, page):
    answer = client.get(page)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert " style=" not in answer.text
    assert " onclick=" not in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_text_from_the_web_is_escaped_everywhere(client, page):
    html = client.get(page).text
    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize("page", ["/meetings", REPORTS[1], "/rejects"])
def test_template_syntax_of_strangers_is_text(client, page):
    assert "{{ 7 * 7 }}" in client.get(page).text


def test_only_web_addresses_become_links(client):
    assert 'href="http://paper.example/1"' in client.get(REPORTS[0]).text
    assert 'href="javascript' not in client.get(REPORTS[1]).text


def test_overview_shows_days_gaps_runs_and_repairs(client):
    html = client.get("/").text
    assert "paper 2026-03-02: 2 articles, 2 meetings, 1 rejects" in html
    assert "paper 2026-03-03: gap, no record at all" in html
    assert "Misread charset, Restored: 1" in html
    assert "2026-03-03 00:00:00" in html
    assert "Meeting name: 100.0%" in html


def test_overview_of_one_source(client):
    assert "2 articles, 2 meetings" in client.get("/?source=paper").text
    assert "2 articles, 2 meetings" not in client.get("/?source=portal").text


@pytest.mark.parametrize(
    ("query", "hits"),
    [("person=田禾", 3), ("person=无人", 0), ("text=春耕", 2), ("text=备耕", 4), ("kind=talks", 1),
     ("until=2026-03-01", 0), ("since=2026-03-02&source=paper", 3), ("person=' OR 1=1 --", 0),
     ("level=市", 4), ("level=县", 0), ("source=portal", 1), ("since=&until=&source=", 4)],
)  # fmt: skip
def test_filters_narrow(client, query, hits):
    html = client.get(f"/meetings?{query}").text
    assert html.count("/report/") == hits


def test_a_report_marks_the_characters_that_prove_its_fields(client):
    html = client.get(REPORTS[0]).text
    assert 'data-keys="person-0">田禾</mark>' in html
    assert ">3月2日</a>" in html
    assert 'data-number="1"' in html
    assert 'href="#at-directive-0">抓好备耕</a>' in html
    assert "gb18030" in html


def test_a_report_shows_its_repair_side_by_side(client):
    html = client.get(REPORTS[2]).text
    assert "<del>,</del>" in html
    assert "<ins>，</ins><sup>P3</sup>" in html
    assert "steps: 2, lost characters: 0" in html


def test_a_report_tells_the_run_that_made_it(client):
    assert "2026-03-03 00:00:00 UTC" in client.get(REPORTS[0]).text


def test_a_person_has_meetings_roles_and_offices(client):
    html = client.get("/person?name=田禾").text
    assert html.count("/report/") == 3
    assert "2026-03, chair: 2" in html
    assert ">市长</td>" in html


def test_each_reject_opens(client):
    listed = client.get("/rejects?stage=page&reason=no-body").text
    address = listed.split('href="/reject/')[1].split('"')[0]
    html = client.get(f"/reject/{address}").text
    assert "no-body" in html
    assert "http://paper.example/2" in html


def test_the_scores_of_the_installed_version_are_shown(client):
    assert "event detection" in client.get("/rejects").text


def test_the_language_stays_once_chosen(client):
    assert "Meetings" in client.get("/meetings").text
    assert "会议类型" in client.get("/?lang=zh").text
    assert "会议类型" in client.get("/").text


def test_a_tab_on_a_dag_shows_its_source(client):
    for dag in ("capture_paper", "parse_paper"):
        answer = client.get(f"/dag/{dag}", follow_redirects=False)
        assert answer.headers["location"] == "/?source=paper"
    assert "belongs to no source" in client.get("/dag/other").text


@pytest.mark.parametrize(
    "page",
    ["/report/unknown", "/docs", "/openapi.json", "/redoc", "/static/../app.py", "/static/..%2fapp.py",
     "/person?name=nobody", "/reject/" + 32 * "0", "/report/..%2f..%2fetc%2fpasswd"],
)  # fmt: skip
def test_what_is_not_there_is_404(client, page):
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["since=yesterday", "n=-1", "person=" + "田" * 401, "sort=rowid", "after=!!", "after=WyJ4Il0", "region=x",
     "after=" + "x" * 4001],
)  # fmt: skip
def test_nonsense_is_refused(client, query):
    answer = client.get(f"/meetings?{query}")
    assert answer.status_code == 422
    assert "<h1>422</h1>" in answer.text


@pytest.mark.parametrize("page", [*PAGES, "/meetings/download/csv", "/static/browser.css", "/docs", "/none"])
def test_guards_hold_on_every_page(settings, page):
    def nobody():
        raise HTTPException(401)

    guarded = TestClient(create_app(settings, guards=[Depends(nobody)]))
    assert guarded.get(page).status_code == 401
    assert guarded.post(page).status_code == 405


def test_a_reader_sees_only_the_sources_that_may_be_read(settings):
    app = create_app(settings, may_read=lambda request, sources: frozenset({"portal"}))
    app.state.index.refresh()
    client = TestClient(app)
    assert client.get("/meetings").text.count("/report/") == 1
    assert client.get(REPORTS[0]).status_code == 404
    assert "paper" not in client.get("/").text.replace("paper.example", "")
    assert "no-body" not in client.get("/rejects").text
    assert client.get("/person?name=田禾").text.count("/report/") == 1
    assert len(client.get("/meetings/download/json").json()) == 1
    assert client.get("/meetings?source=paper").text.count("/report/") == 0


def test_a_group_of_sources_is_shown_together(root, tmp_path):
    definition = """id = "{id}"
name = "{id}"
level = "市"
group = "both"
[[discovery]]
kind = "files"
"""
    for source in ("paper", "portal"):
        (tmp_path / f"{source}.toml").write_text(definition.replace("{id}", source), encoding="utf-8")
    app = create_app(Settings(data=root, cache=tmp_path / "cache", sources=(tmp_path,)))
    app.state.index.refresh()
    client = TestClient(app)
    assert client.get("/dag/parse_both", follow_redirects=False).headers["location"] == "/?source=both"
    assert client.get("/meetings?source=both").text.count("/report/") == 4
    assert client.get("/meetings?source=portal").text.count("/report/") == 1


def test_an_empty_store_has_pages_too(settings, tmp_path):
    from dataclasses import replace

    client = TestClient(create_app(replace(settings, data=str(tmp_path / "none"))))
    for page in ("/", "/meetings", "/rejects"):
        assert client.get(page).status_code == 200


def test_a_cache_that_cannot_be_written_is_told(root, tmp_path):
    (tmp_path / "file").write_text("no folder")
    client = TestClient(create_app(Settings(data=root, cache=tmp_path / "file")))
    answer = client.get("/")
    assert answer.status_code == 503
    assert "ETL_CACHE" in answer.text


def test_addresses_stay_below_the_place_of_mounting(app):
    from fastapi import FastAPI

    outer = FastAPI()
    outer.mount("/huiyi", app)
    html = TestClient(outer).get("/huiyi/meetings").text
    assert 'href="/huiyi/meetings"' in html
    assert 'href="/huiyi/report/' in html
    assert 'href="/huiyi/static/browser.css' in html
    assert 'href="/meetings' not in TestClient(outer).get("/huiyi/").text


def test_names_with_quotes_and_slashes_have_pages_of_their_own(client):
    listed = client.get("/report/0000000000000002").text
    assert f'href="/person?name={quote_plus(HOSTILE)}"' in listed
    answer = client.get(f"/person?name={quote_plus(HOSTILE)}")
    assert answer.status_code == 200
    assert answer.text.count("/report/") == 1

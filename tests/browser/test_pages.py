"""The pages show what is in the store, refuse nonsense, and never let a stranger's text act."""

import pytest
from fastapi import Depends, HTTPException
from fastapi.testclient import TestClient

from etl.browser import create_app

PAGES = ["/", "/meetings", "/report/0000000000000001", "/report/0000000000000002", "/rejects"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_answer_with_a_strict_policy(client, page):
    answer = client.get(page)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize("page", PAGES)
def test_text_from_the_web_is_escaped_everywhere(client, page):
    html = client.get(page).text
    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize("page", ["/meetings", "/report/0000000000000002", "/rejects"])
def test_template_syntax_of_strangers_is_text(client, page):
    assert "{{ 7 * 7 }}" in client.get(page).text


def test_only_web_addresses_become_links(client):
    assert 'href="http://paper.example/1"' in client.get("/report/0000000000000001").text
    assert 'href="javascript' not in client.get("/report/0000000000000002").text


def test_overview_counts_by_source_and_day(client):
    html = client.get("/").text
    assert "paper" in html
    assert "2026-03-02" in html


def test_meetings_show_chair_and_counts(client):
    html = client.get("/meetings").text
    assert "全市春耕工作会议" in html
    assert "田禾" in html


@pytest.mark.parametrize(
    ("query", "hits"),
    [("person=田禾", 2), ("person=无人", 0), ("text=春耕", 1), ("kind=talks", 0), ("until=2026-03-01", 0),
     ("since=2026-03-02&source=paper", 2), ("person=' OR 1=1 --", 0)],
)  # fmt: skip
def test_filters_narrow(client, query, hits):
    html = client.get(f"/meetings?{query}").text
    assert html.count("/report/") == hits


def test_a_report_marks_the_characters_that_prove_its_fields(client):
    html = client.get("/report/0000000000000001").text
    assert 'data-keys="person-0"' in html
    assert ">田禾</mark>" in html
    assert ">3月2日</mark>" in html
    assert "抓好备耕" in html


@pytest.mark.parametrize("page", ["/report/unknown", "/docs", "/openapi.json", "/redoc", "/static/../app.py"])
def test_what_is_not_there_is_404(client, page):
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("query", ["since=yesterday", "page=-1", "person=" + "田" * 41])
def test_nonsense_is_refused(client, query):
    assert client.get(f"/meetings?{query}").status_code == 422


@pytest.mark.parametrize("page", PAGES)
def test_guards_hold_on_every_page(root, page):
    def nobody():
        raise HTTPException(401)

    guarded = TestClient(create_app(root, guards=[Depends(nobody)]))
    assert guarded.get(page).status_code == 401


def test_an_empty_store_has_pages_too(tmp_path):
    client = TestClient(create_app(str(tmp_path)))
    for page in ("/", "/meetings", "/rejects"):
        assert client.get(page).status_code == 200

"""The browser inside a real Airflow, as a person uses it: sign in, navigate, filter, read, download."""

import io
import json

import pyarrow.parquet as pq
import pytest

REPORT = "桐岭县三级干部会议"


def sign_in(page, airflow, user="viewer"):
    path = airflow.embedded.home / "simple_auth_manager_passwords.json.generated"
    page.goto(airflow.embedded.url)
    page.locator("input[name=username]").fill(user)
    page.locator("input[name=password]").fill(json.loads(path.read_text(encoding="utf-8"))[user])
    page.locator("button[type=submit]").click()
    page.wait_for_url(lambda address: "/auth/" not in address)
    page.get_by_role("button", name="Browse").wait_for(timeout=90_000)


def open_view(page):
    """Open the view from Airflow's navigation and return its frame."""
    page.get_by_role("button", name="Browse").click()
    page.get_by_role("menuitem", name="Meetings").click()
    frame = page.frame_locator("iframe[title='Meetings']")
    frame.locator("h1").wait_for()
    return frame


@pytest.fixture
def page(open_page, airflow):
    page = open_page()
    sign_in(page, airflow)
    open_page.noise.clear()  # Airflow's own pages are not ours to judge
    return page


def test_from_the_navigation_to_the_evidence(page, shot):
    frame = open_view(page)
    shot(page, "airflow-overview")
    frame.get_by_role("link", name="Meetings", exact=True).click()
    frame.get_by_role("link", name="Parquet").wait_for()  # it stands below the table
    everything = frame.locator("tbody tr").count()
    frame.get_by_label("Name or directive").fill("三级干部")
    frame.get_by_role("button", name="Filter").click()
    frame.locator("text=Clear").wait_for()
    frame.get_by_role("link", name="Parquet").wait_for()
    assert 0 < frame.locator("tbody tr").count() < everything
    frame.get_by_role("link", name=REPORT).first.click()
    field = frame.locator("aside [data-keys='person-1']").first
    field.hover()
    name = field.locator("td").first.inner_text()
    assert name in [text.strip() for text in frame.locator(".text .lit").all_inner_texts()]
    shot(page, "airflow-report")


def test_a_download_leaves_the_frame(page):
    frame = open_view(page)
    frame.get_by_role("link", name="Meetings", exact=True).click()
    frame.get_by_role("link", name="Parquet").wait_for()
    rows = frame.locator("tbody tr").count()
    with page.expect_download() as waiting:
        frame.get_by_role("link", name="Parquet").click()
    assert pq.read_table(io.BytesIO(waiting.value.path().read_bytes())).num_rows == rows


def test_the_language_is_switched_inside_the_frame(page):
    frame = open_view(page)
    frame.get_by_role("link", name="中文").click()
    frame.get_by_role("heading", name="库里有什么").wait_for()


def test_the_theme_follows_airflows(page, shot):
    frame = open_view(page)
    light = frame.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    page.evaluate("localStorage.setItem('theme', 'dark')")
    page.reload()
    frame.locator("h1").wait_for()
    assert frame.locator("html").get_attribute("data-theme") == "dark"
    assert frame.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") != light
    shot(page, "airflow-dark")


@pytest.mark.parametrize("dag", ["capture_xinhe-gov", "parse_xinhe-gov"])
def test_a_dag_has_a_tab_with_its_source(page, airflow, shot, dag):
    page.goto(f"{airflow.embedded.url}/dags/{dag}")
    page.get_by_role("link", name="Records").click()
    frame = page.frame_locator("iframe[title='Records']")
    frame.get_by_role("heading", name="新河市人民政府").wait_for()
    shot(page, f"airflow-tab-{dag.split('_')[0]}")


def test_a_phone_shows_the_view(page, shot):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/plugin/meetings")
    frame = page.frame_locator("iframe[title='Meetings']")
    frame.locator("h1").wait_for()
    shot(page, "airflow-phone")

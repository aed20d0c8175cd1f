"""`etl browse` in Chromium: each page in both themes and on a phone, by mouse and by keyboard."""

import io

import pyarrow.parquet as pq
import pytest
import requests

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
playwright = pytest.importorskip("playwright.sync_api")

LOOKS = {
    "light": {"locale": "zh-CN"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN"},
}
REPORT = "桐岭县三级干部会议"


def addresses(page, alone):
    page.goto(f"{alone}/meetings")
    report = page.get_by_role("link", name=REPORT).first.get_attribute("href")
    page.goto(f"{alone}/rejects")
    reject = page.locator("td a[href*='/reject/']").first.get_attribute("href")
    return {"overview": "/", "meetings": "/meetings", "report": report, "person": "/person?name=欧阳立群",
            "rejects": "/rejects", "reject": reject, "empty": "/meetings?text=没有这样的会"}  # fmt: skip


def follow(page, link):
    """Click on what leads to another page, and wait until that page is there as a whole."""
    with page.expect_navigation():
        link.click()


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible_and_fits(alone, open_page, shot, look):
    page = open_page(**LOOKS[look])
    for name, address in addresses(page, alone).items():
        page.goto(alone + address)
        shot(page, f"{name}-{look}")
        found = axe.Axe().run(page).response["violations"]
        serious = [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found
                   if one["impact"] in ("serious", "critical")]  # fmt: skip
        assert serious == [], f"{name}, {look}"
        width = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
        assert width <= 0, f"{name}, {look}: {width} px too wide"


def test_a_participant_lights_up_in_the_text_and_back(alone, open_page, shot):
    page = open_page()
    page.goto(alone + addresses(page, alone)["report"])
    field = page.locator("aside [data-keys='person-1']").first
    name = field.locator("td").first.inner_text()
    field.hover()
    lit = page.locator(".text .lit")
    assert name in [text.strip() for text in lit.all_inner_texts()]
    playwright.expect(lit.first).to_have_css("background-color", "rgb(255, 216, 77)")
    shot(page, "report-hover")
    page.locator(".text [data-keys='date']").first.hover()
    assert page.locator("aside .lit").inner_text().startswith("Date")
    page.locator("aside [data-keys='location'] a").focus()
    assert page.locator(".text .lit").first.get_attribute("data-keys") == "location"


def test_a_field_leads_to_its_characters(alone, open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(alone + addresses(page, alone)["report"])
    page.locator("aside a[href='#at-directive-2']").click()
    playwright.expect(page.locator(".text [data-number='3']")).to_be_visible()
    playwright.expect(page.locator("#at-directive-2")).to_be_in_viewport()


def test_filters_narrow_and_reset(alone, open_page):
    page = open_page()
    page.goto(f"{alone}/meetings")
    everything = page.locator("tbody tr").count()
    page.get_by_label("Person").fill("欧阳")
    page.locator("select[name=kind]").select_option("ceremony")
    follow(page, page.get_by_role("button", name="Filter"))
    assert 0 < page.locator("tbody tr").count() < everything
    assert "欧阳" in page.get_by_label("Person").input_value()
    follow(page, page.get_by_role("link", name="Clear"))
    assert page.locator("tbody tr").count() == everything


def test_columns_sort(alone, open_page):
    page = open_page()
    page.goto(f"{alone}/meetings")
    follow(page, page.locator("thead").get_by_role("link", name="People"))
    counts = [int(cell) for cell in page.locator("tbody td.number:nth-child(6)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert page.locator("th[aria-sort='descending']").inner_text().startswith("People")


def test_the_heat_map_leads_to_a_day_and_shows_the_gap(alone, open_page):
    page = open_page()
    page.goto(alone)
    assert page.locator("svg title", has_text="gap, no record at all").count() == 1
    follow(page, page.locator("svg a", has=page.locator("title", has_text="2026-03-03: ")).first)
    assert "since=2026-03-03" in page.url
    assert set(page.locator("tbody time").all_inner_texts()) == {"2026-03-03"}


def test_a_download_reads_back(alone, open_page):
    page = open_page()
    page.goto(f"{alone}/meetings?person=欧阳立群")
    rows = page.locator("tbody tr").count()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Parquet").click()
    table = pq.read_table(io.BytesIO(waiting.value.path().read_bytes()))
    assert table.num_rows == rows > 0


def test_the_language_is_switched_and_kept(alone, open_page):
    page = open_page()
    page.goto(f"{alone}/meetings")
    follow(page, page.get_by_role("link", name="中文"))
    assert page.locator("html").get_attribute("lang") == "zh"
    follow(page, page.get_by_role("navigation").get_by_role("link", name="总览"))
    assert "库里有什么" in page.locator("h1").inner_text()


def test_the_keyboard_reaches_everything(alone, open_page):
    page = open_page()
    page.goto(alone)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{alone}/#main")
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName.toLowerCase()"))
    assert {"a", "select", "input", "button", "summary", "div"} <= reached


def test_other_hosts_and_methods_are_refused(alone):
    assert requests.get(alone, headers={"Host": "evil.example"}, timeout=30).status_code == 400
    assert requests.get(alone, headers={"Host": "localhost:1"}, timeout=30).status_code == 200
    assert requests.post(alone, timeout=30).status_code == 405

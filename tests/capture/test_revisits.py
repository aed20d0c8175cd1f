"""A page that a source lists again on a later day is not kept twice, and is as whole as on the first."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import fsspec
import pytest
from warcio.archiveiterator import ArchiveIterator

from etl import stages
from etl.capture import landing
from etl.dataset import read
from etl.errors import DataError

FIRST, SECOND, THIRD = (date(2026, 3, day) for day in (2, 3, 4))
PAGE = """<html><head><title>市政府召开春耕工作会议</title></head><body><h1>市政府召开春耕工作会议</h1>
<p>发布时间：2026-03-02 09:30</p><div class="TRS_Editor"><p>3月2日，市长田禾主持召开春耕工作会议并讲话。</p>
<p>会议强调，要抓好备耕物资供应，确保种子化肥到村到户。</p></div></body></html>""".encode()


@pytest.fixture
def here(site, settings, defined):
    """Settings for a site on which `/a.html` is listed on whatever day a test says."""
    site.routes["/a.html"] = PAGE
    return replace(settings, sources=defined())


@pytest.fixture
def capture(site, here):
    """A function that lists the page for a day, captures that day, and gives its report."""

    def run(day, settings=here, **options):
        site.now += timedelta(hours=1)
        rows = f"<li><a href='/a.html'>会议</a> {day}</li><li><a href='/{day}.html'>x</a> {day}</li>"
        site.routes |= {"/list.html": f"<ul>{rows}</ul>".encode(), f"/{day}.html": f"<p>{day}</p>".encode()}
        return stages.capture_day("here", day, settings=settings, clock=site.clock, **options)

    return run


@pytest.fixture
def tagged(site, answer):
    """The page with an ETag that its server honours."""

    def route(handler):
        known = handler.headers.get("If-None-Match") == '"a"'
        (answer(b"", 304, etag='"a"') if known else answer(PAGE, etag='"a"'))(handler)

    site.routes["/a.html"] = route


def files(settings, day) -> list[Path]:
    return sorted(Path(settings.data, f"landing/source_id=here/day={day}").glob("*.warc.gz"))


def revisits(path: Path) -> list:
    with path.open("rb") as stream:
        return [record.rec_headers for record in ArchiveIterator(stream) if record.rec_type == "revisit"]


def bodies(settings, day) -> dict[str, bytes]:
    return {one.url.rpartition("/")[2]: one.body for one in landing.replay(settings, "here", day)}


def faults(settings) -> list:
    return [fault for where in landing.partitions(settings) for fault in landing.verify(settings, *where)]


def parsed(site, settings, day) -> dict[str, str]:
    stages.parse_day("here", day, settings=settings, clock=site.clock)
    found = Path(settings.data).glob(f"[!cr]*/source_id=here/day={day}/part-0.parquet")
    return {path.parts[-4]: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_the_same_body_on_a_later_day_is_a_revisit_of_the_first(site, here, capture):
    for day in (FIRST, SECOND, THIRD):
        capture(day)
    [first] = [one for one in landing.index(here, "here", FIRST) if one.url.endswith("/a.html")]
    for day in (SECOND, THIRD):
        [fields] = revisits(files(here, day)[0])
        assert fields["WARC-Profile"].endswith("/revisit/identical-payload-digest")
        assert fields["WARC-Payload-Digest"].startswith("sha1:")
        assert fields["WARC-Refers-To-Target-URI"] == site.url("/a.html")
        assert fields["WARC-Refers-To-Date"] == "2026-03-12T05:00:00Z"
        assert fields["WARC-Refers-To-Filename"] == "here-2026-03-02-0.warc.gz"
        assert bodies(here, day) == {"a.html": PAGE, f"{day}.html": f"<p>{day}</p>".encode()}
        row = read(here.data, "captures", day=day).set_index("url").loc[site.url("/a.html")]
        assert row["capture_id"] == first.capture_id
        assert row["refers_to"] == f"{first.warc_file}:{first.warc_offset}:{first.warc_length}"
        assert row["warc_file"] == f"here-{day}-0.warc.gz"
    assert faults(here) == []


def test_a_304_is_a_revisit_and_stands_for_the_page_as_it_was(here, capture, tagged):
    capture(FIRST)
    capture(SECOND)
    [fields] = revisits(files(here, SECOND)[0])
    assert fields["WARC-Profile"].endswith("/revisit/server-not-modified")
    [page] = [one for one in landing.replay(here, "here", SECOND) if one.url.endswith("/a.html")]
    assert (page.http_status, page.body, page.content_type) == (200, PAGE, "text/html; charset=utf-8")
    assert page.day == SECOND
    assert faults(here) == []


@pytest.mark.parametrize("route", ["plain", "tagged"])
def test_the_tables_of_a_day_do_not_depend_on_what_landed_before(site, here, capture, route, request):
    if route == "tagged":
        request.getfixturevalue("tagged")
    alone = replace(here, data=here.data + "-alone")
    backwards = replace(here, data=here.data + "-backwards")
    for settings, days in [(here, (FIRST, SECOND)), (alone, (SECOND,)), (backwards, (SECOND, FIRST))]:
        for day in days:
            capture(day, settings)
    expected = parsed(site, alone, SECOND)
    assert expected.keys() >= {"articles", "meeting_reports", "participants"}
    assert parsed(site, here, SECOND) == parsed(site, backwards, SECOND) == expected
    assert parsed(site, here, FIRST) == parsed(site, backwards, FIRST)
    assert revisits(files(backwards, FIRST)[0]) == []


@pytest.mark.parametrize("mode", ["incremental", "refetch"])
def test_a_rerun_of_a_day_with_a_revisit_changes_nothing(site, here, capture, mode):
    capture(FIRST)
    capture(SECOND)
    before = files(here, SECOND)
    assert not capture(SECOND, mode=mode).changed
    assert files(here, SECOND) == before
    row = read(here.data, "captures", day=SECOND).set_index("url").loc[site.url("/a.html")]
    site.routes[f"/{SECOND}.html"] = b"<p>more</p>"
    stages.capture_day("here", SECOND, mode=mode, settings=here, clock=site.clock)
    assert len(files(here, SECOND)) == 2
    again = read(here.data, "captures", day=SECOND).set_index("url").loc[site.url("/a.html")]
    assert again.equals(row)
    assert faults(here) == []


def test_a_page_that_changed_lands_in_full_and_turning_back_is_seen(site, here, capture):
    capture(FIRST)
    site.routes["/a.html"] = PAGE + b"<p>2</p>"
    capture(SECOND)
    assert bodies(here, SECOND)["a.html"] == PAGE + b"<p>2</p>"
    site.routes["/a.html"] = PAGE
    capture(SECOND)
    assert bodies(here, SECOND)["a.html"] == PAGE
    assert bodies(here, FIRST)["a.html"] == PAGE
    assert faults(here) == []


def test_a_first_day_that_is_gone_is_named_and_the_page_can_be_fetched_again(site, here, capture, tagged):
    capture(FIRST)
    capture(SECOND)
    files(here, FIRST)[0].unlink()
    [fault] = faults(here)
    assert "here-2026-03-02-0.warc.gz at offset" in fault.detail
    assert "is gone; restore that file" in fault.detail
    with pytest.raises(DataError, match=r"on 2026-03-03 repeats one in here-2026-03-02-0\.warc\.gz"):
        stages.parse_day("here", SECOND, settings=here, clock=site.clock)
    for path in files(here, SECOND):
        path.unlink()
    capture(SECOND)
    assert bodies(here, SECOND)["a.html"] == PAGE
    assert revisits(files(here, SECOND)[0]) == []


def test_a_first_day_whose_record_is_another_is_named(here, capture):
    capture(FIRST)
    capture(SECOND)
    path = files(here, FIRST)[0]
    path.write_bytes(path.read_bytes().replace(b"\x1f\x8b", b"\x1f\x8c"))
    assert any("refers to what is not there" in fault.detail for fault in faults(here))


def test_a_refused_answer_is_repeated_with_its_reason(site, here, capture, answer):
    site.routes["/a.html"] = answer(b"<html><body><h1>404</h1></body></html>", 404)
    capture(FIRST)
    report = capture(SECOND)
    assert report.rejects == {"fetch/not-found": 1}
    [fields] = revisits(files(here, SECOND)[0])
    assert fields["Huiyi-Refused"] == "not-found"
    rows = read(here.data, "captures", day=SECOND)
    assert rows["refused"].dropna().tolist() == ["not-found"]


def test_revisits_across_days_on_object_storage(site, here, capture, bucket):
    remote = replace(here, data=bucket)
    capture(FIRST, remote)
    capture(SECOND, remote)
    assert bodies(remote, SECOND)["a.html"] == PAGE
    assert faults(remote) == []
    fs, root = fsspec.url_to_fs(bucket)
    [path] = fs.glob(f"{root}/landing/source_id=here/day={SECOND}/*.warc.gz")
    with fs.open(path) as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream)]
    assert kinds.count("revisit") == 1

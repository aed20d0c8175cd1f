"""Landing and import on object storage, against an S3 server on loopback."""

from __future__ import annotations

from dataclasses import replace

from etl import stages
from etl.capture import files, landing


def test_a_day_lands_on_object_storage_is_replayed_verified_and_imported(
    bucket, two_pages, settings, defined
):
    site = two_pages
    remote = replace(settings, data=bucket, sources=defined())
    for _ in range(2):
        stages.capture_day("here", site.day, settings=remote, clock=site.clock)
    assert list(landing.partitions(remote)) == [("here", site.day)]
    assert [one.body for one in landing.replay(remote, "here", site.day)] == [b"<p>1</p>", b"<p>2</p>" * 99]
    assert list(landing.verify(remote, "here", site.day)) == []
    folder = f"{bucket}/landing/source_id=here/day={site.day}"
    imported = list(files.read([folder]))
    assert [one.url for one in imported] == [site.url("/1.html"), site.url("/2.html")]
    assert {one.warc_file for one in imported} == {f"day={site.day}/here-{site.day}-0.warc.gz"}

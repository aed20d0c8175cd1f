"""What landed on the days before: a page that has not changed since is not kept twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from etl.capture import landing
from etl.dataset import reader
from etl.records import Capture
from etl.settings import Settings

LOOKBACK = timedelta(days=92)
"""How far back a page is looked for: it bounds what a run reads before it asks for its first page."""

COLUMNS = (
    "capture_id",
    "source_id",
    "day",
    "url",
    "final_url",
    "http_status",
    "fetched_at",
    "body_sha256",
    "content_type",
    "etag",
    "last_modified",
    "warc_file",
    "warc_offset",
    "warc_length",
    "continues",
    "refused",
)


def captures(settings: Settings, source_id: str, day: date) -> Iterator[Capture]:
    """Yield the captures of the days before `day` that hold a body of their own, oldest day first.

    Later days do not count: a day that is captured belatedly is the same as one captured in time. Captures
    whose file is not in the landing zone any more are left out, so nothing comes to refer to them.
    """
    rows = reader.read_table(
        settings.data,
        "captures",
        source_id=source_id,
        since=day - LOOKBACK,
        until=day - timedelta(days=1),
        columns=(*COLUMNS, "refers_to"),
    )
    if not rows.num_rows:
        return
    landed = landing.names(settings, source_id)
    for row in rows.to_pylist():
        if row.pop("refers_to") is None and row["warc_file"] in landed:
            yield Capture(**row, headers=(), body=b"")

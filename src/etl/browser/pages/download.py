"""The selection as a file, streamed: Parquet, CSV or JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from etl.browser import files
from etl.browser.index.limits import DOWNLOAD_SECONDS
from etl.browser.pages.params import Wanted
from etl.browser.queries import meetings as queries
from etl.browser.view import TheView

router = APIRouter()
KINDS = {
    "parquet": ("application/vnd.apache.parquet", files.parquet),
    "csv": ("text/csv; charset=utf-8", files.csv),
    "json": ("application/json", files.json),
}


@router.get("/meetings/download/{filetype}")
def download(view: TheView, wanted: Wanted, filetype: Literal["parquet", "csv", "json"]) -> Response:
    """Send the meetings wanted, newest first, at most `queries.MAX_ROWS`."""
    media_type, write = KINDS[filetype]

    def stream() -> Iterator[bytes]:
        """Yield the file piece by piece; the cursor lives as long as somebody reads."""
        with view.index.cursor(DOWNLOAD_SECONDS) as cursor:
            yield from write(queries.batches(cursor, wanted))

    headers = {"Content-Disposition": f'attachment; filename="meetings.{filetype}"'}
    return StreamingResponse(stream(), media_type=media_type, headers=headers)

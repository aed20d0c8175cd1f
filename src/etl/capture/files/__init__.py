"""Pages that lie somewhere already: saved pages, folders of them, text files and WARC archives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.capture.files import archive, saved
from etl.capture.files.blob import find
from etl.capture.files.choice import EVERYTHING, Choice
from etl.errors import UsageError
from etl.records import Capture, Reject

__all__ = ["Choice", "read"]

MAX_BODY = 16 * 1024 * 1024


def read(
    paths: Iterable[str | Path],
    *,
    source_id: str = "files",
    max_body: int = MAX_BODY,
    skipped: Counter[str] | None = None,
    choice: Choice = EVERYTHING,
) -> Iterator[Capture | Reject]:
    """Yield the pages at `paths` or `s3://` URLs: pages, folders with all below, WARC files, lists of files.

    They come in order of their names. `day` is None: only the page tells its day. `fetched_at` is the time of
    the file or the record. What is no page, or not what `choice` wants of an archive, is counted in
    `skipped`, by file suffix or record type. A page that cannot be read is a Reject of stage "capture" that
    names file and offset. UsageError for a path that is not there, before anything is yielded, and for paths
    without any page.
    """
    places = [str(path) for path in paths]
    counts: Counter[str] = Counter() if skipped is None else skipped
    some = False
    for blob in list(find(places)):
        if saved.is_page(blob.name):
            some = True
            yield saved.read(blob, source_id, max_body)
        elif archive.is_archive(blob.name):
            some = True
            yield from archive.read(blob, source_id, max_body, counts, choice)
        else:
            counts[Path(blob.name).suffix.lower() or "no suffix"] += 1
    if not some:
        raise UsageError(
            f"there is no page in {', '.join(places)}: "
            "give saved pages (.html, .txt …), folders of them, or WARC files"
        )

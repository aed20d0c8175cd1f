"""Pages that lie somewhere already: saved pages, folders of them, text files and WARC archives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from etl.capture.files import archive, saved
from etl.capture.files.blob import Blob, at, is_local
from etl.capture.files.choice import EVERYTHING, LANGUAGES, Choice, choose
from etl.capture.files.find import find
from etl.errors import UsageError
from etl.records import Capture, Reject

__all__ = [
    "EVERYTHING",
    "LANGUAGES",
    "Blob",
    "Choice",
    "at",
    "choose",
    "find",
    "is_local",
    "kind_of",
    "nothing",
    "read",
    "read_blob",
]

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
    the file or the record. What is no page, or not what `choice` wants, is counted in `skipped`, by file
    suffix or record type. A page that cannot be read is a Reject of stage "capture" that
    names file and offset. UsageError for a path that is not there, before anything is yielded, and for paths
    without any page.
    """
    places = [str(path) for path in paths]
    counts: Counter[str] = Counter() if skipped is None else skipped
    blobs = []
    for blob in find(places):
        if kind_of(blob) is None:
            counts[Path(blob.name).suffix.lower() or "no suffix"] += 1
        else:
            blobs.append(blob)
    if not blobs:
        raise nothing(places)
    for blob in blobs:
        yield from read_blob(blob, source_id=source_id, max_body=max_body, skipped=counts, choice=choice)


def kind_of(blob: Blob) -> Literal["page", "archive"] | None:
    """Return what a file is by its name, None for what cannot be imported."""
    return "page" if saved.is_page(blob.name) else "archive" if archive.is_archive(blob.name) else None


def nothing(places: Iterable[str]) -> UsageError:
    """Return the error of places without any page."""
    return UsageError(
        f"there is no page in {', '.join(places)}: "
        "give saved pages (.html, .txt …), folders of them, or WARC files"
    )


def read_blob(
    blob: Blob, *, source_id: str, max_body: int, skipped: Counter[str], choice: Choice = EVERYTHING
) -> Iterator[Capture | Reject]:
    """Yield the wanted pages of one file of a kind that `kind_of` knows; see `read`."""
    if archive.is_archive(blob.name):
        yield from archive.read(blob, source_id, max_body, skipped, choice)
        return
    page = saved.read(blob, source_id, max_body)
    if isinstance(page, Capture) and not (choice.wants_url(page.url) and choice.wants_body(page.body)):
        skipped["not wanted"] += 1
    else:
        yield page

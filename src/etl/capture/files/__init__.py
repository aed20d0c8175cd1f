"""Pages that lie on disk already: saved pages, folders of them, text files and WARC archives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.capture.files import archive, saved
from etl.errors import UsageError
from etl.records import Capture, Reject

__all__ = ["read"]

MAX_BODY = 16 * 1024 * 1024


def read(
    paths: Iterable[str | Path],
    *,
    source_id: str = "files",
    max_body: int = MAX_BODY,
    skipped: Counter[str] | None = None,
) -> Iterator[Capture | Reject]:
    """Yield the pages at `paths` (pages, folders with all below them, WARC files), in order of their names.

    `day` is None: only the page tells its day. `fetched_at` is the time of the file or the record. Files and
    records that are no pages are counted in `skipped`, by file suffix or record type. A page that cannot be
    read is a Reject of stage "capture" that names file and offset. UsageError for a path that is not there,
    before anything is yielded, and for paths below which there is no page at all.
    """
    found = list(_files(paths))
    counts: Counter[str] = Counter() if skipped is None else skipped
    some = False
    for path, name in found:
        if saved.is_page(name):
            some = True
            yield saved.read(path, name, source_id, max_body)
        elif archive.is_archive(name):
            some = True
            yield from archive.read(path, name, source_id, max_body, counts)
        else:
            counts[path.suffix.lower() or "no suffix"] += 1
    if not some:
        where = ", ".join(map(str, paths))
        raise UsageError(
            f"there is no page in {where}: give saved pages (.html, .txt …), folders of them, or WARC files"
        )


def _files(paths: Iterable[str | Path]) -> Iterator[tuple[Path, str]]:
    """Yield each file with the name under which it is known: relative to the folder that was given."""
    for path in map(Path, paths):
        if path.is_dir():
            below = (one for one in path.rglob("*") if one.is_file() and not _hidden(one.relative_to(path)))
            root = path.resolve().name
            for one in sorted(below, key=lambda file: file.relative_to(path).parts):
                yield one, f"{root}/{one.relative_to(path).as_posix()}"
        elif path.is_file():
            yield path, path.name
        else:
            raise UsageError(f"{path} does not exist; give saved pages, folders of them, or WARC files")


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)

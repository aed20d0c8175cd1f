"""Which files there are at the places to import: single files, folders, and lists that name a file a line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from etl.capture.files.blob import Blob, asking, is_local, locate
from etl.errors import UsageError

LISTS = (".paths", ".paths.gz")
"""Files that name a file per line, as Common Crawl publishes them."""

MAX_LIST = 64 * 1024 * 1024


def find(places: Iterable[str], root: str | None = None) -> Iterator[Blob]:
    """Yield the files at paths and `s3://` URLs: themselves, all below a folder, all that a list names.

    Files of a folder come in order of their names and are called by them, after the folder's; hidden ones are
    left out. Relative names in a list count from `root`, else from the nearest folder above the list that has
    the first of them. Files that a list names on object storage are not asked for until they are read.
    UsageError for a place where nothing is, and for a scheme that is none of `SCHEMES`; UnavailableError for
    object storage that does not answer.
    """
    for place in places:
        fs, path = locate(place)
        with asking(fs, place):
            found = list(_at(fs, path, place, root))
        yield from found


def _at(fs: Any, path: str, place: str, root: str | None) -> Iterator[Blob]:
    if fs.isdir(path):
        yield from _below(fs, path.rstrip("/"))
    elif not fs.exists(path):
        raise UsageError(f"{place} does not exist; give saved pages, folders of them, or WARC files")
    elif path.lower().endswith(LISTS):
        yield from _listed(Blob(fs, path, place), root)
    else:
        yield Blob(fs, path, PurePosixPath(path).name)


def _below(fs: Any, folder: str) -> Iterator[Blob]:
    root = PurePosixPath(folder)
    found = sorted(PurePosixPath(path).relative_to(root).parts for path in fs.find(folder))
    for parts in found:
        if not any(part.startswith(".") for part in parts):
            yield Blob(fs, str(root.joinpath(*parts)), "/".join((root.name, *parts)))


def _listed(list_: Blob, root: str | None) -> Iterator[Blob]:
    """Yield the files that a list names, one a line."""
    base: tuple[Any, PurePosixPath] | None = None
    for line in _lines(list_):
        if "://" in line or line.startswith("/"):
            yield from _named(*locate(line), line, list_)
            continue
        if ".." in PurePosixPath(line).parts:
            raise UsageError(f"{list_.name} names {line}, which leads out of its folder")
        base = base or _base(list_, line, root)
        yield from _named(base[0], str(base[1] / line), line, list_)


def _lines(list_: Blob) -> list[str]:
    data = list_.read()
    if list_.path.lower().endswith(".gz"):
        try:
            data = gzip.GzipFile(fileobj=BytesIO(data)).read(MAX_LIST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise UsageError(f"{list_.name} is no sound gzip file ({error}); fetch it again") from error
    if len(data) > MAX_LIST:
        raise UsageError(f"{list_.name} names too many files; split it")
    return [line.strip() for line in data.decode("utf-8", "replace").splitlines() if line.strip()]


def _base(list_: Blob, first: str, root: str | None) -> tuple[Any, PurePosixPath]:
    """Return the folder from which the relative names of a list count."""
    if root is not None:
        fs, path = locate(root)
        return fs, PurePosixPath(path)
    for folder in PurePosixPath(list_.path).parents:
        if list_.fs.exists(str(folder / first)):
            return list_.fs, folder
    raise UsageError(
        f"{list_.name} names {first}, which does not exist beside or above it; "
        "give the place from which its names count (--root)"
    )


def _named(fs: Any, path: str, name: str, list_: Blob) -> Iterator[Blob]:
    """Yield a file that a list names; UsageError for one of this machine that is not there."""
    if is_local(fs) and not fs.isfile(path):
        raise UsageError(f"{list_.name} names {name}, which does not exist")
    yield Blob(fs, path, name)

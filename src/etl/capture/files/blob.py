"""Files to import, wherever they are: paths of this machine, object storage, and lists of either."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from etl.errors import UsageError

LISTS = (".paths", ".paths.gz")
"""Files that name a file per line, as Common Crawl publishes them."""

MAX_LIST = 64 * 1024 * 1024
SCHEMES = ("file", "s3", "memory")
"""Where files may come from; web addresses are fetched by capture alone, politely."""


@dataclass(frozen=True, slots=True)
class Blob:
    """One file: `path` on the fsspec file system `fs`; `name` is what it is called in rows and messages."""

    fs: Any
    path: str
    name: str

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return int(self.fs.size(self.path))

    @property
    def modified(self) -> datetime:
        """Return when the file was last written, in UTC, to the second."""
        moment: datetime = self.fs.modified(self.path)
        return (
            (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
        )

    def open(self) -> IO[bytes]:
        """Return the file opened for reading."""
        stream: IO[bytes] = self.fs.open(self.path, "rb")
        return stream

    def read(self) -> bytes:
        """Return the whole file."""
        data: bytes = self.fs.cat_file(self.path)
        return data


def find(places: Iterable[str]) -> Iterator[Blob]:
    """Yield the files at paths and `s3://` URLs: themselves, all below a folder, all that a list names.

    Files of a folder come in order of their names and are called by them, after the folder's; hidden ones are
    left out. UsageError for a place where nothing is, and for a scheme that is none of `SCHEMES`.
    """
    for place in places:
        fs, path = _locate(place)
        if fs.isdir(path):
            yield from _below(fs, path.rstrip("/"))
        elif not fs.exists(path):
            raise UsageError(f"{place} does not exist; give saved pages, folders of them, or WARC files")
        elif path.lower().endswith(LISTS):
            yield from _listed(fs, path, place)
        else:
            yield Blob(fs, path, PurePosixPath(path).name)


def _locate(place: str) -> tuple[Any, str]:
    import fsspec

    scheme, mark, _ = place.partition("://")
    if not mark:
        return fsspec.filesystem("file"), str(Path(place).resolve())
    if scheme not in SCHEMES or "::" in place:
        raise UsageError(
            f"{place} cannot be imported: give paths or s3:// URLs, and capture web sites by a source"
        )
    try:
        fs, path = fsspec.core.url_to_fs(place)
    except ImportError as error:
        raise UsageError(f"{place} cannot be read ({error}); install the extra `s3`") from error
    return fs, str(path)


def _below(fs: Any, folder: str) -> Iterator[Blob]:
    root = PurePosixPath(folder)
    found = sorted(PurePosixPath(path).relative_to(root).parts for path in fs.find(folder))
    for parts in found:
        if not any(part.startswith(".") for part in parts):
            yield Blob(fs, str(root.joinpath(*parts)), "/".join((root.name, *parts)))


def _listed(fs: Any, path: str, place: str) -> Iterator[Blob]:
    """Yield the files that a list names; relative names count from the nearest folder that has the first."""
    data = fs.cat_file(path)
    if path.lower().endswith(".gz"):
        data = gzip.GzipFile(fileobj=BytesIO(data)).read(MAX_LIST + 1)
    if len(data) > MAX_LIST:
        raise UsageError(f"{place} names too many files; split it")
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines() if line.strip()]
    base: PurePosixPath | None = None
    for line in lines:
        if "://" in line or line.startswith("/"):
            yield from find([line])
            continue
        if base is None:
            above = PurePosixPath(path).parents
            base = next((folder for folder in above if fs.exists(str(folder / line))), None)
        if base is None or not fs.exists(str(base / line)) or ".." in PurePosixPath(line).parts:
            raise UsageError(f"{place} names {line}, which does not exist beside or above it")
        yield Blob(fs, str(base / line), line)

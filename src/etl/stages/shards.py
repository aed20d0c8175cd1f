"""Inputs of an import, cut into shards: what is imported, and repeated after a crash, as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.capture import files
from etl.errors import DataError
from etl.records import make_id

UNKNOWN_SIZE = 1 << 30
"""Bytes that an archive of unknown size counts for: those of Common Crawl have about that."""

GROUP_SIZE = 256 << 20
MAX_GROUPS = 1000
"""Bytes of input for a task of Airflow, some minutes of work; tasks of one run (Airflow maps to 1024)."""


@dataclass(frozen=True, slots=True)
class Shard:
    """An archive at `place`, called `name` in rows; or, with `name` None, the saved pages at `place`.

    `size` is in bytes.
    """

    place: str
    name: str | None
    size: int

    def blobs(self) -> list[files.Blob]:
        """Return its files in order. Raises `UsageError` where there is none any more."""
        if self.name is not None:
            return [files.at(self.place, self.name)]
        found = [blob for blob in files.find([self.place]) if files.kind_of(blob) == "page"]
        if not found:
            raise files.nothing([self.place])
        return found


def plan(paths: Iterable[str | Path], root: str | None = None) -> list[Shard]:
    """Return the shards of `paths`: each archive is one, the saved pages of a path are one together.

    An archive that is named twice is one shard. Raises `UsageError` for a path that is not there or without
    pages. Relative names in lists count from `root`.
    """
    shards: dict[tuple[str, bool], Shard] = {}
    for place in map(str, paths):
        pages = []
        some = False
        for blob in files.find([place], root):
            kind = files.kind_of(blob)
            if kind == "archive":
                shards.setdefault((blob.url, True), Shard(blob.url, blob.name, _size(blob)))
            elif kind == "page":
                pages.append(blob)
            some = some or kind is not None
        if not some:
            raise files.nothing([place])
        if pages:
            where = place if "://" in place else str(Path(place).resolve())
            shards.setdefault((where, False), Shard(where, None, sum(map(_size, pages))))
    return list(shards.values())


def _size(blob: files.Blob) -> int:
    """Return the size of a file; one on object storage is not asked for it."""
    return blob.size if files.is_local(blob.fs) else UNKNOWN_SIZE


def content(blobs: Sequence[files.Blob]) -> str:
    """Return 16 hex digits over the content of files, and over their names if there are several.

    Raises `DataError` where one cannot be read.
    """
    digests = []
    for blob in blobs:
        try:
            digests.append(blob.fingerprint())
        except OSError as error:
            raise DataError(
                f"{blob.url} cannot be read ({error.strerror or error}); is it still there?"
            ) from error
    if len(digests) == 1:
        return digests[0]
    return make_id(
        *(part for blob, digest in zip(blobs, digests, strict=True) for part in (blob.name, digest))
    )


def grouped(shards: Sequence[Shard], size: int = GROUP_SIZE, most: int = MAX_GROUPS) -> list[list[Shard]]:
    """Return the shards in groups of about `size` bytes, in order; of more if there were more than `most`."""
    groups: list[list[Shard]] = []
    room = 0
    for shard in shards:
        if not groups or shard.size > room:
            groups.append([])
            room = size
        groups[-1].append(shard)
        room -= shard.size
    return groups if len(groups) <= most else grouped(shards, 2 * size, most)

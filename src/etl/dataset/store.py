"""Files of the data folder, on a local disk or on object storage: whole or absent, never half written.

A root is a folder or an fsspec URL (`s3://bucket/prefix`). Paths are the root with `/` and names after it.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import fsspec

from etl.disk import sync_folder
from etl.errors import UsageError

UNKNOWN_DAY = "0001-01-01"
"""Stands for an unknown day in paths; `read` gives None for it.

Hive's own `__HIVE_DEFAULT_PARTITION__` makes a plain `pandas.read_parquet` of the table fail (pyarrow 26:
"Cannot yet unify dictionaries with nulls").
"""

_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
_PARTITION = re.compile(r"/source_id=([^/]+)/day=([^/]+)/[^/]+\.parquet$")
_MONTH = re.compile(r"/month=([^/]+)/[^/]+\.parquet$")


def is_local(path: str) -> bool:
    """Return whether `path` lies on this machine's disks."""
    return "://" not in path


def partition_path(root: str, table: str, source_id: str, day: date | None, name: str) -> str:
    """Return the path of a partition's file; raise `UsageError` where an id can't be part of a path."""
    for part in (source_id, name):
        if not _ID.fullmatch(part) or ".." in part:
            raise UsageError(
                f"{part!r} can't name a partition: use lower-case letters, digits, '-', '_' and '.'"
            )
    folder = day.isoformat() if day else UNKNOWN_DAY
    return f"{root.rstrip('/')}/{table}/source_id={source_id}/day={folder}/{name}.parquet"


def partition_of(path: str) -> tuple[str, date | None]:
    """Return source id and day (None: unknown) that the path of a partition's file states."""
    found = _PARTITION.search(path)
    if found is None:
        raise ValueError(f"not a partition's file: {path}")
    return found[1], None if found[2] == UNKNOWN_DAY else date.fromisoformat(found[2])


def month_path(root: str, table: str, month: date) -> str:
    """Return the path of the file that holds a month (any day of it) of a table of the catalog."""
    return f"{root.rstrip('/')}/{table}/month={month:%Y-%m}/part-0.parquet"


def month_of(path: str) -> str:
    """Return the month, as YYYY-MM, that the path of a file of the catalog states."""
    found = _MONTH.search(path)
    if found is None:
        raise ValueError(f"not a month's file: {path}")
    return found[1]


def filesystem(path: str) -> tuple[Any, str]:
    """Return the fsspec file system of `path` and the path without protocol; listings are never cached."""
    options: dict[str, Any] = {} if is_local(path) else {"use_listings_cache": False}
    fs, inner = fsspec.url_to_fs(path, **options)
    return fs, inner


def read_bytes(path: str) -> bytes | None:
    """Return the bytes of the file at `path`, None where there is no file."""
    fs, inner = filesystem(path)
    try:
        data: bytes = fs.cat_file(inner)
    except FileNotFoundError:
        return None
    return data


def exists(path: str) -> bool:
    """Return whether there is a file at `path`."""
    fs, inner = filesystem(path)
    return bool(fs.exists(inner))


def replace(path: str, data: bytes, *, synced: bool = True) -> None:
    """Put `data` at `path` in one step, so that readers see the old file or the new one, nothing between.

    Locally: a hidden temporary file, fsync, rename (POSIX rename is atomic). Elsewhere: one PUT. Who writes
    many files leaves `synced` off and calls `sync` before anything says that they are there.
    """
    if not is_local(path):
        fs, inner = filesystem(path)
        fs.pipe_file(inner, data)
        return
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(3):
        temporary = target.parent / f".{target.name}.{os.getpid()}.tmp"
        with temporary.open("wb") as file:
            file.write(data)
            if synced:
                file.flush()
                os.fsync(file.fileno())
        try:
            temporary.replace(target)
            break
        except FileNotFoundError:  # another writer of this file swept it: write again
            continue
    if synced:
        sync_folder(target.parent)
    # what killed writers of this file left behind
    for leftover in target.parent.glob(f".{target.name}.*.tmp"):
        leftover.unlink(missing_ok=True)


def sync(root: str) -> None:
    """Make every file that was replaced below `root` survive a power cut; object storage does so itself."""
    if is_local(root):
        os.sync()


def remove(path: str) -> None:
    """Remove the file at `path`, and its folder where that was its last file on a local disk."""
    fs, inner = filesystem(path)
    fs.rm_file(inner)
    if is_local(path) and not any(Path(path).parent.iterdir()):
        Path(path).parent.rmdir()


def partition_files(
    root: str, table: str, *, source_id: str = "*", day: str = "*", name: str = "*"
) -> list[str]:
    """Return the paths of a table's files, sorted; `source_id`, `day` and `name` are glob patterns."""
    return _files(root, f"{table}/source_id={source_id}/day={day}/{name}.parquet")


def month_files(root: str, table: str) -> list[str]:
    """Return the paths of the files of a table of the catalog, sorted."""
    return _files(root, f"{table}/month=*/part-0.parquet")


def _files(root: str, pattern: str) -> list[str]:
    fs, inner = filesystem(root)
    matches = fs.glob(f"{inner.rstrip('/')}/{pattern}")
    found = sorted(path for path in matches if not path.rpartition("/")[2].startswith("."))
    if is_local(root):
        return found
    return [fs.unstrip_protocol(path) for path in found]

"""Inputs of an import: what lies at a path, and the digest that names its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.capture import files

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Shard:
    """A file or folder to import; `digest` is 16 hex digits over its content (and the names in a folder)."""

    path: Path
    digest: str


def read(path: str | Path) -> Shard:
    """Return the shard at `path`; raise `UsageError` where nothing is there and where no page is."""
    found = Path(path)
    next(files.read([found]), None)
    if found.is_file():
        return Shard(found, _digest(found))
    content = hashlib.blake2b(digest_size=8)
    for file in _files(found):
        content.update(f"{file.relative_to(found).as_posix()}\x1f{_digest(file)}\x1e".encode())
    return Shard(found, content.hexdigest())


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _digest(path: Path) -> str:
    content = hashlib.blake2b(digest_size=8)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            content.update(block)
    return content.hexdigest()

"""What an earlier import left: which of its files belong to a shard, and whether that shard is finished."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.dataset import reader, store
from etl.records import EXTRACTOR_VERSION, StageReport
from etl.settings import Settings
from etl.stages.partition import PARSED, digest_of

TABLES = ("captures", *PARSED, "rejects")
"""The tables to which an import writes, in the order in which it does; `runs` comes after them."""

SHARD = f"{'?' * 16}-*"
"""How the names of an import's files look, as a glob pattern: the shard and the number of the chunk."""

Left = Mapping[str, Sequence[str]]
"""Table to the paths of a shard's files in it, sorted."""


def inventory(settings: Settings, source_id: str) -> dict[str, dict[str, list[str]]]:
    """Return shard name to the files that it has by table; one listing per table."""
    found: dict[str, dict[str, list[str]]] = {}
    for table in (*TABLES, "runs"):
        for path in store.partition_files(settings.data, table, source_id=source_id, name=SHARD):
            shard = _stem(path).rpartition("-")[0]
            found.setdefault(shard, {}).setdefault(table, []).append(path)
    return found


def finished(left: Left, key: str) -> list[StageReport] | None:
    """Return the reports of a shard whose import with `key` is finished, None for one that is not.

    `left` holds its files by table.
    """
    found = _chunks(left)
    if found is None or any(
        (row["run_key"], row["extractor_version"]) != (key, EXTRACTOR_VERSION) for row, _ in found
    ):
        return None
    return [_report(row, path) for row, path in found]


def unfinished(settings: Settings) -> Iterator[tuple[str, str] | None]:
    """Yield None for each finished import of a shard; for each other one its source and a file of it."""
    imported = store.partition_files(settings.data, "captures", name=SHARD)
    for source_id in sorted({store.partition_of(path)[0] for path in imported}):
        for _, left in sorted(inventory(settings, source_id).items()):
            path = next(paths[0] for paths in left.values())
            yield None if _chunks(left) is not None else (source_id, path)


def _chunks(left: Left) -> list[tuple[dict[str, Any], str]] | None:
    """Return the rows of `runs` of a shard, each with a path of its files; None if they are not whole.

    The rows are written when all else of the shard is, that of chunk 0 last; what they say is believed only
    if the files have the digests that they name.
    """
    rows = {_chunk(path): reader.read_file(path, "runs").to_pylist()[0] for path in left.get("runs", ())}
    if sorted(rows) != list(range(len(rows))) or not rows:
        return None
    found = []
    for chunk, row in sorted(rows.items()):
        paths = [path for table in TABLES for path in left.get(table, ()) if _chunk(path) == chunk]
        if row["digest"] != digest_of(_digest(path) for path in paths):
            return None
        found.append((row, paths[0]))
    strays = {_chunk(path) for paths in left.values() for path in paths} - rows.keys()
    return None if strays else found


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".parquet")


def _chunk(path: str) -> int:
    return int(_stem(path).rpartition("-")[2])


def _digest(path: str) -> str:
    return hashlib.sha256(store.read_bytes(path) or b"").hexdigest()


def _report(row: Mapping[str, Any], path: str) -> StageReport:
    """Return the report that a row of `runs` tells of."""
    return StageReport(
        stage=row["stage"],
        source_id=row["source_id"],
        day=None,
        taken=row["taken"],
        tables={item["table"]: item["rows"] for item in row["rows"]},
        rejects={item["reason"]: item["rows"] for item in row["rejects"]},
        seconds=row["seconds"],
        path=path,
        digest=row["digest"],
        changed=False,
        lost_chars=row["lost_chars"],
    )

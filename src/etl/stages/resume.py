"""What an earlier import left: which of its files belong to a shard, and whether that shard is finished."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from etl.dataset import reader, store
from etl.records import EXTRACTOR_VERSION, StageReport
from etl.settings import Settings
from etl.stages.partition import digest_of


def inventory(settings: Settings, source_id: str, tables: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Return shard name to table to the paths of its files, sorted; one listing per table."""
    found: dict[str, dict[str, list[str]]] = {}
    for table in tables:
        for path in store.partition_files(settings.data, table, source_id=source_id, name=f"{'?' * 16}-*"):
            shard = _stem(path).rpartition("-")[0]
            found.setdefault(shard, {}).setdefault(table, []).append(path)
    return found


def finished(left: Mapping[str, Sequence[str]], tables: Sequence[str], key: str) -> list[StageReport] | None:
    """Return the reports of a shard whose import with `key` is finished, None for one that is not.

    `left` holds its files by table. The rows of `runs` are written when all else of the shard is, that of
    chunk 0 last; what they say is believed only if the files have the digests that they name.
    """
    rows = {_chunk(path): reader.read_file(path, "runs").to_pylist()[0] for path in left.get("runs", ())}
    if sorted(rows) != list(range(len(rows))) or not rows:
        return None
    reports = []
    for chunk, row in sorted(rows.items()):
        paths = [path for table in tables for path in left.get(table, ()) if _chunk(path) == chunk]
        same = row["run_key"] == key and row["extractor_version"] == EXTRACTOR_VERSION
        if not same or row["digest"] != digest_of(_digest(path) for path in paths):
            return None
        reports.append(_report(row, paths[0]))
    return reports


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

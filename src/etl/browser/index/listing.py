"""Which partition files there are, by month, and a digest that changes when one of them does."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from etl.dataset import store

TABLES = {
    "articles": "article_id, title, url, repair_steps, lost_chars",
    "meeting_reports": "report_id, article_id, event_type, kind, level, division_code, name, start_date, "
    "location_name, confidence",
    "participants": "report_id, seq, name, role, titles",
    "directives": "report_id, seq, text",
    "rejects": "stage, reason, detail, url, capture_id, run_key, extractor_version",
    "runs": "stage, run_key, started_at, seconds, taken, rows, rejects, lost_chars, digest, fill_rates, "
    "extractor_version",
}
"""The tables that the index reads, each with the columns that its queries name."""

UNKNOWN = store.UNKNOWN_DAY[:7]
"""Month of the pages that tell no day."""


@dataclass(slots=True)
class Month:
    """The files of one month by table, and the digest over their names, sizes and times of change."""

    files: dict[str, list[str]] = field(default_factory=dict)
    digest: str = ""


def months(root: str) -> dict[str, Month]:
    """Return the files below `root` by month (YYYY-MM), newest month first."""
    found: dict[str, Month] = {}
    states: dict[str, list[str]] = {}
    for table in TABLES:
        for path, state in _local(root, table) if store.is_local(root) else _remote(root, table):
            day = path.rpartition("/")[0].rpartition("/day=")[2]
            found.setdefault(day[:7], Month()).files.setdefault(table, []).append(path)
            states.setdefault(day[:7], []).append(f"{path}\t{state}")
    for name, month in found.items():
        text = "\n".join(sorted(states[name]))
        month.digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
        for files in month.files.values():
            files.sort()
    return dict(sorted(found.items(), reverse=True))


def _local(root: str, table: str) -> Iterator[tuple[str, str]]:
    """Yield path and state of each file; `os.scandir` is several times quicker than a glob."""
    for source in _folders(Path(root) / table, "source_id="):
        for day in _folders(source.path, "day="):
            with os.scandir(day.path) as entries:
                for entry in entries:
                    if entry.name.endswith(".parquet") and not entry.name.startswith("."):
                        stat = entry.stat()
                        yield entry.path, f"{stat.st_size} {stat.st_mtime_ns}"


def _folders(folder: Path | str, prefix: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if entry.name.startswith(prefix) and entry.is_dir()]
    except FileNotFoundError:
        return []


def _remote(root: str, table: str) -> Iterator[tuple[str, str]]:
    fs, inner = store.filesystem(root)
    pattern = f"{inner.rstrip('/')}/{table}/source_id=*/day=*/*.parquet"
    for path, info in fs.glob(pattern, detail=True).items():
        state = " ".join(str(info.get(name)) for name in ("size", "ETag", "LastModified", "mtime"))
        yield fs.unstrip_protocol(path), state

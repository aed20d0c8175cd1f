"""The index kept up with the partitions: looked at on request, made in the background, newest month first."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from etl.browser.index import limits
from etl.browser.index.build import QUERIES, build, literal
from etl.browser.index.listing import Month, months
from etl.errors import UnavailableError

VERSION = 2
"""Bumped when the queries in `sql/` change, so that months made by older ones are made again."""

REST = 20
"""A look at the partitions is followed by a rest this many times as long, at least a second."""

PATIENCE = 0.4
"""Seconds that a request waits for a look under way before it is answered from what is known."""

FIRST_PATIENCE = 3.0
"""The same for the first request of all."""

READING = (duckdb.Error, pa.ArrowException, OSError)
"""What reading damaged or vanished files raises."""

PACE = 4.0
"""Seconds between two snapshots while months are being made."""

KEPT = 600
"""Seconds for which replaced months stay, for requests that still read them."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What queries see; `pending` are months whose newest state is not in yet, `faults` unreadable ones."""

    connection: duckdb.DuckDBPyConnection
    pending: tuple[str, ...]
    faults: Mapping[str, str]


class Index:
    """The index of the tables below `root`, kept in a folder of its own below `cache`."""

    def __init__(self, root: str, cache: Path) -> None:
        self.root = root
        self.folder = cache.resolve() / "browser" / hashlib.blake2b(root.encode(), digest_size=8).hexdigest()
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()
        self._looked = 0.0
        self._rest = 1.0
        self._idle = threading.Event()
        self._idle.set()

    def current(self) -> Snapshot:
        """Return the newest snapshot; start a look at the partitions where the last one is a while ago.

        Raises `UnavailableError` where there is no snapshot yet and none can be made.
        """
        with self._lock:
            if self._idle.is_set() and time.monotonic() > self._looked + self._rest:
                self._idle.clear()
                threading.Thread(target=self._look, name="etl-browser-index", daemon=True).start()
        self._idle.wait(PATIENCE if self._snapshot else FIRST_PATIENCE)
        while self._snapshot is None:
            if self._idle.wait(PATIENCE) and self._snapshot is None:
                try:
                    self.refresh()
                except OSError as error:
                    raise UnavailableError(
                        f"the index of {self.root} can't be kept in {self.folder} ({error}): "
                        "set ETL_CACHE to a folder that can be written to"
                    ) from error
        return self._snapshot

    def refresh(self) -> Snapshot:
        """Bring the index up to date and return it. Raises what reading the tables raises."""
        started = time.monotonic()
        listed = months(self.root)
        self._rest = max(1.0, REST * (time.monotonic() - started))
        wanted = {name: self._path(name, month) for name, month in listed.items()}
        missing = [name for name, path in wanted.items() if not path.exists()]
        faults: dict[str, str] = {}
        shown = time.monotonic()
        snapshot = self._publish(wanted, missing, faults)
        while missing:
            name = missing.pop(0)
            try:
                build(self.root, listed[name], wanted[name])
            except READING as error:
                log.warning("month %s of %s can't be read: %s", name, self.root, error)
                faults[name] = str(error)
            if not missing or time.monotonic() > shown + PACE:
                snapshot, shown = self._publish(wanted, missing, faults), time.monotonic()
        self._sweep(set(wanted.values()))
        self._looked = time.monotonic()
        return snapshot

    @contextmanager
    def cursor(self, seconds: float = limits.SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor on the newest snapshot that is stopped after `seconds`."""
        with self.current().connection.cursor() as cursor, limits.limited(cursor, seconds):
            yield cursor

    def rows(self, sql: str, parameters: Any = ()) -> list[dict[str, Any]]:
        """Return the rows of a parameterised query as dicts by column name."""
        with self.cursor() as cursor:
            return as_dicts(cursor.execute(sql, parameters))

    def _look(self) -> None:
        try:
            self.refresh()
        except Exception:
            log.exception("the index of %s was not brought up to date", self.root)
            self._looked, self._rest = time.monotonic(), 30.0
        finally:
            self._idle.set()

    def _path(self, name: str, month: Month) -> Path:
        return self.folder / f"{name}.{VERSION}.{month.digest or 'empty'}"

    def _publish(self, wanted: dict[str, Path], missing: list[str], faults: dict[str, str]) -> Snapshot:
        """Make a snapshot of what there is: of a month that is missing, an older state."""
        empty = self._path("none", Month())
        if not empty.exists():
            build(self.root, Month(), empty)
        older = {name: sorted(self.folder.glob(f"{name}.{VERSION}.*"))[-1:] for name in (*missing, *faults)}
        shown = [path for name, own in wanted.items() for path in older.get(name, [own])]
        spill = self.folder / "spill" / str(os.getpid())
        spill.parent.mkdir(exist_ok=True)
        self._snapshot = Snapshot(_open([empty, *shown], spill), tuple(missing), dict(faults))
        return self._snapshot

    def _sweep(self, wanted: set[Path]) -> None:
        for path in self.folder.iterdir():
            replaced = path not in wanted and not path.name.startswith("none.") and path.name != "spill"
            if replaced and time.time() - path.stat().st_mtime > KEPT:
                shutil.rmtree(path, ignore_errors=True)


def as_dicts(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the rows that `cursor` has ready as dicts by column name."""
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _open(folders: list[Path], spill: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection in which each table of the index is a view over `folders`."""
    config: dict[str, Any] = {"memory_limit": limits.MEMORY, "threads": 2, "temp_directory": str(spill)}
    connection = duckdb.connect(config=config)
    connection.execute("SET parquet_metadata_cache = true")
    for table in QUERIES:
        files = ", ".join(literal(str(folder / f"{table}.parquet")) for folder in folders)
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{files}])")
    return connection

"""Writing the WARC file of one source-day-run: whole or absent, never over an existing one."""

from __future__ import annotations

import dataclasses
import fcntl
import os
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import IO

from etl.capture.landing import cdxj, exchange
from etl.capture.landing.paths import Place, place
from etl.capture.landing.record import member
from etl.disk import sync_folder
from etl.errors import DataError
from etl.records import Capture
from etl.settings import Settings


class Writer:
    """Context manager that appends captures to a new WARC file and publishes it if all goes well.

    The CDXJ index is written beside it; one that a killed run still owes is made up for on entering. A file
    with nothing new in it (revisits only, or nothing) is not published. `published` is the file's path
    afterwards, or None. DataError if the run's file exists or another process is writing this source-day.
    """

    def __init__(
        self, settings: Settings, source_id: str, day: date | None, run_no: int | None = None
    ) -> None:
        self._place = place(settings, source_id, day)
        runs = self._place.runs()
        self._names = frozenset(runs.values())
        self._run_no = max(runs, default=-1) + 1 if run_no is None else run_no
        self._name = self._place.name(self._run_no)
        self._agent = settings.user_agent
        self._file: IO[bytes] | None = None
        self._offset = 0
        self._new = 0
        self.published: str | None = None

    def __enter__(self) -> Writer:
        """Open the unpublished file."""
        if self._run_no in self._place.runs():
            raise DataError(
                f"{self._place.path(self._name)} exists and is never overwritten; use the next run number"
            )
        self._file = _open_unpublished(self._place, self._name)
        for name in self._place.runs().values():
            if not self._place.fs.exists(cdxj.path_of(self._place, name)):
                cdxj.write(self._place, name)
        return self

    def append(self, capture: Capture) -> Capture:
        """Write the capture's records; return it with the `warc_*` fields of its own one.

        A revisit of what this source-day has keeps the place of that; one of another day's capture is new
        here. Secrets in headers are masked.
        """
        assert self._file is not None, "append() belongs inside the with block"
        if self._offset == 0:
            self._put(exchange.warcinfo(capture, self._name, self._agent))
        for hop in exchange.redirects(capture):
            self._put(hop)
        elsewhere = capture.refers_to is not None and capture.warc_file not in self._names
        known = capture.revisit_of is not None and not elsewhere
        self._new += not known
        make = exchange.response if capture.revisit_of is None else exchange.revisit
        start, length = self._put(make(capture))
        self._put(exchange.request(capture))
        if known:
            return capture
        return dataclasses.replace(capture, warc_file=self._name, warc_offset=start, warc_length=length)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Publish the file if all went well and something in it is new; else remove it."""
        assert self._file is not None
        try:
            if kind is None and self._new:
                self._publish(self._file)
            elif self._place.local:
                Path(self._file.name).unlink(missing_ok=True)
        finally:
            self._file.close()

    def _publish(self, file: IO[bytes]) -> None:
        file.flush()
        target = self._place.path(self._name)
        if self._place.local:
            os.fsync(file.fileno())
            Path(file.name).rename(target)
            sync_folder(self._place.folder)
        else:
            self._place.fs.put_file(file.name, target)
        cdxj.write(self._place, self._name)
        self.published = target

    def _put(self, record: bytes) -> tuple[int, int]:
        """Append one record as a gzip member; return its offset and length in the file."""
        assert self._file is not None
        data = member(record)
        self._file.write(data)
        start, self._offset = self._offset, self._offset + len(data)
        return start, len(data)


def _open_unpublished(place: Place, name: str) -> IO[bytes]:
    """Open the file that becomes `name` later; DataError if another process is writing it.

    What a killed run left behind is overwritten. Object storage gets a temporary file of this machine.
    """
    if not place.local:
        return NamedTemporaryFile(suffix=".warc.gz")
    folder = Path(place.folder)
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / f".{name}.partial").open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise DataError(f"another process is writing {place.path(name)}; wait for it to end") from error
    file.truncate(0)
    return file

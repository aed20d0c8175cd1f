"""Where the WARC files of a source-day are: a local folder or a prefix on object storage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from etl.settings import Settings
from etl.sources.validation import check_id

NAME = re.compile(r"(?P<source>[a-z0-9-]+)-(?P<day>\d{4}-\d\d-\d\d|undated)-(?P<run>\d+)\.warc\.gz\Z")
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one source-day. Names are made of the source id, the day and a number, and nothing else.

    `fs` is the fsspec file system that holds `folder`; `local` tells whether that is a folder of this
    machine.
    """

    fs: Any
    folder: str
    local: bool
    source_id: str
    day: date | None

    def name(self, run_no: int) -> str:
        """Return the file name of a run."""
        return f"{self.source_id}-{self.day or UNDATED}-{run_no}.warc.gz"

    def path(self, name: str) -> str:
        """Return the full path of a file in the folder."""
        return f"{self.folder}/{name}"

    def runs(self) -> dict[int, str]:
        """Return the landed files by run number, in order; half-written ones are not among them."""
        self.fs.invalidate_cache(self.folder)
        try:
            paths = self.fs.ls(self.folder, detail=False)
        except FileNotFoundError:
            return {}
        found = {}
        for path in paths:
            name = str(path).rpartition("/")[2]
            match = NAME.match(name)
            if match and match["source"] == self.source_id and match["day"] == str(self.day or UNDATED):
                found[int(match["run"])] = name
        return dict(sorted(found.items()))

    def of_file(self, name: str) -> Place | None:
        """Return the place beside this one that a landed file called `name` has, None for no such name."""
        match = NAME.match(name)
        if match is None:
            return None
        day = None if match["day"] == UNDATED else date.fromisoformat(match["day"])
        landing = self.folder.rsplit("/", 2)[0]
        return replace(
            self, folder=_folder(landing, match["source"], day), source_id=match["source"], day=day
        )


def partitions(settings: Settings) -> Iterator[tuple[str, date | None]]:
    """Yield source id and day (None: undated) of every source-day that has a landed file, in order."""
    fs, root, _ = _root(settings)
    found = set()
    for path in fs.find(f"{root}/landing"):
        match = NAME.match(str(path).rpartition("/")[2])
        if match:
            found.add((match["source"], match["day"]))
    for source_id, day in sorted(found):
        yield source_id, None if day == UNDATED else date.fromisoformat(day)


def names(settings: Settings, source_id: str) -> frozenset[str]:
    """Return the names of all landed files of a source."""
    fs, root, _ = _root(settings)
    found = (str(path).rpartition("/")[2] for path in fs.find(f"{root}/landing/source_id={source_id}"))
    return frozenset(name for name in found if NAME.match(name))


def place(settings: Settings, source_id: str, day: date | None) -> Place:
    """Return the place of a source-day below `<data>/landing/`; ValueError for an id that is no id."""
    check_id(source_id)
    fs, root, local = _root(settings)
    return Place(fs, _folder(f"{root}/landing", source_id, day), local, source_id, day)


def _folder(landing: str, source_id: str, day: date | None) -> str:
    return f"{landing}/source_id={source_id}/day={day or UNDATED}"


def _root(settings: Settings) -> tuple[Any, str, bool]:
    """Return the file system of the data, its root there, and whether that is a folder of this machine."""
    import fsspec

    fs, root = fsspec.core.url_to_fs(settings.data)
    protocols = fs.protocol if isinstance(fs.protocol, tuple) else (fs.protocol,)
    return fs, root.rstrip("/"), "file" in protocols

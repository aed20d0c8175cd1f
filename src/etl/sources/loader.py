"""Reading source definitions: the shipped ones and those in the folders that `Settings.sources` names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from etl.errors import UsageError
from etl.settings import Settings
from etl.sources.model import Source

SHIPPED = Path(__file__).parent / "definitions"


@dataclass(frozen=True, slots=True)
class SourceFault:
    """A definition that could not be used: its file and a sentence that names the field."""

    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """The usable sources by id, and the faults of the others."""

    sources: dict[str, Source]
    faults: list[SourceFault]


def read(path: Path, environ: Mapping[str, str] | None = None) -> Source:
    """Return the source that a TOML file defines; UsageError names file and field if it is wrong."""
    try:
        source = msgspec.toml.decode(path.read_bytes(), type=Source)
        override = (os.environ if environ is None else environ).get(source.base_env or "")
        return msgspec.structs.replace(source, base=override) if override else source
    except (msgspec.DecodeError, ValueError, OSError) as error:
        raise UsageError(f"{path}: {error}") from error


def load_all(settings: Settings, environ: Mapping[str, str] | None = None) -> Loaded:
    """Return every usable source and every fault. One broken file never hides another.

    A folder of `settings.sources` may replace a shipped source by defining the same id; the same id twice in
    one folder is a fault of the later file.
    """
    loaded = Loaded({}, [])
    for folder in (SHIPPED, *settings.sources):
        if not folder.is_dir():
            loaded.faults.append(SourceFault(str(folder), "is not a folder of source definitions"))
            continue
        seen: dict[str, Path] = {}
        for path in _definitions(folder, loaded.faults):
            try:
                source = read(path, environ)
            except UsageError as error:
                loaded.faults.append(SourceFault(str(path), str(error).removeprefix(f"{path}: ")))
                continue
            if source.id in seen:
                detail = f"`id` {source.id!r} is already defined by {seen[source.id].name}"
                loaded.faults.append(SourceFault(str(path), detail))
                continue
            seen[source.id] = path
            loaded.sources[source.id] = source
    return loaded


def get(source_id: str, settings: Settings, environ: Mapping[str, str] | None = None) -> Source:
    """Return one source; UsageError with the known ids if there is none, or with the fault of its file."""
    loaded = load_all(settings, environ)
    if source_id in loaded.sources:
        return loaded.sources[source_id]
    for fault in loaded.faults:
        if Path(fault.path).stem == source_id:
            raise UsageError(f"source {source_id!r} is defined wrongly in {fault.path}: {fault.detail}")
    known = ", ".join(sorted(loaded.sources))
    raise UsageError(f"there is no source {source_id!r}; known sources: {known}")


def _definitions(folder: Path, faults: list[SourceFault]) -> Iterator[Path]:
    """Yield the TOML files of a folder by name; a link that leads out of the folder is a fault."""
    for path in sorted(folder.glob("*.toml")):
        if path.resolve().parent == folder.resolve():
            yield path
        else:
            faults.append(SourceFault(str(path), "is a link that leads out of its folder"))

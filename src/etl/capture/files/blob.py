"""A file to import, wherever it is: on this machine or on object storage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from etl.errors import EtlError, UnavailableError, UsageError

BLOCK = 1 << 20
SCHEMES = ("file", "s3", "memory")
"""Where files may come from; web addresses are fetched by capture alone, politely."""


def is_local(fs: Any) -> bool:
    """Tell whether an fsspec file system is this machine's."""
    protocols = fs.protocol if isinstance(fs.protocol, tuple) else (fs.protocol,)
    return "file" in protocols


@contextmanager
def asking(fs: Any, what: str) -> Iterator[None]:
    """Make whatever goes wrong with object storage an `UnavailableError`; a missing file stays what it is."""
    try:
        yield
    except (EtlError, FileNotFoundError):
        raise
    except Exception as error:
        if is_local(fs):
            raise
        raise UnavailableError(
            f"{what} cannot be read now ({error}); check address and credentials, or run again later"
        ) from error


class Remote:
    """A stream of object storage whose failures are `UnavailableError`: the run ends and can be repeated.

    Readers of archives take an OSError for a broken record and step over it; that would lose what is sound.
    """

    def __init__(self, stream: IO[bytes], fs: Any, name: str) -> None:
        self._stream = stream
        self._fs = fs
        self._name = name

    def read(self, size: int = -1) -> bytes:
        """Read as the stream does."""
        with asking(self._fs, self._name):
            return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Seek as the stream does."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Tell as the stream does."""
        return self._stream.tell()

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()

    def __enter__(self) -> Remote:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the stream."""
        self.close()


@dataclass(frozen=True, slots=True)
class Blob:
    """One file: `path` on the fsspec file system `fs`; `name` is what it is called in rows and messages."""

    fs: Any
    path: str
    name: str

    @property
    def url(self) -> str:
        """Return where the file is, as `at` takes it."""
        return str(self.fs.unstrip_protocol(self.path))

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        with asking(self.fs, self.name):
            return int(self.fs.size(self.path))

    @property
    def modified(self) -> datetime:
        """Return when the file was last written, in UTC, to the second."""
        moment: datetime = self.fs.modified(self.path)
        return (
            (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
        )

    def open(self) -> IO[bytes]:
        """Return the file opened for reading; a store that stops answering is no fault of the file's."""
        with asking(self.fs, self.name):
            stream: IO[bytes] = self.fs.open(self.path, "rb")
        return stream if is_local(self.fs) else cast(IO[bytes], Remote(stream, self.fs, self.name))

    def fingerprint(self) -> str:
        """Return what tells this content from another: of the bytes, on object storage of their ETag.

        A file there is read once only, and large ones are not read to be told apart.
        """
        if not is_local(self.fs):
            with asking(self.fs, self.name):
                tag = self.fs.info(self.path).get("ETag") or self.fs.ukey(self.path)
            return hashlib.blake2b(f"{self.size} {tag}".encode(), digest_size=8).hexdigest()
        content = hashlib.blake2b(digest_size=8)
        with self.open() as file:
            while block := file.read(BLOCK):
                content.update(block)
        return content.hexdigest()

    def read(self) -> bytes:
        """Return the whole file."""
        data: bytes = self.fs.cat_file(self.path)
        return data


def at(url: str, name: str) -> Blob:
    """Return the file at a path or `s3://` URL, called `name`; UsageError for another scheme."""
    fs, path = locate(url)
    return Blob(fs, path, name)


def locate(place: str) -> tuple[Any, str]:
    """Return file system and path of a path or URL; UsageError for a scheme that is none of `SCHEMES`."""
    import fsspec

    scheme, mark, _ = place.partition("://")
    if not mark:
        return fsspec.filesystem("file"), str(Path(place).resolve())
    if scheme not in SCHEMES or "::" in place:
        raise UsageError(
            f"{place} cannot be imported: give paths or s3:// URLs, and capture web sites by a source"
        )
    try:
        fs, path = fsspec.core.url_to_fs(place)
    except ImportError as error:
        raise UsageError(f"{place} cannot be read ({error}); install the extra `s3`") from error
    return fs, str(path)

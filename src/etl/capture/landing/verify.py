"""Whether the landing zone is whole: records and their digests, files and indexes, repeats and bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from etl.capture.landing import cdxj
from etl.capture.landing.exchange import BODY_DIGEST
from etl.capture.landing.paths import Place, place
from etl.capture.landing.reader import capture_of, whole
from etl.capture.landing.scan import scan
from etl.errors import DataError
from etl.settings import Settings


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be, and where."""

    path: str
    detail: str


def verify(settings: Settings, source_id: str, day: date | None) -> Iterator[Fault]:
    """Yield the faults of the landed files of a source-day; none at all means that they are whole."""
    where = place(settings, source_id, day)
    bodies: set[str] = set()
    for name in where.runs().values():
        path = where.path(name)
        whole = True
        try:
            for detail, offset, _ in scan(where, name, partial(_fault, where, name, bodies)):
                whole = False
                yield Fault(path, f"the record at offset {offset} {detail}")
        except DataError as error:
            yield Fault(path, str(error))
            continue
        if whole:
            yield from _index_fault(where, name)


def _fault(where: Place, name: str, bodies: set[str], record: Any) -> str | None:
    """Return what is wrong with a record, or None; `bodies` collects the digests of bodies that are there."""
    from fastwarc.warc import WarcRecordType

    fields = record.headers
    if "WARC-Block-Digest" in fields and not record.verify_block_digest():
        return "is not the one that was written (block digest)"
    digest = fields.get(BODY_DIGEST)
    if record.record_type == WarcRecordType.response:
        record.parse_http(auto_decode="none")
        if "WARC-Payload-Digest" in fields and not record.verify_payload_digest():
            return "has another body than was written (payload digest)"
        if digest:
            bodies.add(digest)
    elif record.record_type == WarcRecordType.revisit:
        return _revisit_fault(where, name, bodies, record)
    return None


def _revisit_fault(where: Place, name: str, bodies: set[str], record: Any) -> str | None:
    """Return what is wrong with what a revisit refers to, or None: it is there, with its body."""
    revisit = capture_of(where, name, record)
    if revisit is None:
        known = record.headers.get(BODY_DIGEST) in bodies
        return None if known else "repeats a body that did not land before it"
    try:
        whole(where, revisit)
    except DataError as error:
        return f"refers to what is not there: {error}"
    return None


def _index_fault(where: Place, name: str) -> Iterator[Fault]:
    path = cdxj.path_of(where, name)
    try:
        written = where.fs.cat_file(path)
    except FileNotFoundError:
        yield Fault(path, "the index is missing; the next capture of the day writes it")
        return
    if written != cdxj.build(where, name):
        yield Fault(
            path, "the index does not fit its WARC file; remove it, and the next capture writes it anew"
        )

"""The CDXJ index beside each WARC file: which address lies where, as replay tools read it.

One line for each response and revisit, sorted: SURT key, 14-digit time, JSON (the form of pywb and
OpenWayback). It is made from the WARC file alone, so it can be made again at any time.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from etl.capture.landing.paths import Place
from etl.capture.landing.scan import scan

SUFFIX = ".cdxj"


def path_of(where: Place, name: str) -> str:
    """Return the path of the index of the WARC file `name`."""
    return where.path(name.removesuffix(".warc.gz") + SUFFIX)


def build(where: Place, name: str) -> bytes:
    """Return the index of a landed WARC file; DataError if the file cannot be read."""
    lines = []
    for (key, stamp, told), offset, length in scan(where, name, _entry):
        told |= {"length": str(length), "offset": str(offset), "filename": name}
        lines.append(f"{key} {stamp} {json.dumps(told, ensure_ascii=False)}\n")
    return "".join(sorted(lines)).encode()


def write(where: Place, name: str) -> None:
    """Write the index beside the WARC file `name`, whole or not at all."""
    path = path_of(where, name)
    data = build(where, name)
    if where.local:
        new = Path(f"{path}.partial")
        new.write_bytes(data)
        new.rename(path)
    else:
        where.fs.pipe_file(path, data)


def surt(url: str) -> str:
    """Return the sort-friendly key of an address: host reversed, then path and query, all in lower case."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    labels = [host] if host.replace(".", "").isdecimal() or ":" in host else reversed(host.split("."))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = "?" + "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return f"{','.join(labels)}{port}){parts.path.lower() or '/'}{query}"


def _entry(record: Any) -> tuple[str, str, dict[str, str]] | None:
    from fastwarc.warc import WarcRecordType

    if record.record_type not in (WarcRecordType.response, WarcRecordType.revisit):
        return None
    fields = record.headers
    url = fields["WARC-Target-URI"]
    moment = datetime.fromisoformat(fields["WARC-Date"]).astimezone(UTC)
    record.parse_http(auto_decode="none")
    revisit = record.record_type == WarcRecordType.revisit
    told = {
        "url": url,
        "mime": "warc/revisit" if revisit else (record.http_content_type or "unk").partition(";")[0],
        "status": str(record.http_headers.status_code),
        "digest": fields.get("WARC-Payload-Digest") or "-",
    }
    return surt(url), moment.strftime("%Y%m%d%H%M%S"), told

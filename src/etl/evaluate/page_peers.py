"""Other extractors under the same scorer, where the bench group is installed."""

from __future__ import annotations

import importlib
import re
from typing import Any

from etl.evaluate.pages import Extractor, Prediction
from etl.records import Capture

_CHARSET = re.compile(rb"charset=[\"']?\s*([\w-]+)", re.IGNORECASE)


def installed() -> dict[str, Extractor]:
    """Return the peers that can be imported, by name."""
    found: dict[str, Extractor] = {}
    for name, module, build in (
        ("trafilatura", "trafilatura", _trafilatura),
        ("gne", "gne", _gne),
        ("readability", "readability", _readability),
    ):
        try:
            found[name] = build(importlib.import_module(module))
        except ImportError:
            continue
    return found


def _trafilatura(module: Any) -> Extractor:
    def extract(saved: Capture) -> Prediction:
        """Return what trafilatura reads: title, date, site, authors, text."""
        document = module.bare_extraction(saved.body, with_metadata=True)
        if document is None:
            return {"file": saved.url}
        data = document if isinstance(document, dict) else document.as_dict()
        return {
            "file": saved.url,
            "title": data.get("title"),
            "published_at": data.get("date"),
            "media_source": data.get("sitename"),
            "reporters": [name.strip() for name in (data.get("author") or "").split(";") if name.strip()],
            "text": data.get("text") or data.get("raw_text"),
        }

    return extract


def _gne(module: Any) -> Extractor:
    extractor = module.GeneralNewsExtractor()

    def extract(saved: Capture) -> Prediction:
        """Return what GNE reads: title, time, author, text."""
        try:
            data = extractor.extract(_text(saved.body))
        except Exception:  # it raises where it finds no text
            return {"file": saved.url}
        return {
            "file": saved.url,
            "title": data.get("title"),
            "published_at": (data.get("publish_time") or "").replace(" ", "T"),
            "reporters": [data["author"]] if data.get("author") else [],
            "text": data.get("content"),
        }

    return extract


def _readability(module: Any) -> Extractor:
    fromstring = importlib.import_module("lxml.html").fromstring

    def extract(saved: Capture) -> Prediction:
        """Return what readability-lxml reads: title and text."""
        document = module.Document(_text(saved.body))
        try:
            text = fromstring(document.summary()).text_content()
        except Exception:  # it raises on pages without text
            return {"file": saved.url}
        return {"file": saved.url, "title": document.short_title(), "text": text}

    return extract


def _text(body: bytes) -> str:
    """Read a page as a user of these tools does: UTF-8 if it is, else as declared."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        label = _CHARSET.search(body[:4096])
        name = label.group(1).decode("ascii").lower() if label else "gb18030"
        return body.decode("gb18030" if name.startswith("gb") else name, "replace")

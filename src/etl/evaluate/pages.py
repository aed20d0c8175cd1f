"""Figures of the page extractor against a gold of saved pages.

A gold is a folder with `gold.json` (a list of objects: file, true_encoding, title, publish_time, source, author,
body_first, body_last, body_must, body_must_not), `bodies.json` (file to paragraphs) and the pages themselves.
"""

from __future__ import annotations

import json
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from etl import decode, page
from etl.errors import DataError
from etl.records import Capture, Draft, Reject, make_id

Gold = Mapping[str, Any]
Prediction = dict[str, Any]
Extractor = Callable[[Path, bytes], Prediction]
FETCHED = datetime(2100, 1, 1, tzinfo=UTC)
"""Gold pages were fetched at unknown times; a time after which none of them was published."""


@dataclass(slots=True)
class Scores:
    """Figures of one extractor. Every share is 0.0 to 1.0; `seconds` are CPU seconds over all pages."""

    pages: int = 0
    shares: dict[str, tuple[float, int]] = field(default_factory=dict)
    seconds: float = 0.0

    def share(self, name: str) -> float:
        """Return the mean of a figure over the pages that its gold covers."""
        right, total = self.shares.get(name, (0.0, 0))
        return right / total if total else 0.0


def load(folder: Path) -> tuple[list[Gold], Mapping[str, list[str]]]:
    """Return gold rows and bodies of `folder`; raises `DataError` where a file is missing or malformed."""
    try:
        rows = json.loads((folder / "gold.json").read_text("utf-8"))
        bodies = json.loads((folder / "bodies.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{folder} is no gold of pages (gold.json, bodies.json and the pages): {error}"
        ) from None
    return rows, bodies


def predict(path: Path, body: bytes) -> Prediction:
    """Return what huiyi-etl makes of a saved page: one object of the predictions file."""
    capture = Capture(
        make_id("gold", path.name), "gold", None, path.name, path.name, 200, (), FETCHED, body, sha256(body).hexdigest()
    )  # fmt: skip
    text = decode.decode(capture)
    if isinstance(text, Reject):
        return {"file": path.name, "charset": None, "reject": text.reason}
    draft = page.extract(text)
    if isinstance(draft, Reject):
        return {"file": path.name, "charset": text.charset_used, "reject": draft.reason}
    return {"file": path.name, "charset": text.charset_used, **_fields(draft)}


def _fields(draft: Draft) -> Prediction:
    at, precision = draft.published_at, draft.published_precision
    stamp = None if at is None else at.isoformat() if precision == "minute" else at.date().isoformat()
    return {
        "title": draft.title,
        "published_at": stamp,
        "media_source": draft.media_source,
        "reporters": list(draft.reporters),
        "photographers": list(draft.photographers),
        "editors": list(draft.editors),
        "text": draft.text,
        "layout": draft.layout,
    }


def run(folder: Path, extractor: Extractor = predict) -> tuple[list[Prediction], Scores]:
    """Run `extractor` over the gold pages of `folder`; return its predictions and their figures."""
    rows, bodies = load(folder)
    predictions: list[Prediction] = []
    scores = Scores(pages=len(rows))
    sums: dict[str, list[float]] = {}
    for row in rows:
        path = folder / row["file"]
        body = path.read_bytes()
        started = time.process_time()
        found = extractor(path, body)
        scores.seconds += time.process_time() - started
        predictions.append(found)
        for name, value in judge(found, row, bodies.get(row["file"], ())).items():
            sums.setdefault(name, []).append(value)
    scores.shares = {name: (sum(values), len(values)) for name, values in sums.items()}
    return predictions, scores


def judge(found: Prediction, gold: Gold, paragraphs: Iterable[str]) -> dict[str, float]:
    """Return the figures of one page; a figure is absent where the gold says nothing.

    Text is compared without white space and with NFKC forms. `author` counts when any gold author is among the
    reporters or editors found, `source` when gold and found contain one another, `minute` where the gold has one.
    """
    text = normal(found.get("text"))
    foreign = [normal(s) in text for s in gold["body_must_not"]]
    snippets = [gold["body_first"], gold["body_last"], *gold["body_must"]]
    out = {
        "body perfect": float(all(normal(s) in text for s in snippets) and not any(foreign)),
        "4-gram F1": f1(grams(text), grams(normal("".join(paragraphs)))),
        "must_not": sum(foreign) / max(len(foreign), 1),
    }
    if found.get("charset") and gold.get("true_encoding"):
        out["charset"] = float(found["charset"] == gold["true_encoding"])
    if gold["title"]:
        out["title"] = float(normal(found.get("title")) == normal(gold["title"]))
    if gold["publish_time"]:
        stamp = found.get("published_at") or ""
        out["day"] = float(stamp[:10] == gold["publish_time"][:10])
        if len(gold["publish_time"]) > 10:
            out["minute"] = float(stamp[:16] == gold["publish_time"][:16])
    authors = (
        gold["author"] if isinstance(gold["author"], list) else [gold["author"]] if gold["author"] else []
    )
    if authors:
        names = [normal(n) for key in ("reporters", "editors") for n in found.get(key) or ()]
        out["author"] = float(any(normal(a) == n for a in authors for n in names))
    if gold["source"]:
        source, wanted = normal(found.get("media_source")), normal(gold["source"])
        out["source"] = float(bool(source) and (source in wanted or wanted in source))
    return out


def normal(text: str | None) -> str:
    """Return `text` in NFKC without white space."""
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def grams(text: str, size: int = 4) -> Counter[str]:
    """Return the character n-grams of `text` as a multiset."""
    return Counter(text[i : i + size] for i in range(len(text) - size + 1))


def f1(found: Counter[str], wanted: Counter[str]) -> float:
    """Return the harmonic mean of precision and recall of two multisets."""
    both = sum((found & wanted).values())
    total = sum(found.values()) + sum(wanted.values())
    return 2 * both / total if total else 0.0

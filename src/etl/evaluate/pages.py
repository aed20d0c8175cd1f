"""Figures of the page extractor against a gold of saved pages.

A gold is a folder with `gold.json` (a list of objects: file, true_encoding, title, publish_time, source,
author, body_first, body_last, body_must, body_must_not), `bodies.json` (file to paragraphs) and the pages
themselves.
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
from etl.meeting import credits
from etl.page.dates import CHINA
from etl.records import Capture, Draft, Reject, make_id

Gold = Mapping[str, Any]
Prediction = dict[str, Any]
Extractor = Callable[[Capture], Prediction]
FETCHED = datetime(2100, 1, 1, tzinfo=UTC)
"""Gold pages were fetched at unknown times; a time after which none of them was published."""

FIGURES = ("body perfect", "4-gram F1", "must_not", "title", "day", "minute", "author", "source", "charset")
"""Shares of `Scores` in the order of the table; of must_not less is better."""


@dataclass(slots=True)
class Scores:
    """Figures of one extractor: sums and counts of shares (each 0.0 to 1.0), CPU seconds of each page."""

    sums: dict[str, tuple[float, int]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def share(self, name: str) -> float | None:
        """Return the mean of a figure over the pages that its gold covers; None where it covers none."""
        total, count = self.sums.get(name, (0.0, 0))
        return total / count if count else None

    def add(self, name: str, value: float) -> None:
        """Count one page's share of a figure."""
        total, count = self.sums.get(name, (0.0, 0))
        self.sums[name] = (total + value, count + 1)

    @property
    def rate(self) -> float:
        """Pages per CPU second."""
        return len(self.seconds) / (sum(self.seconds) or 1e-9)

    @property
    def p95(self) -> float:
        """95th percentile of the CPU seconds of a page."""
        return sorted(self.seconds)[max(0, -(-95 * len(self.seconds) // 100) - 1)] if self.seconds else 0.0


def load(folder: Path) -> tuple[list[Gold], Mapping[str, list[str]]]:
    """Return gold rows and bodies of `folder`; raises `DataError` where a file is missing or malformed."""
    try:
        rows = json.loads((folder / "gold.json").read_text("utf-8"))
        bodies = json.loads((folder / "bodies.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{folder} is no gold of pages (gold.json, bodies.json, the pages): {error}"
        ) from None
    missing = [row["file"] for row in rows if not (folder / row["file"]).is_file()]
    if missing or not rows:
        raise DataError(
            f"{folder}: gold.json names pages that are not there: {', '.join(missing[:5]) or 'none'}"
        )
    return rows, bodies


def capture(path: Path, body: bytes) -> Capture:
    """Return a saved page as a capture without headers."""
    name = path.name
    digest = sha256(body).hexdigest()
    return Capture(make_id("gold", name), "gold", None, name, name, 200, (), FETCHED, body, digest)


def predict(saved: Capture, *, by_profile: bool = True) -> Prediction:
    """Return what huiyi-etl makes of a saved page: one object of the predictions file.

    Decoded, extracted (without CMS profiles if not `by_profile`), credits in the text added as the pipeline
    adds them; not repaired, for gold text is as printed.
    """
    text = decode.decode(saved)
    if isinstance(text, Reject):
        return {"file": saved.url, "charset": None, "reject": text.reason}
    draft = page.extract(text, by_profile=by_profile)
    if isinstance(draft, Reject):
        return {"file": saved.url, "charset": text.charset_used, "reject": draft.reason}
    return {"file": saved.url, "charset": text.charset_used, **_fields(draft)}


def _fields(draft: Draft) -> Prediction:
    at, precision = draft.published_at, draft.published_precision
    stamp = None
    if at is not None:
        local = at.astimezone(CHINA)
        stamp = local.isoformat() if precision == "minute" else local.date().isoformat()
    printed = credits.read(draft.text)
    return {
        "title": draft.title,
        "published_at": stamp,
        "media_source": draft.media_source or printed.media_source,
        "reporters": list(draft.reporters or printed.reporters),
        "photographers": list(draft.photographers or printed.photographers),
        "editors": list(draft.editors or printed.editors),
        "text": draft.text,
        "layout": draft.layout,
    }


def run(folder: Path, extractor: Extractor = predict, rounds: int = 3) -> tuple[list[Prediction], Scores]:
    """Run `extractor` over the gold pages of `folder`; return its predictions and their figures.

    Each page is extracted `rounds` times and the least time counts: tables and patterns are loaded once.
    """
    rows, bodies = load(folder)
    predictions: list[Prediction] = []
    scores = Scores()
    for row in rows:
        saved = capture(folder / row["file"], (folder / row["file"]).read_bytes())
        spent: list[float] = []
        found: Prediction = {}
        for _ in range(rounds):
            started = time.process_time()
            found = extractor(saved)
            spent.append(time.process_time() - started)
        scores.seconds.append(min(spent))
        predictions.append(found)
        for name, value in judge(found, row, bodies.get(row["file"], ())).items():
            scores.add(name, value)
    return predictions, scores


def judge(found: Prediction, gold: Gold, paragraphs: Iterable[str]) -> dict[str, float]:
    """Return the figures of one page; a figure is absent where the gold says nothing.

    Text is compared without white space and with NFKC forms. The gold's author is whoever the page credits
    with the text or its editing, so `author` counts when any of them is among the reporters or editors
    found. `source` counts when gold and found contain one another, `minute` where the gold knows one.
    """
    text = normal(found.get("text"))
    foreign = [normal(snippet) in text for snippet in gold["body_must_not"]]
    snippets = [normal(snippet) for snippet in (gold["body_first"], gold["body_last"], *gold["body_must"])]
    out = {
        "body perfect": float(all(snippet in text for snippet in snippets) and not any(foreign)),
        "4-gram F1": f1(grams(text), grams(normal("".join(paragraphs)))),
        "must_not": sum(foreign) / max(len(foreign), 1),
    }
    if gold.get("true_encoding"):
        out["charset"] = float(found.get("charset") == gold["true_encoding"])
    if gold["title"]:
        out["title"] = float(normal(found.get("title")) == normal(gold["title"]))
    if when := gold["publish_time"]:
        stamp = found.get("published_at") or ""
        out["day"] = float(stamp[:10] == when[:10])
        if len(when) > 10:
            out["minute"] = float(stamp[:16] == when[:16])
    authors = gold["author"] if isinstance(gold["author"], list) else [gold["author"]]
    if wanted := {normal(author) for author in authors if author}:
        names = {normal(name) for key in ("reporters", "editors") for name in found.get(key) or ()}
        out["author"] = float(bool(wanted & names))
    if source := normal(gold["source"]):
        own = normal(found.get("media_source"))
        out["source"] = float(bool(own) and (own in source or source in own))
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

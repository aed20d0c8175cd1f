"""Rows of a run, gathered page by page into Arrow columns, so that no page is kept as an object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

import pyarrow as pa

from etl import log
from etl.catalog.prints import Print, find, print_of
from etl.dataset import checks, rows, schemas, writer
from etl.pipeline import Processed
from etl.records import Capture, MeetingReport, Reject

Place = tuple[date, str]
"""Day of the partition (`date.min`: unknown) and address of the page that a row belongs to."""


@dataclass(slots=True)
class Sheet:
    """Rows of one table: whole batches as Arrow, the last ones as mappings, and the place of each."""

    pending: list[Mapping[str, Any]] = field(default_factory=list)
    batches: list[pa.RecordBatch] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Gathered:
    """The rows of a run by table, and its counts. `run_key` goes into each reject's row.

    Rows come out by day and address of their page, those of one page in the order in which they were added:
    the same pages in any order give the same tables.
    """

    run_key: str
    taken: int = 0
    lost_chars: int = 0
    text_chars: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    prints: list[Print] = field(default_factory=list)

    def capture(self, capture: Capture, day: date | None) -> None:
        """Add the row of a capture."""
        self._add("captures", (day or date.min, capture.url), [rows.capture_row(capture)])

    def page(self, processed: Processed, day: date | None) -> None:
        """Add the rows of a page; a report that contradicts its article's text becomes a reject."""
        article = processed.article
        place = (day or date.min, article.url)
        self._add("articles", place, [rows.article_row(article)])
        self.prints.append(print_of(article))
        self.lost_chars += article.lost_chars
        self.text_chars += len(article.text) + len(article.text_original)
        for reject in processed.rejects:
            self.reject(reject, day)
        seen: set[str] = set()
        for report in processed.reports:
            faults = checks.report_faults(article, report)
            if report.report_id in seen:
                faults.append(f"meeting_reports repeat the key {report.report_id}")
            seen.add(report.report_id)
            if faults:
                self.reject(_contradiction(processed, faults), day)
            else:
                self._report(report, place)

    def reject(self, reject: Reject, day: date | None) -> None:
        """Add the row of a reject to the partition of `day`."""
        self.rejects[f"{reject.stage}/{reject.reason}"] += 1
        log.info(
            "reject",
            source=reject.source_id,
            day=reject.day,
            stage=reject.stage,
            reason=reject.reason,
            url=reject.url,
            capture_id=reject.capture_id,
            detail=reject.detail,
        )
        row = rows.reject_row(reject, self.run_key)
        self._add("rejects", (day or date.min, reject.url or ""), [row])

    def tables(self, name: str) -> dict[date | None, pa.Table]:
        """Return the rows of table `name` by day (None: unknown), in their order."""
        sheet = self.sheets.get(name, Sheet())
        whole = pa.Table.from_batches(
            [*sheet.batches, *writer.batches(name, sheet.pending)], schema=schemas.table(name).schema
        )
        if name == "articles":
            whole = _with_duplicates(whole, self.prints)
        return dict(_by_day(whole, sheet.places))

    def _report(self, report: MeetingReport, place: Place) -> None:
        for name, found in rows.report_rows(report).items():
            self._add(name, place, found)

    def _add(self, name: str, place: Place, found: Iterable[Mapping[str, Any]]) -> None:
        sheet = self.sheets.setdefault(name, Sheet())
        before = len(sheet.pending)
        sheet.pending.extend(found)
        sheet.places.extend([place] * (len(sheet.pending) - before))
        if len(sheet.pending) >= writer.BATCH_ROWS:
            sheet.batches.extend(writer.batches(name, sheet.pending))
            sheet.pending.clear()


def _contradiction(processed: Processed, faults: list[str]) -> Reject:
    article = processed.article
    detail = "; ".join(faults[:5]) + (f" and {len(faults) - 5} more" if len(faults) > 5 else "")
    return Reject(
        "meeting", "contradiction", detail, article.source_id, article.day, article.url, article.capture_id
    )


def _with_duplicates(articles: pa.Table, found: list[Print]) -> pa.Table:
    """Return `articles` with the column duplicate_of filled from the texts' prints."""
    first = find(found)
    column = pa.array([first.get(str(key)) for key in articles["article_id"].to_pylist()], type=pa.string())
    return articles.set_column(articles.schema.get_field_index("duplicate_of"), "duplicate_of", column)


def _by_day(whole: pa.Table, places: list[Place]) -> Iterator[tuple[date | None, pa.Table]]:
    """Yield the rows of each day, by address, rows of one address in the order given."""
    order = sorted(range(len(places)), key=places.__getitem__)
    for day, group in groupby(order, key=lambda index: places[index][0]):
        yield (None if day == date.min else day), whole.take(pa.array(list(group), type=pa.int64()))

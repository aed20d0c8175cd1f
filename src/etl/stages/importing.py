"""Import: saved pages, folders and WARC files become the same tables, by the day that each page states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from etl import sources
from etl.capture import files
from etl.dataset import Written, checks, schemas, store, write_partition
from etl.pipeline import published_day, reject
from etl.records import Capture, Reject, StageReport
from etl.settings import Settings
from etl.sources import Source
from etl.stages import series, shards
from etl.stages.gather import Gathered
from etl.stages.partition import PARSED, Clock, Run, conclude
from etl.stages.series import Outcome

CHUNK_PAGES = 5_000
CHUNK_CHARS = 100_000_000
"""Pages, and characters of text in them, whose rows are kept in memory and written together."""

TABLES = ("captures", *PARSED, "rejects")


def import_paths(
    paths: Sequence[str | Path],
    *,
    settings: Settings,
    clock: Clock,
    source_id: str = "files",
    tell: Callable[[int], None] = lambda _: None,
) -> list[StageReport]:
    """Import each path (a saved page, a text file, a WARC file, or a folder of them) as one shard.

    The rows of a shard stand in files named by its digest, in the partition of each page's publish date
    (rejects and pages without one: of the unknown day), so the same shard imported again replaces its own
    rows and nothing else. Pages that continue one another are one article. `tell` is called with 1 for each
    page. Returns one report per chunk of a shard. Raises `UsageError` for a path that is not there and one
    without pages, before anything is written.
    """
    source = sources.get(source_id, settings)
    reports = []
    for shard in [shards.read(path) for path in paths]:
        reports += _import(shard, source, settings, clock, tell)
    return reports


def _import(
    shard: shards.Shard, source: Source, settings: Settings, clock: Clock, tell: Callable[[int], None]
) -> list[StageReport]:
    pages = files.read([shard.path], source_id=source.id, max_body=settings.max_body)
    seen: set[str] = set()
    reports: list[StageReport] = []
    kept: set[str] = set()
    while True:
        started_at = clock()
        gathered = Gathered(shard.digest)
        for found in series.articles(_fresh(pages, gathered, seen, tell), source, settings):
            _add(found, source, gathered, seen)
        if not gathered.taken and reports:
            break
        name = f"{shard.digest}-{len(reports)}"
        run = Run("import", source.id, None, shard.digest, name, name, started_at)
        written, rates = _write(run, gathered, settings)
        kept |= {file.path for group in written.values() for file in group}
        reports.append(conclude(run, gathered, written, rates, settings, clock))
    _sweep(shard, source, kept, settings)
    return reports


def _fresh(
    pages: Iterator[Capture | Reject], gathered: Gathered, seen: set[str], tell: Callable[[int], None]
) -> Iterator[Capture]:
    """Yield the pages of the next chunk; one that the shard has shown before is a reject."""
    for page in pages:
        gathered.taken += 1
        tell(1)
        if isinstance(page, Reject):
            gathered.reject(page, None)
        elif page.capture_id in seen:
            gathered.reject(reject(page, "import", "repeated", "the shard holds the same page before"), None)
        else:
            seen.add(page.capture_id)
            yield page
        if gathered.taken >= CHUNK_PAGES or gathered.text_chars >= CHUNK_CHARS:
            return


def _add(found: Outcome, source: Source, gathered: Gathered, seen: set[str]) -> None:
    """Add the rows of an article, or of a page that is none; a second version of an article is a reject."""
    first, result = found.captures[0], found.result
    if not isinstance(result, Reject) and result.article.article_id in seen:
        result = reject(first, "import", "repeated", "the shard holds another version of the page before")
    day = None if isinstance(result, Reject) else published_day(result.article, source)
    for capture in found.captures:
        gathered.capture(capture, day)
    if isinstance(result, Reject):
        gathered.reject(result, None)
    else:
        seen.add(result.article.article_id)
        gathered.page(result, day)


def _write(
    run: Run, gathered: Gathered, settings: Settings
) -> tuple[dict[str, list[Written]], dict[str, float]]:
    """Write the rows of a chunk by day; a table without rows gets one empty file, so that it can be read."""
    written: dict[str, list[Written]] = {}
    rates: dict[str, float] = {}
    for table in TABLES:
        days = gathered.tables(table) or {None: schemas.table(table).schema.empty_table()}
        if table != "rejects":
            rates |= checks.fill_rates(table, pa.concat_tables(days.values()))
        written[table] = [
            write_partition(settings.data, table, run.source_id, day, rows, name=run.file)
            for day, rows in days.items()
        ]
    return written, rates


def _sweep(shard: shards.Shard, source: Source, kept: set[str], settings: Settings) -> None:
    """Remove files that an earlier import of the same shard wrote and this one no longer has."""
    for table in TABLES:
        for path in store.partition_files(
            settings.data, table, source_id=source.id, name=f"{shard.digest}-*"
        ):
            if path not in kept:
                store.remove(path)

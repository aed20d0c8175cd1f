"""Import: saved pages, folders and WARC files become the same tables, by the day that each page states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import pyarrow as pa

from etl import sources
from etl.capture import files
from etl.dataset import Written, checks, schemas, store, write_partition
from etl.pipeline import published_day, reject
from etl.records import Capture, Reject, StageReport, make_id
from etl.settings import Settings
from etl.sources import Source
from etl.stages import resume, series, shards
from etl.stages.gather import Gathered
from etl.stages.partition import Clock, Run, account, note
from etl.stages.series import Outcome
from etl.stages.workers import in_order

CHUNK_PAGES = 5_000
CHUNK_CHARS = 100_000_000
"""Pages, and characters of text in them, whose rows are kept in memory and written together."""


def import_paths(
    paths: Sequence[str | Path],
    *,
    settings: Settings,
    clock: Clock,
    source_id: str = "files",
    root: str | None = None,
    choice: files.Choice = files.EVERYTHING,
    again: bool = False,
    workers: int = 1,
    tell: Callable[[int], None] = lambda _: None,
) -> list[StageReport]:
    """Import what lies at `paths` or `s3://` URLs: pages, WARC files, folders of them, lists of files.

    Relative names in lists count from `root`; `choice` says which pages are wanted. See `import_shards` for
    the rest. Raises `UsageError` for a path that is not there and one without pages, before anything is
    written.
    """
    return import_shards(
        shards.plan(paths, root),
        settings=settings,
        clock=clock,
        source_id=source_id,
        choice=choice,
        again=again,
        workers=workers,
        tell=tell,
    )


def import_shards(
    found: Iterable[shards.Shard],
    *,
    settings: Settings,
    clock: Clock,
    source_id: str = "files",
    choice: files.Choice = files.EVERYTHING,
    again: bool = False,
    workers: int = 1,
    tell: Callable[[int], None] = lambda _: None,
) -> list[StageReport]:
    """Import shard by shard, with `workers` processes; return one report per chunk of a shard, in order.

    The rows of a shard stand in files named after it, in the partition of each page's publish date (rejects
    and pages without one: of the unknown day), so the same shard imported again replaces its own rows and
    nothing else. Pages that continue one another are one article. A shard that is finished already, with the
    same content, choice and rules, is left alone, unless `again`: a run that was killed goes on where it
    was. `tell` is called with 1 for each page; with several workers, with the pages of each shard that is
    done, and `clock` must be picklable.
    Raises `DataError` for a file that cannot be read, `UnavailableError` for a store that does not answer.
    """
    source = sources.get(source_id, settings)
    left = resume.inventory(settings, source.id)
    reports: list[StageReport] = []
    each = tell if workers == 1 else _quiet
    pieces = (_piece(shard, source, settings, clock, choice, left, again, each) for shard in found)
    for done in in_order(pieces, workers):
        if workers > 1:
            tell(sum(report.taken for report in done))
        reports += done
    return reports


def _piece(
    shard: shards.Shard,
    source: Source,
    settings: Settings,
    clock: Clock,
    choice: files.Choice,
    left: Mapping[str, Mapping[str, list[str]]],
    again: bool,
    tell: Callable[[int], None],
) -> Callable[[], list[StageReport]]:
    """Return what imports a shard, or what gives the reports that its finished import left."""
    blobs = shard.blobs()
    content = shards.content(blobs)
    # An archive is named by its content, wherever it lies; saved pages by where they lie, so that a folder
    # which has got more of them replaces its rows.
    name = content if shard.name is not None else make_id(shard.place)
    key = make_id(
        content, choice, source, settings.max_body, settings.repair_script, settings.repair_punctuation
    )
    mine = left.get(name, {})
    if not again and (done := resume.finished(mine, key)) is not None:
        return partial(list, done)
    stale = [path for paths in mine.values() for path in paths]
    return partial(_import, blobs, name, key, stale, source, settings, clock, choice, tell)


def _quiet(_: int) -> None:
    pass


def _import(
    blobs: Sequence[files.Blob],
    name: str,
    key: str,
    stale: Sequence[str],
    source: Source,
    settings: Settings,
    clock: Clock,
    choice: files.Choice,
    tell: Callable[[int], None],
) -> list[StageReport]:
    """Import a shard; `stale` are the files that an earlier import of it left.

    Its rows of `runs` come last, that of chunk 0 at the very end: where it stands, the shard is finished.
    """
    skipped: Counter[str] = Counter()
    pages = chain.from_iterable(
        files.read_blob(blob, source_id=source.id, max_body=settings.max_body, skipped=skipped, choice=choice)
        for blob in blobs
    )
    seen: set[str] = set()
    done: list[tuple[Run, StageReport, dict[str, float]]] = []
    kept: set[str] = set()
    while True:
        started_at = clock()
        gathered = Gathered(key)
        for found in series.articles(_fresh(pages, gathered, seen, tell), source, settings):
            _add(found, source, gathered, seen)
        if not gathered.taken and done:
            break
        file = f"{name}-{len(done)}"
        run = Run("import", source.id, None, key, file, file, started_at)
        written, rates = _write(run, gathered, settings)
        kept |= {_place(one.path) for group in written.values() for one in group}
        kept.add(_place(store.partition_path(settings.data, "runs", source.id, None, file)))
        done.append((run, account(run, gathered, written, clock), rates))
    for path in stale:
        if _place(path) not in kept:
            store.remove(path)
    store.sync(settings.data)
    for run, report, rates in reversed(done):
        note(run, report, rates, settings)
    return [report for _, report, _ in done]


def _place(path: str) -> str:
    """Return table, partition and name of a file: its path, however the folder of the data is written."""
    return "/".join(path.rsplit("/", 4)[1:])


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
    for table in resume.TABLES:
        days = gathered.tables(table) or {None: schemas.table(table).schema.empty_table()}
        if table != "rejects":
            rates |= checks.fill_rates(table, pa.concat_tables(days.values()))
        written[table] = [
            write_partition(settings.data, table, run.source_id, day, rows, name=run.file, synced=False)
            for day, rows in days.items()
        ]
    return written, rates

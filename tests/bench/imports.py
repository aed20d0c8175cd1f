"""Import of a large WARC archive: reading it, beside a bare fastwarc loop, and all the way to the tables.

Reading and the bare loop run in turn, the best round of each counts. The whole import is measured with one
worker process and with two over the same files, and its peak of memory over a quarter of them and over all:
it does not grow. ETL_BENCH_RECORDS sets how many pages there are.
"""

import os
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from tests.bench._generate import write_archive

from etl import stages
from etl.capture import files
from etl.records import Capture
from etl.settings import Settings

RECORDS = int(os.environ.get("ETL_BENCH_RECORDS", "20000"))
FILES = 8
ROUNDS = 3
CLOCK = partial(datetime, 2026, 6, 2, tzinfo=UTC)


def bare(paths):
    """Read every body with fastwarc and nothing else."""
    for path in paths:
        for record in ArchiveIterator(path.open("rb"), parse_http=False):
            if record.record_type == WarcRecordType.response:
                record.reader.read()


def reading(paths):
    """Read every page as an import does."""
    assert sum(isinstance(one, Capture) for one in files.read(paths)) == RECORDS


def importing(paths, folder, workers):
    """Import everything into a new folder; return the pages that became articles."""
    reports = stages.import_paths(paths, settings=Settings(data=str(folder)), clock=CLOCK, workers=workers)
    return sum(report.tables["articles"] for report in reports)


def timed(function, *arguments):
    """Return the seconds that a call takes, and what it returns."""
    began = time.perf_counter()
    found = function(*arguments)
    return time.perf_counter() - began, found


def peak_megabytes():
    """Return the peak of this process's resident memory since it was last reset, and reset it (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024
    Path("/proc/self/clear_refs").write_text("5")
    return peak


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"{number}.warc.gz" for number in range(FILES)]
        count = RECORDS // FILES
        mega = sum(write_archive(path, at * count, count) for at, path in enumerate(paths)) / 1e6
        packed = sum(path.stat().st_size for path in paths) / 1e6
        print(f"{RECORDS} pages, {mega:.0f} MB, as WARC {packed:.0f} MB in {FILES} files")
        rounds = [(timed(bare, paths)[0], timed(reading, paths)[0]) for _ in range(ROUNDS)]
        lone, ours = (min(some) for some in zip(*rounds, strict=True))
        print(f"reading: {RECORDS / ours:.0f} records/s, {mega / ours:.0f} MB/s")
        print(f"bare fastwarc loop: {RECORDS / lone:.0f} records/s; ours is {lone / ours:.2f} of it")
        importing(paths[:1], folder / "warm", 1)
        peak_megabytes()
        importing(paths[: FILES // 4], folder / "part", 1)
        part = peak_megabytes()
        one, articles = timed(importing, paths, folder / "one", 1)
        print(f"whole import: {RECORDS / one:.0f} records/s, {mega / one:.1f} MB/s, {articles} articles")
        print(f"peak memory: {part} MB over a quarter, {peak_megabytes()} MB over all")
        two, _ = timed(importing, paths, folder / "two", 2)
        print(f"two workers: {RECORDS / two:.0f} records/s, {one / two:.2f} times one (target 1.7)")
        print(f"started again when done: {timed(importing, paths, folder / 'two', 2)[0]:.1f} s")


if __name__ == "__main__":
    main()

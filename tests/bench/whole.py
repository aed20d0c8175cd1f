"""The whole way: pages a CPU second from bytes to Parquet, as a ratio to the glue that people use today.

The glue is faust-cchardet + trafilatura (with metadata) + ftfy (settings that spare Chinese punctuation) +
OpenCC + pyarrow, one row a page and no meetings. Both read the same pages in the same run: this project's own
(`tests/pages`), or those of the folder that ETL_BENCH_PAGES names.
"""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.pages import load

from etl import sources
from etl.dataset import write_partition
from etl.pipeline import Processed, process
from etl.settings import Settings
from etl.stages.gather import Gathered
from etl.stages.partition import PARSED

DAY = datetime(2026, 3, 2, tzinfo=UTC).date()
ROUNDS = 3


def ours(captures, folder):
    settings = Settings(data=str(folder))
    source = sources.get("files", settings)
    gathered = Gathered("bench")
    for capture in captures:
        outcome = process(capture, source, settings)
        if isinstance(outcome, Processed):
            gathered.page(outcome, DAY)
        else:
            gathered.reject(outcome, DAY)
    for table in (*PARSED, "rejects"):
        for rows in gathered.tables(table).values():
            write_partition(settings.data, table, "files", DAY, rows)


def glue(captures, folder):
    import cchardet
    import ftfy
    import opencc
    import pyarrow as pa
    import pyarrow.parquet as pq
    import trafilatura

    converter = opencc.OpenCC("t2s")
    spare = ftfy.TextFixerConfig(
        uncurl_quotes=False, fix_character_width=False, fix_latin_ligatures=False, normalization=None
    )
    rows = []
    for capture in captures:
        charset = cchardet.detect(capture.body)["encoding"] or "utf-8"
        html = capture.body.decode(charset, "replace")
        found = trafilatura.bare_extraction(html, with_metadata=True)
        text = converter.convert(ftfy.fix_text(found.text or "", spare)) if found else None
        rows.append(
            {"url": capture.url, "title": found and found.title, "date": found and found.date, "text": text}
        )
    pq.write_table(pa.Table.from_pylist(rows), folder / "articles.parquet")


def seconds(way, captures):
    """Return the least CPU seconds of `ROUNDS` runs, each into a new folder; a first run is not counted."""
    best = float("inf")
    for _ in range(ROUNDS + 1):
        with tempfile.TemporaryDirectory() as folder:
            start = time.process_time()
            way(captures, Path(folder))
            best = min(best, time.process_time() - start)
    return best


def main():
    captures = load()
    mean = sum(len(capture.body) for capture in captures) / len(captures) / 1000
    print(f"{len(captures)} pages, {mean:.0f} kB on average")
    mine, theirs = seconds(ours, captures), seconds(glue, captures)
    print(f"bytes to Parquet: {len(captures) / mine:.0f} pages/s (target 300)")
    print(f"glue:             {len(captures) / theirs:.0f} pages/s; ours is {theirs / mine:.1f}× (target 10)")

"""Pages: pages a CPU second from bytes to article, as a ratio to trafilatura, and memory over a long stream.

The pages are this project's own (`tests/pages`), or the folder that the variable ETL_BENCH_PAGES names. All
tools read the same bytes in the same run, the best of several rounds counts; the profile lists the five
functions that take most time. Memory is the peak of a process of its own that streams 10,000 pages.
"""

import cProfile
import io
import os
import pstats
import subprocess
import sys
import time
from pathlib import Path

from etl import decode, page
from etl.evaluate import page_peers, pages
from etl.records import Reject

STREAMED = 10_000


def folder():
    named = os.environ.get("ETL_BENCH_PAGES")
    return Path(named) if named else Path(__file__).parent.parent / "pages"


def load():
    found = sorted(folder().glob("*.html"))
    return [pages.capture(path, path.read_bytes()) for path in found if not path.name.startswith("reject-")]


def article(capture):
    """Decode, parse, extract, and repair the text: the way of a page up to its article."""
    from etl.repair import repair  # its tables are no part of the memory of `stream`

    found = draft(capture)
    return found if isinstance(found, Reject) else (found, repair(found.text))


def draft(capture):
    text = decode.decode(capture)
    return text if isinstance(text, Reject) else page.extract(text)


def times(tool, captures, rounds):
    """Return the least CPU seconds of each page over `rounds`."""
    best = [float("inf")] * len(captures)
    for _ in range(rounds):
        for at, capture in enumerate(captures):
            start = time.process_time()
            tool(capture)
            best[at] = min(best[at], time.process_time() - start)
    return best


def stream(count):
    """Extract `count` pages one after another; print the peak memory (MB) half-way and at the end."""
    captures = load()
    for at in range(count):
        draft(captures[at % len(captures)])
        if at in (count // 2, count - 1):
            print(f"{at + 1} pages: peak {_peak()} MB")


def _peak():
    """Return this process's own peak in MB; getrusage would count the parent's, carried over by fork."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main():
    captures = load()
    draft(captures[0])
    rows = {"decode to draft": times(draft, captures, 5), "with repair": times(article, captures, 3)}
    for name, extractor in page_peers.installed().items():
        rows[name] = times(extractor, captures, 1)
    base = sum(rows["trafilatura"]) if "trafilatura" in rows else float("nan")
    print(
        f"{len(captures)} pages, {sum(len(c.body) for c in captures) / len(captures) / 1e3:.0f} kB on average"
    )
    print(f"{'':<18}{'pages/s':>10}{'p95 ms':>10}{'x trafilatura':>16}")
    for name, seconds in rows.items():
        p95 = sorted(seconds)[int(0.95 * (len(seconds) - 1))]
        print(
            f"{name:<18}{len(seconds) / sum(seconds):>10.1f}{1000 * p95:>10.1f}{base / sum(seconds):>16.1f}"
        )
    profile = cProfile.Profile()
    profile.runcall(times, draft, captures, 3)
    out = io.StringIO()
    pstats.Stats(profile, stream=out).sort_stats("tottime").print_stats(5)
    for line in [line for line in out.getvalue().splitlines() if line.strip()[:1].isdigit()][1:6]:
        print(line)
    code = f"from tests.bench.pages import stream; stream({STREAMED})"
    print(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout,
        end="",
    )


if __name__ == "__main__":
    main()

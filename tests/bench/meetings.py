"""Meeting extraction: articles per second of processor time, from repaired text to record, and memory.

The articles of tests/gold are short; the target means articles of 600 characters, so figures are scaled.
"""

import resource
import time
from pathlib import Path

from etl import meeting
from etl.evaluate import gold
from etl.meeting import credits

FOLDER = Path(__file__).parents[1] / "gold"
TARGET, LENGTH = 1500, 600


def main() -> None:
    pages = [gold.article(text) for text in gold.load(FOLDER).texts]
    mean = sum(len(page.text) for page in pages) / len(pages)
    print(f"{len(pages)} articles of tests/gold, {mean:.0f} characters each on average")
    _rate(pages, meeting.extract)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rates = sorted((_rate(pages, meeting.extract) for _ in range(15)), reverse=True)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, rate in (("best", rates[0]), ("middle", rates[len(rates) // 2])):
        scaled = rate * mean / LENGTH
        print(
            f"extract, {name}: {rate:.0f} articles/s; at {LENGTH} characters {scaled:.0f} (target {TARGET})"
        )
    print(f"memory: {before // 1024} MiB before, {after // 1024} MiB after 15 rounds")
    print(f"credits: {_rate(pages, lambda page: credits.read(page.text)):.0f} articles/s")
    line = "市委书记秦朗主持会议并强调，要抓好落实，" * 250_000
    start = time.process_time()
    meeting.extract(gold.article(gold.Text("line", line, "2022-05-20", "会议召开")))
    print(f"one line of {len(line) / 1e6:.0f} million characters: {time.process_time() - start:.1f} s")


def _rate(pages, work) -> float:
    """Return pages per second of processor time of one round."""
    start = time.process_time()
    for page in pages:
        work(page)
    return len(pages) / (time.process_time() - start)


if __name__ == "__main__":
    main()

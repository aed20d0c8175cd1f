"""Merge of a month: seconds and memory for a number of made-up sources, half of which reprint the others."""

import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from etl import stages
from etl.dataset import write_partition
from etl.records import make_id
from etl.settings import Settings

SOURCES, DAYS, REPORTS, PEOPLE = 50, 30, 5, 8
FIRST = date(2026, 3, 1)
VERSIONS = {"extractor_version": "0", "schema_version": 1}
NAMES = [a + b for a in "赵钱孙李周吴郑王冯陈" for b in "禾青竹川岚舟原石泽溪"]
POSTS = ("局长", "副局长", "主任", "书记")
TEXT = "会议听取了水务局关于水库除险加固进展的汇报，研究了山洪沟治理方案，并对低洼院落居民转移演练作出安排。"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=folder)
        for number in range(SOURCES):
            for back in range(DAYS):
                write_day(folder, number, FIRST + timedelta(days=back))
        begun, worked = time.perf_counter(), time.process_time()
        report = stages.merge_month(FIRST, settings=settings, clock=lambda: datetime.now(UTC))
        seconds, worked = time.perf_counter() - begun, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{SOURCES} sources, {DAYS} days, {report.taken} reports: {seconds:.1f} s, {worked:.1f} s of CPU"
        )
        print(f"peak of the process {peak:.0f} MiB; {report.tables}")


def write_day(root: str, number: int, day: date) -> None:
    """Write the articles, reports and people of one source-day."""
    source = f"county-{number:04}"
    rows = {"articles": [], "meeting_reports": [], "participants": []}
    for place in range(REPORTS):
        for table, found in zip(rows, report(source, number // 2, day, place), strict=True):
            rows[table].extend(found)
    for table, found in rows.items():
        write_partition(root, table, source, day, found)


def report(source: str, pair: int, day: date, place: int) -> Iterator[list[dict]]:
    """Yield the rows of one meeting; two sources of a pair print the same text."""
    article, own = make_id(source, day, place), make_id("report", source, day, place)
    text = f"{pair}乡{day}第{place}次。" + TEXT * 3
    simhash = int(make_id(pair, day, place), 16)
    yield [
        {"article_id": article, "capture_id": article, "url": f"http://{source}/{article}", "text": text,
         "text_original": text, "charset_used": "utf-8", "script": "hans", "lost_chars": 0,
         "simhash": simhash, "layout": "made"} | VERSIONS
    ]  # fmt: skip
    yield [
        {"report_id": own, "article_id": article, "event_type": "meeting", "name": f"第{place}次工作会议",
         "kind": "工作会议", "start_date": day, "participants_complete": True, "confidence": 0.9} | VERSIONS
    ]  # fmt: skip
    people = []
    for seq in range(PEOPLE):
        name = NAMES[(pair * 7 + day.day + seq * 11) % len(NAMES)]
        office = {
            "org": f"河川市第{seq}局",
            "post": POSTS[seq % 4],
            "text": f"河川市第{seq}局{POSTS[seq % 4]}",
        }
        span = {"start": 0, "end": 1}
        people.append(
            {"report_id": own, "seq": seq, "name": name, "name_span": span,
             "titles": [office | {"span": span}], "role": "attendee", "role_raw": "参加", "confidence": 0.9}
        )  # fmt: skip
    yield people


if __name__ == "__main__":
    main()

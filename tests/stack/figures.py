"""What the stack costs: seconds to healthy; seconds and CPU of ten days of three sources, by 1 and 2 workers.

Run on an otherwise idle machine: `make stack-figures`. Each worker runs one task at a time, so that two of
them on two cores have what one of them on one core has.
"""

import os
import time

import county
import psutil
from harness import Stack, started
from rich.console import Console
from rich.table import Table

from etl.launch.follow import wait_for_partitions

PAGES = int(os.environ.get("PAGES", "100"))
DAYS = county.days(10)
KEYS = {str(day) for day in DAYS}
DAGS = {f"{stage}_{source}": KEYS for stage in ("capture", "parse") for source in county.SOURCES}


def cpu(stack: Stack) -> dict[str, float]:
    """CPU seconds of each service so far, those of its ended children included."""
    spent: dict[str, float] = {}
    for one in stack.tended.values():
        if one.popen is None or one.popen.poll() is not None:
            continue
        parent = psutil.Process(one.popen.pid)
        times = [process.cpu_times() for process in [parent, *parent.children(recursive=True)]]
        total = sum(t.user + t.system + t.children_user + t.children_system for t in times)
        spent[one.spec.service] = spent.get(one.spec.service, 0) + total
    return spent


def measure(site: str, workers: int) -> dict[str, float]:
    """The figures of one stack that starts from nothing, backfills and ends."""
    with started(site, WORKERS=str(workers), WORKER_CONCURRENCY="1") as stack:
        stack.api.wait_for_dags(list(DAGS))
        for dag_id in DAGS:
            stack.api.unpause(dag_id)
        before, begun = cpu(stack), time.monotonic()
        for source in county.SOURCES:
            stack.api.backfill(f"capture_{source}", DAYS[0], DAYS[-1], max_active_runs=10)
        wait_for_partitions(stack.api, DAGS, lambda _: None, seconds=1800)
        seconds, after = time.monotonic() - begun, cpu(stack)
        bucket, pages = stack.bucket(), PAGES * len(DAYS) * len(county.SOURCES)
        spent = {f"CPU s, {name}": after[name] - before.get(name, 0) for name in after}
        memory = sum(
            process.memory_full_info().pss
            for one in stack.tended.values()
            if one.popen.poll() is None
            for process in [
                psutil.Process(one.popen.pid),
                *psutil.Process(one.popen.pid).children(recursive=True),
            ]
        )
        return {
            "seconds to healthy": stack.seconds,
            "seconds of the backfill": seconds,
            "CPU s a page, workers": spent["CPU s, worker"] / pages,
            "CPU s a page, all": sum(spent.values()) / pages,
            "memory of all, MB (PSS)": memory / 1e6,
            "bytes a page, landing": bucket.du("huiyi/data/landing") / pages,
            "bytes a page, all tables": (bucket.du("huiyi/data") - bucket.du("huiyi/data/landing")) / pages,
            **spent,
        }


def main() -> None:
    """Measure with one and with two workers and print both beside each other."""
    with county.serve(PAGES, len(DAYS)) as site:
        one, two = measure(site, 1), measure(site, 2)
    table = Table(
        f"{len(DAYS)} days × {len(county.SOURCES)} sources × {PAGES} pages", "1 worker", "2 workers"
    )
    for name in one:
        table.add_row(name, f"{one[name]:.4g}", f"{two[name]:.4g}")
    Console(width=100).print(table)
    Console().print(f"ratio {one['seconds of the backfill'] / two['seconds of the backfill']:.2f}")


if __name__ == "__main__":
    main()

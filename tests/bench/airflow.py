"""What Airflow costs: time to parse each DAG file, and its share of a source-day of 200 pages.

The work itself is what the stages measured (`seconds` of their reports), the wall time goes from the queued
capture run to the end of the parse run. One day is run before, so that everything is warm.
"""

import os
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from unittest import mock

from etl.launch.api import Api
from etl.launch.embedded import running
from etl.launch.environment import Embedded, checkout, free_port
from etl.launch.follow import wait_for_partitions

PAGES = 200
DAYS = 3
POLITE = 0.5
"""Seconds between two requests to a site; a source has 1.0 unless it says otherwise."""

PARSE = """
import sys
from airflow.dag_processing.dagbag import DagBag
sys.path.append(sys.argv[1])
DagBag(sys.argv[1])
for stat in sorted(DagBag(sys.argv[1]).dagbag_stats, key=lambda stat: stat.file):
    name, milliseconds = stat.file.rpartition("/")[2], stat.duration.total_seconds() * 1000
    print(f"{name:24} {milliseconds:7.0f} ms  {stat.dag_num:3} DAGs")
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("time to parse a DAG file, imports loaded:")
        env = os.environ | {"AIRFLOW_HOME": str(folder / "parse"), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
        code = [sys.executable, "-c", PARSE, str(checkout() / "dags")]
        done = subprocess.run(code, env=env, capture_output=True, text=True, check=True)
        print("\n".join(line for line in done.stdout.splitlines() if " ms " in line), flush=True)
        overhead(folder)


def overhead(folder: Path) -> None:
    """Print the share of Airflow for a source that answers at once, and for one that is asked politely."""
    sys.path.insert(0, str(checkout() / "tests" / "stack"))
    import county

    with county.serve(PAGES, DAYS) as base:
        sources = folder / "sources"
        county.write_definitions(sources, base)
        quick = (sources / "yunxi-paper.toml").read_text(encoding="utf-8")
        polite = quick.replace('"yunxi-paper"', '"yunxi-polite"')
        polite = polite.replace("delay = 0.0, concurrency = 2", f"delay = {POLITE}, concurrency = 1")
        (sources / "yunxi-polite.toml").write_text(polite, encoding="utf-8")
        embedded = Embedded(checkout(), folder / "airflow", str(folder / "data"), free_port(), base)
        with mock.patch.dict(os.environ, {"ETL_SOURCES": str(sources)}), running(embedded):
            api = Api(embedded)
            api.sign_in()
            for source, delay, days in (("yunxi-paper", 0.0, DAYS), ("yunxi-polite", POLITE, 1)):
                for number, day in enumerate(county.days(days)):
                    wall, work = source_day(api, source, day)
                    warm = "" if number or delay else " (first)"
                    figures = (
                        f"wall {wall:6.1f} s, work {work:6.1f} s, {(wall - work) / work:6.1%} over the work"
                    )
                    print(f"{PAGES} pages, {delay} s apart: {figures}{warm}", flush=True)


def source_day(api: Api, source: str, day: date) -> tuple[float, float]:
    """Backfill one day; return the seconds from queued capture to parsed end, and those of the stages."""
    dags = {f"capture_{source}": {str(day)}, f"parse_{source}": {str(day)}}
    api.wait_for_dags(list(dags))
    for dag_id in dags:
        api.unpause(dag_id)
    made = api.backfill(f"capture_{source}", day, day)
    wait_for_partitions(api, dags, lambda _: None, seconds=900)
    api.session.put(f"{api.embedded.url}/api/v2/backfills/{made}/cancel", timeout=60)
    runs = [run for dag_id in dags for run in api.runs(dag_id) if run["partition_key"] == str(day)]
    begun = datetime.fromisoformat(runs[0]["queued_at"])
    ended = datetime.fromisoformat(runs[1]["end_date"])
    events = api.every("assets/events", "asset_events")
    own = [e for e in events if e["source_dag_id"] in dags and e["partition_key"] == str(day)]
    work = sum(event["extra"]["seconds"] for event in own)
    return (ended - begun).total_seconds(), work


if __name__ == "__main__":
    main()

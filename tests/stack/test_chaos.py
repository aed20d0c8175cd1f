"""Faults while the stack works: after recovery and a rerun nothing is lost, doubled or different."""

import resource
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from urllib.parse import quote

import county
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import requests
from harness import ailing, kept_on_failure, locally, started
from proxy import proxy
from rich.console import Console
from rich.table import Table

from etl.dataset import schemas
from etl.errors import UnavailableError
from etl.launch.stack import runner

pytestmark = pytest.mark.chaos

PAGES, DAYS_EACH = 20, 1
DAGS = [f"{stage}_{source}" for stage in ("capture", "parse") for source in county.SOURCES]
QUICK = {
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "10",
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "20",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
}
"""Recovery in seconds instead of minutes."""
VALUES = {"TASK_HEARTBEAT_TIMEOUT": "30", "TASK_QUEUED_TIMEOUT": "60", "TASK_RETRY_DELAY": "3"}


@dataclass
class Scene:
    """The running stack, the proxy before its store, what a local disk holds, and the outcomes so far."""

    stack: object
    store: object
    expected: dict[str, bytes]
    outcomes: dict[str, tuple] = field(default_factory=dict)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    days = county.days(DAYS_EACH * len(FAULTS))
    with county.serve(PAGES, len(days), delay=0.1) as site, proxy() as store:
        expected = locally(tmp_path_factory.mktemp("local"), site, days)
        with started(site, store, QUICK, WORKERS="2", WORKER_CONCURRENCY="2", **VALUES) as stack:
            stack.api.wait_for_dags(DAGS)
            for dag_id in DAGS:
                stack.api.unpause(dag_id)
            scene = Scene(stack, store, expected)
            yield scene
            print_table(scene.outcomes)


def killing(name):
    """Kill a service's process and all that it started while tasks run, as a lost machine would."""

    def fault(scene, keys):
        begin(scene, keys)
        one = scene.stack.tended[name]
        before, parent = one.restarts, psutil.Process(one.popen.pid)
        # The parent first: PostgreSQL's would outlive its children and start new ones.
        for process in [parent, *parent.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        wait(lambda: one.restarts > before, 60, f"{name} is started again")
        runner.wait_until_well(scene.stack.tended)

    return fault


def full_disk(scene, keys):
    """A worker whose disk for temporary files is full takes tasks, for 20 s; pages that it fetches lie there.

    The disk is a small tmpfs; where none can be mounted, the size of files is limited.
    """
    one = scene.stack.tended["worker-1"]
    folder = one.spec.environment["TMPDIR"]
    mount = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", folder]
    mounted = subprocess.run(mount, capture_output=True).returncode == 0
    if not mounted:
        limit_files(one.popen.pid, 4096)
    try:
        begin(scene, keys)
        time.sleep(20)
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)
        else:
            limit_files(one.popen.pid, resource.RLIM_INFINITY)


def limit_files(pid, size):
    """Limit the size of files that a process and all that it started may write."""
    parent = psutil.Process(pid)
    for process in [parent, *parent.children(recursive=True)]:
        with suppress(ProcessLookupError):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def store_that_is(mode, seconds):
    """While tasks run, the object store answers 503, or accepts connections and keeps silent."""

    def fault(scene, keys):
        begin(scene, keys)
        scene.store.switch(mode)
        time.sleep(seconds)
        scene.store.switch("pass")

    return fault


FAULTS = {
    "kill -9 of a worker": killing("worker-1"),
    "kill -9 of the scheduler": killing("scheduler"),
    "kill -9 of Redis": killing("redis"),
    "kill -9 of PostgreSQL": killing("postgres"),
    "kill -9 of the API server": killing("api-server"),
    "full disk on a worker": full_disk,
    "S3 answers 503 for 30 s": store_that_is("busy", 30),
    "S3 is silent for 70 s": store_that_is("silent", 70),
}


@pytest.mark.parametrize("name", FAULTS)
def test_after_recovery_and_a_rerun_nothing_is_lost_doubled_or_different(scene, name):
    number = list(FAULTS).index(name)
    keys = [str(day) for day in county.days(DAYS_EACH * len(FAULTS))[number * DAYS_EACH :][:DAYS_EACH]]
    scene.outcomes[name] = ("not recovered",)
    with kept_on_failure(scene.stack):
        wait_until_well(scene.stack)
        begun = time.monotonic()
        FAULTS[name](scene, keys)
        wait(lambda: is_quiet(scene, keys), 500, "all that runs by itself has run")
        seconds, before = time.monotonic() - begun, newest(scene, keys)
        failed = sum(run["state"] == "failed" for run in before.values())
        again = tried_again(scene, before)

        trigger(scene, keys)
        wait(lambda: ran_again(scene, keys, before), 500, "everything went well once more")
        outcome = compare(scene, keys)
        scene.outcomes[name] = (f"{seconds:.0f}", again, failed, *outcome)
        print(name, *scene.outcomes[name], sep=" | ", flush=True)
        assert outcome == (0, 0, 0)


def wait_until_well(stack):
    """Wait until every service answers: each case begins with a sound stack, whatever the last one left."""
    deadline = time.monotonic() + 180
    while names := ailing(stack):
        assert time.monotonic() < deadline, f"not well after 180 s: {', '.join(names)}"
        time.sleep(2)


def begin(scene, keys):
    """Run capture for each source and day, and wait until a worker is at it."""
    trigger(scene, keys)
    wait(lambda: at_work(scene, keys), 120, "a worker is at work")


def trigger(scene, keys):
    """Run capture for each source and day; parse follows."""
    for source in county.SOURCES:
        for key in keys:
            body = {"logical_date": None, "partition_key": key, "conf": {}}
            scene.stack.api.call("POST", f"dags/capture_{source}/dagRuns", json=body)


def newest(scene, keys):
    """DAG id and partition key to the newest run; asks again while the API or its database is away."""
    found = patiently(lambda: {dag_id: scene.stack.api.runs(dag_id) for dag_id in DAGS})
    runs = [(dag_id, run) for dag_id, all_runs in found.items() for run in all_runs]
    ordered = sorted(runs, key=lambda one: one[1]["queued_at"] or "")
    return {(dag_id, run["partition_key"]): run for dag_id, run in ordered if run["partition_key"] in keys}


def patiently(ask):
    """What `ask()` returns, once the API and its database answer; its error where they do not for 120 s."""
    deadline = time.monotonic() + 120
    while True:
        try:
            return ask()
        except (requests.RequestException, UnavailableError):
            if time.monotonic() > deadline:
                raise
            time.sleep(2)


def tasks(scene, runs):
    """The task instances of runs."""
    ids = [(run["dag_id"], quote(run["dag_run_id"])) for run in runs.values()]
    paths = [f"dags/{dag_id}/dagRuns/{run_id}/taskInstances" for dag_id, run_id in ids]
    answers = [patiently(lambda path=path: scene.stack.api.call("GET", path)) for path in paths]
    return list(chain.from_iterable(answer["task_instances"] for answer in answers))


def at_work(scene, keys):
    """Whether a worker holds a task of these days."""
    return any(task["state"] == "running" for task in tasks(scene, newest(scene, keys)))


def tried_again(scene, runs):
    """How many tries the tasks of these runs took beyond the first."""
    return sum(max(task["try_number"] - 1, 0) for task in tasks(scene, runs))


def is_quiet(scene, keys):
    """Whether all that will run by itself has run: each capture ended, and so did each parse that follows."""
    found = {place: run["state"] for place, run in newest(scene, keys).items()}
    captured = [
        place for place, state in found.items() if state == "success" and place[0].startswith("capture")
    ]
    parsed = [(dag_id.replace("capture", "parse"), key) for dag_id, key in captured]
    return all(found.get(place) in ("success", "failed") for place in [*found, *parsed])


def ran_again(scene, keys, before):
    """Whether each DAG has a new run for each day, and it went well."""
    found = newest(scene, keys)
    new = {
        place for place, run in found.items() if run["dag_run_id"] != before.get(place, {}).get("dag_run_id")
    }
    wanted = {(dag_id, key) for dag_id in DAGS for key in keys}
    return wanted <= new and all(run["state"] == "success" for run in found.values())


def compare(scene, keys):
    """Numbers of rows lost, rows doubled and files different from a local disk's, in the tables of `keys`."""
    files = {path: data for path, data in scene.stack.tables().items() if any(key in path for key in keys)}
    expected = {path: data for path, data in scene.expected.items() if any(key in path for key in keys)}
    assert len(expected) >= 8 * len(keys) * len(county.SOURCES)
    wanted, found = rows(expected), rows(files)
    different = sum(files.get(path) != expected.get(path) for path in files.keys() | expected.keys())
    return (wanted - found).total(), (found - wanted).total(), different


def rows(files):
    """How often each row occurs: table and values of its key."""
    counted = Counter()
    for path, data in files.items():
        name = path.partition("/")[0]
        for row in pq.read_table(pa.BufferReader(data)).to_pylist():
            counted[name, *(str(row[column]) for column in schemas.table(name).key or row)] += 1
    return counted


def wait(done, seconds, what):
    """Wait until `done()`, which means `what`."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"not after {seconds} s: {what}"
        time.sleep(1)


def print_table(outcomes):
    """Print the faults with what became of them."""
    table = Table(
        "fault", "seconds until done", "tried again", "runs failed", "rows lost", "rows doubled", "different"
    )
    for name, outcome in outcomes.items():
        table.add_row(name, *map(str, outcome))
    Console(width=120).print(table)

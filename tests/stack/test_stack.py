"""The whole of docker-compose.yml at work: users and roles, a backfill on two workers, the same bytes."""

import re
import subprocess
import time
from pathlib import Path

import county
import pytest
import requests
import yaml
from harness import ROOT, kept_on_failure, locally, started

from etl.launch.api import Api
from etl.launch.follow import wait_for_partitions

pytestmark = pytest.mark.stack

PAGES = 20
DAYS = county.days(10)
KEYS = {str(day) for day in DAYS}
DAGS = {f"{stage}_{source}": KEYS for stage in ("capture", "parse") for source in county.SOURCES}
ROLES = {"operator": "Op", "viewer": "Viewer"}


@pytest.fixture(scope="module")
def site():
    with county.serve(PAGES, len(DAYS)) as base:
        yield base


@pytest.fixture(scope="module")
def stack(site):
    with started(site, WORKERS="2", WORKER_CONCURRENCY="2", XCOM_THRESHOLD="100") as stack:
        print(f"healthy after {stack.seconds:.1f} s")
        yield stack


@pytest.fixture(scope="module")
def backfilled(stack):
    """The tables in the bucket after the backfill of ten days of three sources."""
    stack.api.wait_for_dags(list(DAGS))
    for dag_id in DAGS:
        stack.api.unpause(dag_id)
    begun = time.monotonic()
    for source in county.SOURCES:
        stack.api.backfill(f"capture_{source}", DAYS[0], DAYS[-1])
    with kept_on_failure(stack):
        wait_for_partitions(stack.api, DAGS, lambda _: None, seconds=1800)
    print(f"{len(DAYS)} days of {len(county.SOURCES)} sources in {time.monotonic() - begun:.1f} s")
    return stack.tables()


def test_every_service_of_the_compose_file_runs_or_has_done_its_work(stack):
    named = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    assert {one.spec.service for one in stack.tended.values()} == set(named)
    for name, one in stack.tended.items():
        assert one.reached & {"healthy", "completed"}, name
        assert one.restarts == 0, name


def test_nothing_listens_beyond_loopback(stack):
    inodes = listening_beyond_loopback()
    for one in stack.tended.values():
        for process in group(one.popen.pid):
            assert inodes.isdisjoint(sockets(process)), one.spec.name


def test_both_workers_took_tasks(stack, backfilled):
    for number in (1, 2):
        log = (stack.folder / "logs" / f"worker-{number}.log").read_text(encoding="utf-8")
        assert len(re.findall(r"succeeded in", log)) >= 5


def test_the_bucket_holds_byte_for_byte_what_a_local_disk_would(stack, backfilled, tmp_path):
    expected = locally(tmp_path, stack.base, DAYS)
    assert len(expected) >= 8 * len(DAYS) * len(county.SOURCES)
    assert set(backfilled) == set(expected)
    assert [path for path in expected if backfilled[path] != expected[path]] == []


def test_pages_and_what_tasks_hand_on_lie_in_the_bucket(stack, backfilled):
    bucket = stack.bucket()
    landed = [path for path in bucket.find("huiyi/data/landing") if path.endswith(".warc.gz")]
    assert len(landed) == len(DAYS) * len(county.SOURCES)
    assert bucket.find("huiyi/xcom")


def test_strangers_see_nothing(stack):
    for path in ("api/v2/dags", "huiyi/meetings"):
        assert requests.get(f"{stack.api.embedded.url}/{path}", timeout=120).status_code == 401


def test_a_viewer_may_look_and_an_operator_may_run(stack, backfilled):
    run = {"logical_date": None, "partition_key": str(DAYS[0])}
    path = f"dags/capture_{county.SOURCES[0]}/dagRuns"
    codes = {}
    for user, role in ROLES.items():
        add_user(stack, user, role)
        api = Api(stack.api.embedded)
        api.sign_in((user, "a-long-password"))
        assert api.call("GET", "dags")["total_entries"] >= len(DAGS)
        codes[user] = api.session.post(f"{stack.api.embedded.url}/api/v2/{path}", json=run, timeout=60)
    assert {user: answer.status_code for user, answer in codes.items()} == {"operator": 200, "viewer": 403}


def test_a_role_that_may_read_one_dag_sees_that_source_only(stack, backfilled):
    source, others = county.SOURCES[0], set(county.SOURCES)
    airflow(stack, "sync-perm", "--include-dags")
    airflow(stack, "roles", "create", "paper")
    permission = ["--resource", f"DAG:parse_{source}", "--action", "can_read"]
    airflow(stack, "roles", "add-perms", "paper", *permission)
    add_user(stack, "reader", "paper")
    reader = Api(stack.api.embedded)
    reader.sign_in(("reader", "a-long-password"))
    assert [dag["dag_id"] for dag in reader.every("dags", "dags")] == [f"parse_{source}"]
    deadline = time.monotonic() + 120
    while sources_shown(stack.api) != others:  # until the index of the record browser is made
        assert time.monotonic() < deadline
        time.sleep(1)
    assert sources_shown(reader) == {source}


def sources_shown(api):
    """The sources of the meetings that the record browser lets a person download."""
    answer = api.session.get(f"{api.embedded.url}/huiyi/meetings/download/json", timeout=120)
    return {meeting["source_id"] for meeting in answer.json()}


def add_user(stack, user, role):
    """Add a user as the README tells."""
    command = ["users", "create", "--username", user, "--role", role, "--password", "a-long-password"]
    command += ["--firstname", user, "--lastname", user, "--email", f"{user}@localhost"]
    airflow(stack, *command)


def airflow(stack, *command):
    """What `docker compose exec api-server … airflow COMMAND` does."""
    secrets = ["python", "-m", "etl.launch.secrets", "run", str(stack.folder / "volumes" / "secrets")]
    env = dict(stack.tended["api-server"].spec.environment)
    done = subprocess.run([*secrets, "airflow", *command], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def listening_beyond_loopback():
    """Inodes of the TCP sockets that listen on an address other than loopback (Linux)."""
    found = set()
    for table in ("tcp", "tcp6"):
        for line in (Path("/proc/net") / table).read_text().splitlines()[1:]:
            fields = line.split()
            local, state, inode = fields[1].rpartition(":")[0], fields[3], fields[9]
            if state == "0A" and local not in ("0100007F", "00000000000000000000000001000000"):
                found.add(inode)
    return found


def group(pgid):
    """The folders in /proc of a process group."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == pgid:
            yield folder


def sockets(process):
    """Inodes of the sockets that a process holds."""
    found = set()
    for link in (process / "fd").glob("*"):
        try:
            found.update(re.findall(r"socket:\[(\d+)\]", str(link.readlink())))
        except OSError:
            continue
    return found

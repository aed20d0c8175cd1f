"""A component that dies is started again by the launcher, and what it was doing gets done."""

import os
import signal
from datetime import date
from pathlib import Path

import pytest
from drive import close, groups, session, wait_for, wait_until

from etl.launch.embedded import health

pytestmark = pytest.mark.airflow


def test_a_killed_scheduler_comes_back_and_its_runs_complete(stack):
    api, dag_id, follow = stack.api, "capture_heyuan-county", "parse_heyuan-county"
    keys = {"2026-03-02", "2026-03-03", "2026-03-04"}
    api.wait_for_dags([dag_id, follow])
    for one in (dag_id, follow):
        api.unpause(one)
    made = api.backfill(dag_id, date(2026, 3, 2), date(2026, 3, 4))
    scheduler = stack.components["scheduler"]
    killed = scheduler.popen.pid
    wait_until(lambda: len(groups(session(killed))) >= 2)  # a task, in a group of its own, is at work
    os.kill(killed, signal.SIGKILL)
    wait_for(api, dag_id, keys)
    wait_for(api, follow, keys)
    close(api, made)
    assert scheduler.restarts == 1
    assert session(killed) == set()
    (told,) = [line for line in stack.told if "scheduler was killed" in line]
    assert told == f"scheduler was killed by SIGKILL and is started again; {scheduler.spec.log} says why"
    wait_until(lambda: set(health(api.embedded).values()) == {"healthy"})


def test_nothing_listens_beyond_loopback(stack):
    """Log servers of Airflow would: /proc tells the listening sockets of every process of the launcher."""
    inodes = {
        str(Path(fd).readlink()) for one in stack.components.values() for fd in descriptors(one.popen.pid)
    }
    listening = set()
    for family in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{family}").read_text().splitlines()[1:]:
            local, state, inode = (line.split()[n] for n in (1, 3, 9))
            if state == "0A" and f"socket:[{inode}]" in inodes:
                listening.add(local.partition(":")[0])
    assert listening == {"0100007F"}


def descriptors(leader):
    """The descriptors of every process of a component."""
    for pid in session(leader):
        try:
            yield from list(Path(f"/proc/{pid}/fd").iterdir())
        except OSError:
            continue

"""Processes are started in order, awaited, restarted when they die, and ended together."""

import os
import signal
import sys

import pytest
from drive import groups, session, wait_until

from etl.errors import UnavailableError
from etl.launch.stack import runner
from etl.launch.stack.compose import Health
from etl.launch.stack.native import Process

APART = f"exec {sys.executable} -c 'import os, time; os.fork() or os.setpgid(0, 0); time.sleep(600)'"
"""Starts a process in a group of its own, as Airflow starts tasks."""
HEALTH = Health(("test", "-e", "well"), 1, 5, 5, 0.1)


@pytest.fixture
def process(tmp_path):
    """A function that makes a process which runs a shell script in the test's folder."""

    def process(name, script, health=None, depends_on=None, restart="unless-stopped"):
        log = tmp_path / f"{name}.log"
        argv, env = ("sh", "-c", script), {"PATH": os.environ["PATH"]}
        return Process(name, name, argv, env, tmp_path, log, None, health, depends_on or {}, restart, 0)

    return process


@pytest.fixture(autouse=True)
def _soon(monkeypatch):
    monkeypatch.setattr(runner, "RESTART_SECONDS", 0.2)


def test_each_waits_for_what_it_depends_on(process, tmp_path):
    specs = [
        process("made", "sleep 0.3; echo made >> order", restart="on-failure"),
        process(
            "store",
            "echo store >> order; sleep 0.3; touch well; sleep 600",
            HEALTH,
            {"made": "service_completed_successfully"},
        ),
        process("web", "cat well && echo web >> order; sleep 600", depends_on={"store": "service_healthy"}),
    ]
    with runner.running(specs):
        wait_until(lambda: "web" in (tmp_path / "order").read_text(), 60)
    assert (tmp_path / "order").read_text().split() == ["made", "store", "web"]


def test_one_that_was_killed_comes_back(process):
    with runner.running([process("web", "sleep 600")]) as tended:
        first = tended["web"].popen.pid
        os.killpg(first, signal.SIGKILL)
        wait_until(lambda: tended["web"].restarts > 0, 60)
        runner.wait_until_well(tended, 60)
        assert tended["web"].popen.pid != first


def test_what_it_started_in_another_group_ends_with_it(process):
    with runner.running([process("web", APART)]) as tended:
        first = tended["web"].popen.pid
        wait_until(lambda: len(groups(session(first))) == 2, 60)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: tended["web"].restarts == 1, 60)
        assert session(first) == set()
        wait_until(lambda: len(groups(session(tended["web"].popen.pid))) == 2, 60)
    assert session(tended["web"].popen.pid) == set()


def test_one_that_is_to_end_is_tried_again_only_if_it_fails(process, tmp_path):
    script = "echo x >> tries; test $(wc -l < tries) -ge 3"
    with runner.running([process("made", script, restart="on-failure")]) as tended:
        assert tended["made"].restarts == 2
    assert len((tmp_path / "tries").read_text().split()) == 3


def test_one_that_fails_more_often_than_its_policy_allows_is_told(process, tmp_path):
    with (
        pytest.raises(UnavailableError, match="made ended with 1"),
        runner.running([process("made", "echo x >> tries; false", restart="on-failure:2")]),
    ):
        pass
    assert len((tmp_path / "tries").read_text().split()) == 3


def test_a_failure_names_the_log(process):
    with (
        pytest.raises(UnavailableError, match=r"made ended with 3; .*made\.log says why"),
        runner.running([process("made", "exit 3", restart="no")]),
    ):
        pass


def test_one_that_never_gets_well_is_named(process):
    with (
        pytest.raises(UnavailableError, match="not healthy after 1 s: web"),
        runner.running([process("web", "sleep 600", HEALTH)], seconds=1),
    ):
        pass


def test_nothing_is_left_running_in_the_end(process):
    specs = [
        process("store", "sleep 600 & sleep 600"),
        process("web", "sleep 600", depends_on={"store": "service_started"}),
    ]
    with runner.running(specs) as tended:
        leaders = [one.popen.pid for one in tended.values()]
    assert [session(leader) for leader in leaders] == [set(), set()]

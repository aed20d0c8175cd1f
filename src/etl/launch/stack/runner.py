"""Run processes as a container engine runs services: in order, awaited, restarted, and ended together."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from etl.errors import UnavailableError
from etl.launch.session import stop
from etl.launch.stack.native import Process

START_SECONDS = 240
RESTART_SECONDS = 3.0
"""How long a process that died stays away before it is started again."""


@dataclass(slots=True)
class Tended:
    """A process with its state: `started`, `healthy` (at once where it has no health check), `completed`."""

    spec: Process
    popen: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    reached: set[str] = field(default_factory=set)
    failed: str = ""


@contextmanager
def running(
    specs: Sequence[Process], *, seconds: float = START_SECONDS, tell: Callable[[str], None] = lambda _: None
) -> Iterator[dict[str, Tended]]:
    """Start all of `specs`, wait until each is healthy or, if it is to end, completed; stop all in the end.

    `tell` hears a line for each process that died and is started again. Raises UnavailableError, naming the
    log, for what does not get that far within `seconds`.
    """
    tended = {spec.name: Tended(spec) for spec in specs}
    ending = threading.Event()
    threads = [
        threading.Thread(target=_tend, args=(one, tended, ending, tell), name=name, daemon=True)
        for name, one in tended.items()
    ]
    try:
        for thread in threads:
            thread.start()
        wait_until_well(tended, seconds)
        yield tended
    finally:
        ending.set()
        for thread in threads:
            thread.join()
        _stop_all(tended)


def wait_until_well(tended: dict[str, Tended], seconds: float = START_SECONDS) -> None:
    """Wait until every process is healthy or completed; else raise UnavailableError."""
    deadline = time.monotonic() + seconds
    while waiting := [one for one in tended.values() if not one.reached & {"healthy", "completed"}]:
        for one in waiting:
            if one.failed:
                raise UnavailableError(f"{one.spec.name} {one.failed}; {one.spec.log} says why.")
        if time.monotonic() > deadline:
            names = ", ".join(one.spec.name for one in waiting)
            raise UnavailableError(f"not healthy after {seconds:.0f} s: {names}; see {waiting[0].spec.log}")
        time.sleep(0.1)


def _tend(
    one: Tended, everyone: dict[str, Tended], ending: threading.Event, tell: Callable[[str], None]
) -> None:
    """Start a process when what it depends on is there, and again as its restart policy says."""
    while not ending.is_set() and not _may_start(one.spec, everyone):
        ending.wait(0.1)
    while not ending.is_set():
        one.popen = _start(one.spec)
        one.reached = {"started"}
        code = _watch(one, ending)
        if code is None:
            return
        one.reached = {"started", "completed"} if code == 0 else set()
        policy, _, most = one.spec.restart.partition(":")
        if policy == "no" or (policy == "on-failure" and (code == 0 or one.restarts == int(most or -1))):
            one.failed = f"ended with {code}" if code else ""
            return
        tell(f"{one.spec.name} {_ended(code)} and is started again; {one.spec.log} says why")
        stop(one.popen)  # whatever of its session outlived it
        ending.wait(RESTART_SECONDS)
        one.restarts += 1


def _ended(code: int) -> str:
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"


def _may_start(spec: Process, everyone: dict[str, Tended]) -> bool:
    states = {"service_started": "started", "service_healthy": "healthy"}
    return all(
        states.get(condition, "completed") in other.reached
        for service, condition in spec.depends_on.items()
        for other in everyone.values()
        if other.spec.service == service
    )


def _start(spec: Process) -> subprocess.Popen[bytes]:
    with spec.log.open("ab") as log:
        return subprocess.Popen(
            spec.argv,
            env=dict(spec.environment),
            cwd=spec.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=spec.user,
            group=spec.user,
            extra_groups=[] if spec.user else None,
            start_new_session=True,
        )


def _watch(one: Tended, ending: threading.Event) -> int | None:
    """Return the exit code of a process once it has ended, None if the stack ends first.

    Its health is asked for until it is well for the first time.
    """
    assert one.popen is not None
    pause = one.spec.health.start_interval if one.spec.health else 0.0
    check = time.monotonic() + pause
    while (code := one.popen.poll()) is None and not ending.is_set():
        if _lasts(one.spec) and "healthy" not in one.reached and time.monotonic() >= check:
            if is_well(one.spec):
                one.reached = one.reached | {"healthy"}
            check = time.monotonic() + pause
        ending.wait(0.2)
    return code


def _lasts(spec: Process) -> bool:
    """Return whether a process is meant to go on: one that restarts only on failure is meant to end."""
    return spec.restart != "no" and not spec.restart.startswith("on-failure")


def is_well(spec: Process) -> bool:
    """Return whether a process is well by its health check, asked now; True where it has none."""
    if spec.health is None:
        return True
    try:
        done = subprocess.run(
            spec.health.test,
            env=dict(spec.environment),
            cwd=spec.folder,
            capture_output=True,
            timeout=spec.health.timeout,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _stop_all(tended: dict[str, Tended]) -> None:
    """Stop first what nothing else depends on: the workers before the database that they report to."""
    left = {name: one for name, one in tended.items() if one.popen is not None}
    while left:
        needed = {service for one in left.values() for service in one.spec.depends_on}
        free = [name for name, one in left.items() if one.spec.service not in needed]
        with ThreadPoolExecutor(len(free)) as pool:
            list(pool.map(stop, [left.pop(name).popen for name in free]))
